"""The table of docs/security.md is whole and true: each row has a place and a test that exist, or says NOT YET."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
ROWS = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in PAGE.splitlines()
        if re.match(r"\| \d+\.\d+\.\d+", line)]  # fmt: skip
# The numbers of ASVS 5.0 that a portal for people's papers can't do without.
MUST_HAVE = re.findall(
    r"[\d.]+",
    """
    6.1.1 6.1.3 6.2.4 6.3.1 6.3.2 6.3.3 6.4.1 6.4.2 6.4.3 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 7.2.3
    7.2.4 7.3.1 7.4.1 7.4.2 7.4.3 7.4.5 7.5.1 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1 3.2.1 3.3.1 3.3.2 3.4.2 3.4.3 3.4.6
    3.5.1 4.4.1 4.4.2 4.4.3 5.1.1 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.3 1.2.4 2.2.2 2.3.1 2.3.3 2.4.1 14.2.1
    14.2.4 14.3.2 14.3.3 15.3.1 15.3.3 16.2.5 16.3.1 16.4.1 16.5.3
    """,
)


@cache
def names_in(path: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(path.read_text())) if path.is_file() else ()
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def faults(row: tuple[str, ...]) -> list[str]:
    """What is wrong with a row, in words."""
    numbers, what, where, shown = row
    places = re.findall(r"`([^`]+)`", where)
    found = [f"{numbers}: {place} is not there" for place in places or ["no place"]
             if not (ROOT / "salestrekker_portal" / place).exists()]  # fmt: skip
    tests = re.findall(r"`([^`:]+)::([^`]+)`", shown)
    found += [f"{numbers}: no {file}::{test}" for file, test in tests if test not in names_in(ROOT / "tests" / file)]
    ruled = re.search(r"NOT (?:YET|APPLICABLE)\b(?::\s*(.+))?", shown)
    if not tests and not (ruled and len((ruled[1] or "").split()) >= 4):
        found.append(f"{numbers}: neither a test nor a reason")
    return found if what else [*found, f"{numbers} says nothing"]


def test_every_number_has_its_row():
    numbers = " ".join(row[0] for row in ROWS).replace(",", "").split()
    assert len(MUST_HAVE) == len(ROWS) == 63 and not set(MUST_HAVE) - set(numbers)
    assert len(numbers) == len(set(numbers)), "a number is there twice"


def test_every_row_names_what_exists():
    wrong = [fault for row in ROWS for fault in faults(row)]
    assert not wrong, "\n".join(wrong)


def test_a_row_that_lies_is_found():
    good = ("6.3.1", "guessing", "`config.py`", "`tooling/test_security_table.py::test_every_number_has_its_row`")
    assert faults(good) == []
    no_test = "`tooling/test_places.py::test_none`"
    for place, shown in (("`nowhere.py`", good[3]), ("", good[3]), ("`config.py`", no_test), ("`config.py`", "surely"),
                         ("`config.py`", "NOT YET")):  # fmt: skip
        assert faults(("6.3.1", "guessing", place, shown)), (place, shown)
