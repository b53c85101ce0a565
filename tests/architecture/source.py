"""The source tree as the architecture tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "salestrekker_portal"


@cache
def modules() -> dict[str, ast.Module]:
    """Path inside the package -> its syntax tree."""
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Every module that this one imports, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def layer_of(path: str) -> str:
    """The layer that a file of the package belongs to."""
    return path.split("/")[0].removesuffix(".py")
