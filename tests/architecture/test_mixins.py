"""What a page's mixin calls its own methods hides none of those that every State has."""

import importlib

import pytest

from salestrekker_portal.portals.events.about import AboutSomething
from salestrekker_portal.portals.events.session import PortalState, PublicState
from tests.tooling.test_tracked import tracked

BASES = (AboutSomething, PortalState, PublicState)


def mixins() -> list[type]:
    """Every class of `portals/` that is mixed into States and is none of those that all of them begin with."""
    names = [name for name in tracked() if name.startswith("salestrekker_portal/portals/") and name.endswith(".py")]
    modules = [
        importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")) for name in names
    ]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return [each for each in found if issubclass(each, AboutSomething) and getattr(each, "_mixin", False)]


def hidden(mixin: type) -> set[str]:
    """Methods of the base that `mixin` has another one of."""
    theirs = {
        name for base in BASES for name, value in vars(base).items() if callable(value) and not name.startswith("__")
    }
    return {name for name, value in vars(mixin).items() if callable(value) and name in theirs}


def test_no_mixin_hides_what_every_state_has():
    ours = [each for each in mixins() if each not in BASES]
    assert len(ours) >= 5, "the walk has lost its way"
    assert {each.__name__: hidden(each) for each in ours if hidden(each)} == {}


def test_one_that_does_is_named():
    class Clumsy(PortalState, mixin=True):
        async def _begin(self) -> None:
            pytest.fail("nobody calls this")

    assert hidden(Clumsy) == {"_begin"}
