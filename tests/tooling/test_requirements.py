"""What the code imports is pinned, so that a fresh machine gets it; every pin is exact; production carries no tests."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from salestrekker_portal.build import ROOT

LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[a-z0-9,]+\])?==(?P<version>[^\s#]+)\s*(#.*)?$")
OWN = {"salestrekker_portal", "tests", "benchmarks", "alembic", "rxconfig"}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


PRODUCT, TESTS = "requirements.txt", "requirements-tests.txt"
ON_TOP_OF = f"-r {PRODUCT}"


def requirement_lines(file: str) -> list[str]:
    lines = (ROOT / file).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#") and line != ON_TOP_OF]


def pinned_in(*files: str) -> set[str]:
    return {normalised(LINE.match(line)["name"]) for file in files for line in requirement_lines(file)}


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def python_files(*folders: str) -> Iterator[Path]:
    yield ROOT / "rxconfig.py"
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


@pytest.mark.parametrize("file", [PRODUCT, TESTS])
def test_every_pin_is_exact_and_nothing_else_is_in_the_file(file: str) -> None:
    assert [line for line in requirement_lines(file) if not LINE.match(line)] == []


@pytest.mark.parametrize("file", [PRODUCT, TESTS])
def test_nothing_is_pinned_twice(file: str) -> None:
    names = [normalised(LINE.match(line)["name"]) for line in requirement_lines(file)]
    assert sorted(names) == sorted(set(names))


def test_nothing_is_in_both_and_the_tests_stand_on_the_product() -> None:
    assert not pinned_in(PRODUCT) & pinned_in(TESTS)
    assert ON_TOP_OF in (ROOT / TESTS).read_text().splitlines()


def test_production_carries_no_test_tools() -> None:
    assert not pinned_in(PRODUCT) & {"pytest", "selenium", "playwright", "hypothesis", "ruff", "mypy", "aiosmtpd"}
    assert lacking_of(python_files("salestrekker_portal", "alembic"), pinned_in(PRODUCT)) == set()


def test_everything_imported_is_pinned() -> None:
    files = python_files("salestrekker_portal", "tests", "benchmarks", "alembic")
    assert lacking_of(files, pinned_in(PRODUCT, TESTS)) == set()


def lacking_of(files: Iterator[Path], pinned: set[str]) -> set[str]:
    """What these files import and no pin brings."""
    brought_by = packages_distributions()
    lacking = set()
    for path in files:
        for module in set(imported_modules(path)) - OWN - set(sys.stdlib_module_names):
            distributions = {normalised(name) for name in brought_by.get(module, [module])}
            if not distributions & pinned and not any(name.startswith("reflex-") for name in distributions):
                lacking.add(f"{module} in {path.relative_to(ROOT)}")
    return lacking
