"""The stylesheets: the tokens are all there, everything used is defined, and the whole stays light."""

import gzip
import re
from pathlib import Path

from salestrekker_portal.ui import theme

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHEETS = {name: (ASSETS / name).read_text() for name in theme.STYLESHEETS}
CSS = "\n".join(SHEETS.values())

# Lines between a class in a list of selectors and the rule of its own beside it.
NEAR = 8

TOKENS = [
    "bg", "surface", "raised", "sunken", "line", "line-strong",
    "line-control", "ink", "ink-muted", "ink-faint", "accent", "accent-hover",
    "accent-ink", "accent-soft", "ok", "ok-soft", "warn", "warn-soft",
    "bad", "bad-soft", "info", "info-soft", "focus", "shadow",
    "scrim", "font", "text-12", "text-13", "text-14", "text-16",
    "text-20", "text-24", "text-32", "leading", "leading-tight", "space-1",
    "space-2", "space-3", "space-4", "space-5", "space-6", "space-8",
    "space-12", "radius", "radius-small", "radius-full", "tap", "control",
    "move",
]  # fmt: skip


def test_every_token_has_a_value() -> None:
    assert [name for name in TOKENS if f"--{name}:" not in SHEETS["styles/tokens.css"]] == []


def test_every_variable_that_is_used_is_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+)\s*:", CSS))
    assert set(re.findall(r"var\((--[\w-]+)", CSS)) - defined == set()


def test_colours_are_named_once() -> None:
    # Elsewhere only names: a colour written out would stay light in the dark. White is paper, for print and logos.
    rest = "\n".join(text for name, text in SHEETS.items() if name != "styles/tokens.css")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rest)) - {"#fff"} == set()


def test_the_look_is_light() -> None:
    # All three portals in one file, with the figures, contacts and tasks of a broker’s day: one request for everybody.
    assert len(gzip.compress(CSS.encode())) < 26_000


def test_a_class_has_one_owner() -> None:
    assert _owners({"a": ".x, .y { top: 0; }\n.x { left: 0; }\n@media print { .y { top: 1px; } }"}) == []
    assert _owners({"a": ".x { top: 0; }" + "\n" * 30 + ".x { left: 0; }"}) == [".x: a 1, a 31"]
    assert _owners({"a": ".x { top: 0; }", "b": ".x:hover { top: 0; }\n.x { top: 1px; }"}) == [".x: a 1, b 2"]
    assert _owners(SHEETS) == [], "two rules far apart are two meanings: find another name, or make one rule of them"


def _owners(sheets: dict[str, str]) -> list[str]:
    """Classes that are a whole selector, outside of @media, in two files or more than NEAR lines apart."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, text in sheets.items():
        bare = re.sub(r"/\*.*?\*/", lambda said: "\n" * said[0].count("\n"), text, flags=re.S)
        depth = 0
        for part in re.finditer(r"([^{};]*)([{};])", bare):
            if part[2] == "{" and not depth:
                line = 1 + bare.count("\n", 0, part.end())
                for each in part[1].split(","):
                    if re.fullmatch(r"\.[\w-]+", each.strip()):
                        found.setdefault(each.strip(), []).append((name, line))
            depth += {"{": 1, "}": -1}.get(part[2], 0)
    apart = {
        each: places
        for each, places in found.items()
        if len({name for name, _ in places}) > 1 or places[-1][1] - places[0][1] > NEAR
    }
    return [f"{each}: {', '.join(f'{name} {line}' for name, line in places)}" for each, places in apart.items()]


def test_every_file_that_is_named_is_there() -> None:
    assert [url for url in re.findall(r'url\("(/[^"]+)"\)', CSS) if not (ASSETS / url.lstrip("/")).exists()] == []
    assert (ASSETS / "fonts" / "OFL.txt").exists()
