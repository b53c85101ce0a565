"""What the code imports is pinned, so that a fresh machine gets it; and every pin is exact."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from salestrekker_portal.build import ROOT

LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[a-z0-9,]+\])?==(?P<version>[^\s#]+)\s*(#.*)?$")
OWN = {"salestrekker_portal", "tests", "benchmarks", "alembic", "rxconfig"}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_lines() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def python_files() -> Iterator[Path]:
    yield ROOT / "rxconfig.py"
    for folder in ("salestrekker_portal", "tests", "benchmarks", "alembic"):
        yield from (ROOT / folder).rglob("*.py")


def test_every_pin_is_exact_and_nothing_else_is_in_the_file() -> None:
    assert [line for line in requirement_lines() if not LINE.match(line)] == []


def test_everything_imported_is_pinned() -> None:
    pinned = {normalised(LINE.match(line)["name"]) for line in requirement_lines()}
    brought_by = packages_distributions()
    lacking = set()
    for path in python_files():
        for module in set(imported_modules(path)) - OWN - set(sys.stdlib_module_names):
            distributions = {normalised(name) for name in brought_by.get(module, [module])}
            if not distributions & pinned and not any(name.startswith("reflex-") for name in distributions):
                lacking.add(f"{module} in {path.relative_to(ROOT)}")
    assert lacking == set()
