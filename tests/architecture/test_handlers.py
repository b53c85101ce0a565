"""Every public method of a State can be called by anybody on the network, so each must say who may call it."""

import ast

from reflex_base.registry import RegistrationContext

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers every State
from salestrekker_portal.portals.events.gate import ANYONE
from salestrekker_portal.tables.access import Portal
from tests.architecture.source import layer_of, modules

OURS = "salestrekker_portal."


def our_handlers() -> dict[str, object]:
    """Full event name -> handler function, for the States that we wrote."""
    return {
        name: registered.handler.fn
        for name, registered in RegistrationContext.get().event_handlers.items()
        if registered.handler.fn.__module__.startswith(OURS)
    }


def test_every_handler_says_who_may_call_it():
    assert len(our_handlers()) > 250, "the walk has lost its way"
    silent = [name for name, fn in our_handlers().items() if not hasattr(fn, "__allow__")]
    assert not silent, f"mark these with @allow(...): {silent}"
    known = {ANYONE, *Portal}
    assert all(fn.__allow__ in known for fn in our_handlers().values())


def unmarked_methods(tree: ast.AST) -> list[str]:
    """Public methods of State classes without @rx.event or @rx.var."""
    found = []
    for cls in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        if not any("State" in ast.unparse(base) for base in cls.bases):
            continue
        for method in cls.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_"):
                marks = {ast.unparse(mark).split("(")[0] for mark in method.decorator_list}
                if not marks & {"rx.event", "rx.var"}:
                    found.append(f"{cls.name}.{method.name}")
    return found


def test_every_public_state_method_is_an_explicit_event():
    found = {path: unmarked_methods(tree) for path, tree in modules().items() if layer_of(path) == "portals"}
    assert not any(found.values()), f"prefix with _ or make it @rx.event: { {k: v for k, v in found.items() if v} }"


def test_the_rule_sees_what_it_forbids():
    bad = ast.parse("class DealState(rx.State):\n    def save_to_db(self): ...")
    good = ast.parse("class DealState(rx.State):\n    @rx.event\n    @allow(x)\n    def save(self): ...")
    assert unmarked_methods(bad) == ["DealState.save_to_db"] and unmarked_methods(good) == []


def test_no_state_variable_is_a_table_row():
    """A row in a variable would send every column of it to the browser."""
    rows = {
        cls.name
        for path, tree in modules().items()
        if layer_of(path) == "tables"
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef) and any(k.arg == "table" for k in cls.keywords)
    }
    assert {"Deal", "Contact", "PortalAccess"} <= rows, "the rule looks for rows where there are none"
    leaking = [
        f"{path}: {cls.name}.{ast.unparse(line.target)}"
        for path, tree in modules().items()
        if layer_of(path) == "portals"
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef) and any("State" in ast.unparse(base) for base in cls.bases)
        for line in cls.body
        if isinstance(line, ast.AnnAssign)
        and rows & {name.id for name in ast.walk(line.annotation) if isinstance(name, ast.Name)}
    ]
    assert not leaking, leaking


def test_sessions_are_opened_only_where_identity_is_resolved():
    """A State gets a database session by `_looking()` and `_acting()`; opening one by hand skips the actor."""
    allowed_by_hand = {"ANYONE"}
    found = []
    states = [(path, tree) for path, tree in modules().items() if path.startswith("portals/") and "state" in path]
    assert len(states) > 40, "the walk has lost its way"
    for path, tree in states:
        for method in (n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef)):
            marks = " ".join(ast.unparse(mark) for mark in method.decorator_list)
            opens = any(
                isinstance(call.func, ast.Name) and call.func.id in ("reading", "transaction")
                for call in ast.walk(method)
                if isinstance(call, ast.Call)
            )
            if opens and not any(word in marks for word in allowed_by_hand) and not method.name.startswith("_"):
                found.append(f"{path}: {method.name}")
    assert not found, f"use self._looking() or self._acting(): {found}"
