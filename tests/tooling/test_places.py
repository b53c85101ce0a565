"""Every place that a page, a comment or a test names is there: what moved is named where it is now."""

import re
from collections.abc import Iterator

from salestrekker_portal.build import ROOT
from tests.tooling.test_tracked import tracked

READ = (".py", ".md", ".js", ".jsx", ".css", ".toml")
# A path may begin at the root, in the package or in one of its large parts.
BEGINS = (".", *(f"salestrekker_portal{part}" for part in ("", "/domains", "/portals")), "tests", "docs", "assets")
NAMED = re.compile(r"(?<![\w/.:$-])((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|js|jsx|md|css))\b")
# Files of other people's, and those that a test makes.
ELSEWHERE = {"utils/state.js"}
MAKE_THEIR_OWN = {f"tests/tooling/test_{each}.py" for each in ("build", "places", "tests_are_found")}


def named_in(text: str) -> Iterator[str]:
    """The files that a text names by their path."""
    yield from (name for name in NAMED.findall(text) if name not in ELSEWHERE)


def text_of(file: str) -> str:
    return (ROOT / file).read_text() if (ROOT / file).is_file() else ""


def is_there(name: str) -> bool:
    return any((ROOT / begin / name).is_file() for begin in BEGINS)


def test_what_is_named_is_there() -> None:
    kept = [name for name in tracked() if name.endswith(READ) and name not in MAKE_THEIR_OWN]
    named = [(file, name) for file in kept for name in named_in(text_of(file))]
    assert [f"{file} names {name}" for file, name in named if not is_there(name)] == []


def test_the_walk_finds_what_is_named() -> None:
    assert list(named_in("see `portals/events/gate.py`, and domains/deals/rules.py.")) == [
        "portals/events/gate.py",
        "domains/deals/rules.py",
    ]
    assert is_there("portals/events/gate.py") and not is_there("portals/gate.py")
    assert len(list(named_in((ROOT / "docs" / "architecture.md").read_text()))) > 40
