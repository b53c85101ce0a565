"""Reads the product for its use cases that hold a deal: they, and no others, have to be among the writers."""

import ast
from functools import cache
from pathlib import Path

from tests.domains.writers.scene import Writer

PACKAGE = Path(__file__).parents[3] / "salestrekker_portal"
HOLDING = "domains.deals.holding"
# Functions that hold a deal for a use case that is tried, and are no use case themselves.
NO_WRITER_OF_THEIR_OWN = {
    "domains.automations.rounds.act_on": "the worker’s round: tests/domains/automations",
    "domains.bank_statements.queries.held_statement_request": "a door",
    "domains.clients.sharing.access_of_mine": "a door",
    "domains.deals.holding.hold_deals": "the holding itself",
    "domains.deals.holding.hold_for_answers": "the holding itself",
    "domains.clients.merge_parts.become": "part of merging contacts",
    "domains.imports.making.make_all": "part of the worker’s round: tests/domains/imports/test_together.py",
    "domains.imports.together.gathered": "part of the worker’s round: tests/domains/imports/test_together.py",
    "domains.imports.taking_back.take_rows_back": "part of the worker’s round: tests/domains/imports",
    "domains.pipeline.whole_stages.archive_all": "part of deleting a stage",
    "domains.pipeline.whole_stages.move_all": "part of deleting a stage",
    "domains.documents.sending.open_deal": "a door",
    "domains.outbox.settling.hold_deals_of": "a door",
    "domains.notes.service.note_of_mine": "a door",
    "domains.portal_access.queries.held_access": "a door",
    "domains.portal_access.stopping.stop_ways_in": "part of changing a contact",
}

Name = str


@cache
def holding_use_cases() -> frozenset[Name]:
    """The public functions of the domains that take a WriteSession and hold a deal, directly or by what they call.

    Names are dotted, from `domains` on. Two functions of one name in one module are one.
    """
    calls: dict[Name, set[Name]] = {}
    public: set[Name] = set()
    for path in sorted(PACKAGE.glob("domains/**/*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        tree = ast.parse(path.read_text())
        known = _names(tree, module)
        for function in tree.body:
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{module}.{function.name}"
                calls[name] = _called(function, known)
                if _is_use_case(function):
                    public.add(name)
    holds = {name for name in calls if name.startswith(f"{HOLDING}.")}
    while more := {name for name, called in calls.items() if name not in holds and called & holds}:
        holds |= more
    return frozenset(holds & public)


def _names(tree: ast.Module, module: str) -> dict[str, Name]:
    """What each name in a module stands for: its own functions, and what it imports, wherever that stands."""
    known = {node.name: f"{module}.{node.name}" for node in tree.body if hasattr(node, "name")}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("salestrekker_portal."):
            source = node.module.removeprefix("salestrekker_portal.")
            known |= {each.asname or each.name: f"{source}.{each.name}" for each in node.names}
    return known


def _called(function: ast.AST, known: dict[str, Name]) -> set[Name]:
    found = {known[node.id] for node in ast.walk(function) if isinstance(node, ast.Name) and node.id in known}
    return found | {
        f"{known[node.value.id]}.{node.attr}"
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
    }


def _is_use_case(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = function.args.args[0].annotation if function.args.args else None
    return not function.name.startswith("_") and first is not None and ast.unparse(first) == "WriteSession"


def tried_by(writer: Writer) -> set[Name]:
    """The use cases that a writer calls, itself or through its module's helpers."""
    found: set[Name] = set()
    todo, seen = [writer.act], set()
    while todo:
        function = todo.pop()
        seen.add(function)
        for name in function.__code__.co_names:
            value = function.__globals__.get(name)
            owner = getattr(value, "__module__", None) or getattr(value, "__name__", "")
            if callable(value) and hasattr(value, "__code__"):
                if owner.startswith("salestrekker_portal."):
                    found.add(f"{owner.removeprefix('salestrekker_portal.')}.{value.__name__}")
                elif value not in seen:
                    todo.append(value)
            elif owner.startswith("salestrekker_portal."):
                inside = owner.removeprefix("salestrekker_portal.")
                found |= {f"{inside}.{each}" for each in function.__code__.co_names if hasattr(value, each)}
    return found
