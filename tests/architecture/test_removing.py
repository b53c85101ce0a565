"""What takes something away asks first, or can be undone: found by what handlers are called and what they call."""

import ast
import inspect
import re

from reflex_base.registry import RegistrationContext

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers every State
from salestrekker_portal.portals.events.notices import UNDOES
from tests.architecture.source import layer_of, modules
from tests.architecture.test_handlers import our_handlers

VERBS = (
    "archive|cut|delete|disable|discard|disconnect|drop|end|expel|leave_out|remove|reset|retire|revoke|settle|stop|"
    "switch_off|take_out|undo|unlink|unshare|wipe|withdraw|follow_firm|follow|standard|use_standard"
)
TAKES = re.compile(rf"^({VERBS})(_\w+)?$")
CALLS = re.compile(rf"\b(?:\w+\.)?((?:{VERBS})_\w+|withdraw|revoke)\(\s*session")
ASKS = {"confirm", "ask_first", "question"}
# The way back stands where the thing was: handler -> the handler that puts it back, which has to be on a screen.
IN_PLACE = {
    "ClientProfileState.remove": "S.restore",
    "BrokerProfileState.remove": "S.restore",
}
# Takes nothing away, or is the question's own answer.
NOTHING_GONE = {
    "BillingState.stop_buying": "closes the question before buying",
    "Notices.undo": "brings back",
    "MovingState.undo": "brings back",
    "ManyState.undo": "brings back",
    "ClientMessagesState.standard": "the question stands in portals/settings/wording.py, which two screens share",
    "PartnerWordingState.standard": "the question stands in portals/settings/wording.py, which two screens share",
    "ListColumnsState.standard": "columns are chosen again in the sheet where this is pressed",
    "BrokerProfileState.discard": "no screen of staff has held text; the handler refuses",
    "WorkflowsState.remove_stage": "the form that asks where its deals go is the question",
    "WorkflowsState.remove": "the form that asks for its name is the question",
    "PartnerFactorState.switch_off": "the number that has to be typed for it is the question",
    "SecurityState.switch_off": "the number that has to be typed for it is the question",
    "UsersState.disable": "the form that asks who takes over is the question",
}


def takes_away(name: str, source: str) -> bool:
    """Whether a handler takes something away, by its name or by the use case that it calls."""
    return bool(TAKES.match(name) or CALLS.search(source))


def offers_undo(source: str) -> bool:
    return any(f'"{what}"' in source for what in UNDOES) and "offer_undo(" in source


def states_in(tree: ast.Module) -> dict[str, str]:
    """Local name -> class, of what a page imports or names again (`Form = PartnerReferState`)."""
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    names |= {node.name: node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = names.get(node.value.id, node.value.id)
    return names


def wirings(tree: ast.Module) -> list[tuple[str, bool]]:
    """(State.handler, whether it stands inside a question) for each `State.handler` that a page wires."""
    names, found = states_in(tree), []

    def walk(node: ast.AST, asked: bool) -> None:
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            asked = asked or called in ASKS
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id in names or node.value.id == "S")
        ):
            found.append((f"{names.get(node.value.id, 'S')}.{node.attr}", asked))
        if isinstance(node, ast.ClassDef):
            return  # a State's own code: what handlers return is not a button
        for child in ast.iter_child_nodes(node):
            walk(child, asked)

    walk(tree, False)
    return found


def handed_on(tree: ast.Module) -> set[str]:
    """Handlers that a page hands to a shared component, which asks (`on_discard=S.leave_out`)."""
    names = states_in(tree)
    return {
        f"{names.get(word.value.value.id, 'S')}.{word.value.attr}"
        for word in ast.walk(tree)
        if isinstance(word, ast.keyword)
        and word.arg == "on_discard"
        and isinstance(word.value, ast.Attribute)
        and isinstance(word.value.value, ast.Name)
    }


def everything_wired() -> tuple[dict[str, list[bool]], set[str]]:
    wired: dict[str, list[bool]] = {}
    handed: set[str] = set()
    for path, tree in modules().items():
        if layer_of(path) == "portals":
            handed |= handed_on(tree)
            for name, asked in wirings(tree):
                wired.setdefault(name, []).append(asked)
    return wired, handed


def taking_handlers() -> dict[str, str]:
    """State.handler -> source, of every handler that takes something away."""
    registered = RegistrationContext.get().event_handlers
    found = {}
    for name, fn in our_handlers().items():
        source = inspect.getsource(inspect.unwrap(fn))
        if takes_away(fn.__name__, source):
            found[f"{registered[name].handler.state.__name__}.{fn.__name__}"] = source
    return found


def test_what_takes_away_asks_or_can_be_undone():
    wired, handed = everything_wired()
    taking = taking_handlers()
    assert len(taking) > 25, "the walk has lost its way"
    wrong = []
    for name, source in taking.items():
        if name in NOTHING_GONE or offers_undo(source):
            continue
        if name in IN_PLACE:
            assert IN_PLACE[name] in wired, f"{IN_PLACE[name]} is on no screen"
            continue
        # Of a component that two portals share, which is handed the State as S.
        uses = wired.get(name) or wired.get("S." + name.split(".")[1], [])
        if name in handed or "S." + name.split(".")[1] in handed:
            uses = [asked for asked in uses if asked] or [True]
        if not uses or not all(uses):
            wrong.append(name)
    assert not wrong, f"put each button inside ask_first(...) or confirm(...), or offer Undo: {sorted(wrong)}"
    gone = (set(IN_PLACE) | set(NOTHING_GONE)) - set(taking)
    assert not gone, f"these take nothing away any more: {sorted(gone)}"


def test_what_is_handed_on_is_asked_about():
    """`on_discard` reaches a button inside ask_first wherever a component takes it."""
    root_files = {path: tree for path, tree in modules().items() if "on_discard" in ast.dump(tree)}
    uses = [
        asked for tree in root_files.values() for name, asked in _calls_of(tree, "on_discard") if name == "on_discard"
    ]
    assert uses and all(uses)


def _calls_of(tree: ast.Module, wanted: str) -> list[tuple[str, bool]]:
    found = []

    def walk(node: ast.AST, asked: bool) -> None:
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == wanted:
                found.append((called, asked))
            asked = asked or called in ASKS
        for child in ast.iter_child_nodes(node):
            walk(child, asked)

    walk(tree, False)
    return found


def test_the_rule_tells_good_from_bad():
    bad = ast.parse("from x import VideosState as S\nicon_button(on_click=S.remove(key))")
    good = ast.parse("from x import VideosState as S\nask_first(button(on_click=S.remove(key)), press=p)")
    assert wirings(bad) == [("VideosState.remove", False)] and ("VideosState.remove", True) in wirings(good)
    assert takes_away("remove", "") and takes_away("go", "await service.revoke_all(session, actor)")
    assert not takes_away("render", "await service.add(session)") and not takes_away("endorse", "")
