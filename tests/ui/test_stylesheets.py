"""The stylesheets: the tokens are all there, everything used is defined, and the whole stays light."""

import gzip
import re
from pathlib import Path

from salestrekker_portal.ui import theme

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHEETS = {name: (ASSETS / name).read_text() for name in theme.STYLESHEETS}
CSS = "\n".join(SHEETS.values())

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
    # All three portals in one file, a broker’s search, loans and tasks among them.
    assert len(gzip.compress(CSS.encode())) < 23_000


def test_every_file_that_is_named_is_there() -> None:
    assert [url for url in re.findall(r'url\("(/[^"]+)"\)', CSS) if not (ASSETS / url.lstrip("/")).exists()] == []
    assert (ASSETS / "fonts" / "OFL.txt").exists()
