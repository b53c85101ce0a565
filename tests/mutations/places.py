"""Where a fault stands: in which statement, and whether a function runs it or an import does. Pure."""

import ast
from dataclasses import dataclass

from tests.mutations.faults import Fault


@dataclass(frozen=True)
class Place:
    """`lines` are those of the statement, without its body; `text` is its first line."""

    lines: range
    is_in_function: bool
    text: str


def place_of(source: str, fault: Fault) -> Place:
    """The innermost statement with the fault in it."""
    lines = source.splitlines()
    first, last, inside = fault.line, fault.line, False

    def look(body: list[ast.stmt], is_in_function: bool) -> None:
        nonlocal first, last, inside
        for each in body:
            if not each.lineno <= fault.line <= (each.end_lineno or each.lineno):
                continue
            below = _bodies(each)
            head = min((part[0].lineno for part in below if part), default=(each.end_lineno or each.lineno) + 1) - 1
            first, last, inside = each.lineno, max(head, each.lineno), is_in_function
            is_function = isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
            for part in below:
                look(part, is_in_function or is_function)

    look(ast.parse(source).body, False)
    return Place(range(first, last + 1), inside, lines[fault.line - 1].strip())


def _bodies(statement: ast.stmt) -> list[list[ast.stmt]]:
    found = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    found += [handler.body for handler in getattr(statement, "handlers", [])]
    found += [case.body for case in getattr(statement, "cases", [])]
    return [part for part in found if part]
