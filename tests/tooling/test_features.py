"""docs/features.md is complete and true: every row has a place and a test that exist, or a ruling in words."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "features.md").read_text()
# The rows of the product's description: how many there are of each series.
SEED_ROWS = {"S0": 32, "S1": 33, "S2": 28, "S3": 24, "S4": 24}
# And what the wider documentation adds: the last number of each series.
WIDER_ROWS = {"O": 23, "B": 8, "W": 28, "D": 14, "K": 11, "P": 22, "I": 6, "R": 15}
ORACLES = range(1, 25)
LEAST_WORDS_OF_A_RULING = 6


def rows_of(page: str) -> list[tuple[str, str, str, str]]:
    """(row, what, where, test or ruling) of every table."""
    lines = [line for line in page.splitlines() if re.match(r"\| [A-Z]\w?\d?-\d\d ", line)]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ", 3)) for line in lines]


@cache
def names_in(path: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(path.read_text())) if path.is_file() else ()
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def faults(row: tuple[str, str, str, str]) -> list[str]:
    """What is wrong with a row, in words."""
    name, what, where, shown = row
    found = [] if what else [f"{name} says nothing"]
    for place in re.findall(r"`([^`]+)`", where) or ["nowhere"]:
        if not (ROOT / "salestrekker_portal" / place).exists():
            found.append(f"{name} is not at {place}")
    tests = re.findall(r"`([^`:]+)::([^`]+)`", shown)
    for file, test in tests:
        if test not in names_in(ROOT / "tests" / file):
            found.append(f"{name}: no {file}::{test}")
    ruled = shown.startswith("**Ruling**") and len(shown.split()) >= LEAST_WORDS_OF_A_RULING
    if not tests and not ruled:
        found.append(f"{name} has neither a test nor a ruling")
    return found


def test_every_row_of_the_description_is_there_once():
    expected = [f"{series}-{number:02d}" for series, count in SEED_ROWS.items() for number in range(1, count + 1)]
    named = [row[0] for row in rows_of(PAGE)]
    assert [name for name in named if name[:2] in SEED_ROWS] == expected and len(expected) == 141
    assert len(named) == len(set(named))


def test_every_row_of_the_wider_product_works_or_is_ruled_upon():
    expected = {f"{series}-{number:02d}" for series, count in WIDER_ROWS.items() for number in range(1, count + 1)}
    assert not expected - {row[0] for row in rows_of(PAGE)}


def test_every_row_has_a_place_and_a_test_or_a_ruling():
    assert [fault for row in rows_of(PAGE) for fault in faults(row)] == []


@pytest.mark.parametrize(
    "row",
    [
        (
            "S0-01",
            "x",
            "`nowhere/at/all`",
            "`tooling/test_features.py::test_every_row_of_the_description_is_there_once`",
        ),
        ("S0-01", "x", "`portals`", "`tooling/test_features.py::test_that_does_not_exist`"),
        ("S0-01", "x", "`portals`", "**Ruling**: no"),
        ("S0-01", "x", "`portals`", "soon"),
    ],
)
def test_a_row_that_promises_too_much_is_noticed(row):
    assert faults(row)


@pytest.mark.parametrize("number", ORACLES)
def test_every_oracle_has_a_test_of_its_name(number: int):
    names = [name for path in (ROOT / "tests").rglob("test_*.py") for name in names_in(path)]
    assert any(name.startswith(f"test_oracle_{number}_") for name in names)
