"""JavaScript stays what Python can't do: little of it, and each file named with the ability that it wraps."""

import re

from tests.tooling.test_tracked import ROOT, tracked

SCRIPT = (".js", ".jsx", ".mjs", ".ts", ".tsx")
CODE = (*SCRIPT, ".py", ".css")
MOST_PERCENT = 3.0
# Of the product alone, without tests and migrations: only ever to be lowered.
MOST_OF_THE_PRODUCT = 4.4
PRODUCT = ("salestrekker_portal/", "assets/")
ROW = re.compile(r"^\| (?P<ability>[^|]+) \| `(?P<folder>[^`]+/)`: (?P<files>[^|]+) \|$", re.MULTILINE)


def lines_of(names: list[str]) -> int:
    return sum(len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in names)


def share(names: list[str]) -> float:
    """How many of a hundred lines of code are JavaScript."""
    code = [name for name in names if name.endswith(CODE)]
    return 100 * lines_of([name for name in code if name.endswith(SCRIPT)]) / lines_of(code)


def rows(text: str) -> list[tuple[str, list[str]]]:
    """Each row of the table in docs/decisions.md: the ability, and the paths of its files."""
    return [
        (row["ability"], [row["folder"] + name for name in re.findall(r"`([^`]+)`", row["files"])])
        for row in ROW.finditer(text)
    ]


def test_it_is_a_small_part_of_the_code() -> None:
    names = tracked()
    assert share(names) <= MOST_PERCENT
    assert share([name for name in names if name.startswith(PRODUCT)]) <= MOST_OF_THE_PRODUCT


def test_each_file_is_named_once_with_what_it_wraps() -> None:
    table = rows((ROOT / "docs/decisions.md").read_text(encoding="utf-8"))
    named = [path for _, paths in table for path in paths]
    there = [name for name in tracked() if name.startswith(PRODUCT) and name.endswith(SCRIPT)]
    assert sorted(named) == sorted(there)
    abilities = [ability for ability, _ in table]
    assert len(set(abilities)) == len(abilities)


def test_no_wrapper_hides_in_python() -> None:
    """A line that focuses or goes somewhere is an instruction; what listens or defines belongs in a file with a row."""
    inside = re.compile(r"\bfunction\s*\w*\s*\(|addEventListener|new Promise|MutationObserver")
    assert inside.search("(function () {") and not inside.search("iscoroutinefunction(handler)")
    python = [name for name in tracked() if name.startswith("salestrekker_portal/") and name.endswith(".py")]
    assert [name for name in python if inside.search((ROOT / name).read_text(encoding="utf-8"))] == []


def test_the_table_is_read_as_it_is_written() -> None:
    text = "| a clock | `ui/forms/`: `a.jsx`, `b.js` |\n| other | text |\n"
    assert rows(text) == [("a clock", ["ui/forms/" + name for name in ("a.jsx", "b.js")])]
