"""Every handler that changes something says what a second press of it does: `@once` or `@repeatable`."""

import inspect
import re

from reflex_base.registry import RegistrationContext

from salestrekker_portal.salestrekker_portal import OUR_ROUTES  # registers every State too
from tests.architecture.test_handlers import our_handlers

ACTS = re.compile(r"self\._(acting|noting|acting_as_anybody)\(")


def reaches(state: type, source: str, seen: set[str]) -> bool:
    """Whether this source, or a helper of the State that it calls, opens a transaction."""
    if ACTS.search(source):
        return True
    for name in set(re.findall(r"(?:self|super\(\))\.(_\w+)\(", source)) - seen:
        helper = getattr(state, name, None)
        if inspect.isfunction(helper) and reaches(state, inspect.getsource(inspect.unwrap(helper)), seen | {name}):
            return True
    return False


def acting_handlers() -> dict[str, object]:
    """Full event name -> handler function, of those that change something."""
    registered = RegistrationContext.get().event_handlers
    return {
        name: fn
        for name, fn in our_handlers().items()
        if reaches(registered[name].handler.state, inspect.getsource(inspect.unwrap(fn)), set())
    }


def test_every_acting_handler_is_once_or_repeatable():
    acting = acting_handlers()
    assert len(acting) > 80, "the walk has lost its way"
    wrong = [name for name, fn in acting.items() if hasattr(fn, "__once__") == hasattr(fn, "__repeatable__")]
    assert not wrong, f"mark each with @once, or @repeatable(why it is harmless when repeated): {sorted(wrong)}"
    assert all(len(getattr(fn, "__repeatable__", "because " * 2)) > 12 for fn in acting.values())


def test_every_wiring_of_a_once_handler_carries_its_intention():
    """The mark travels with the handler itself, so no button can be wired without it."""
    registered = RegistrationContext.get().event_handlers
    marked = {name: r.handler for name, r in registered.items() if getattr(r.handler.fn, "__once__", False)}
    assert marked
    assert all(handler.event_actions.get("once") for handler in marked.values())
    assert not [name for name, handler in marked.items() if handler.is_background]


def test_every_route_that_may_act_is_posted_once_or_again():
    acting = [route for route in OUR_ROUTES if route.methods & {"POST", "PUT", "PATCH", "DELETE"}]
    assert len(acting) > 15
    wrong = [
        route.path
        for route in acting
        if hasattr(route.endpoint, "__once__") == hasattr(route.endpoint, "__repeatable__")
    ]
    assert not wrong, f"mark each with @posted_once, or @posted_again(why it is harmless when repeated): {wrong}"
    assert all(len(getattr(route.endpoint, "__repeatable__", "because " * 2)) > 12 for route in acting)
