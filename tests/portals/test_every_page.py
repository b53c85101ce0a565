"""Every registered screen can be drawn, belongs to a portal, and loads through marked handlers."""

import pytest

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers the pages
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.portals.gate import ANYONE
from salestrekker_portal.portals.pages import REGISTRY


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_the_screen_can_be_drawn(route):
    assert REGISTRY[route].build().render()


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_what_loads_it_is_its_portals_own(route):
    entry = REGISTRY[route]
    allowed = {ANYONE, entry.portal} if entry.portal else {ANYONE, *Portal}
    for handler in entry.on_load:
        assert handler.fn.__allow__ in allowed, f"{route} is loaded by {handler.fn.__qualname__}"
