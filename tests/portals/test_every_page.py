"""Every registered screen can be drawn, belongs to a portal, and loads through marked handlers."""

import ast
import re
import sys

import pytest

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers the pages
from salestrekker_portal.portals.events.gate import ANYONE
from salestrekker_portal.portals.every_page import PORTALS
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.architecture.source import modules


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_the_screen_can_be_drawn(route):
    assert REGISTRY[route].build().render()


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_what_loads_it_is_its_portals_own(route):
    entry = REGISTRY[route]
    allowed = {ANYONE, entry.portal} if entry.portal else {ANYONE, *Portal}
    for handler in entry.on_load:
        assert handler.fn.__allow__ in allowed, f"{route} is loaded by {handler.fn.__qualname__}"


def lost_attributes(rendered) -> set[str]:
    """HTML attributes that ended up as styles: what Reflex's element does not know becomes emotion's css."""
    if isinstance(rendered, list | tuple):
        return set().union(*map(lost_attributes, rendered))
    if not isinstance(rendered, dict):
        return set()
    names = [
        name
        for prop in rendered.get("props") or []
        if str(prop).startswith("css:")
        for name in re.findall(r'\["([a-zA-Z]+)"\] : ', str(prop))
    ]
    return {name for name in names if name in ATTRIBUTES} | lost_attributes(list(rendered.values()))


ATTRIBUTES = {
    "role",
    "as",
    "media",
    "type",
    "name",
    "value",
    "href",
    "for",
    "scope",
    "rel",
    "lang",
    "title",
    "tabIndex",
}


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_no_attribute_was_taken_for_a_style(route):
    assert not lost_attributes(REGISTRY[route].build().render())


def test_a_lost_attribute_is_seen():
    import reflex as rx

    assert lost_attributes(rx.el.fieldset(role="radiogroup").render()) == {"role"}
    assert not lost_attributes(rx.el.fieldset(custom_attrs={"role": "radiogroup"}).render())


def test_every_screen_registers_itself():
    """No list names the screens: a module in a portal's folder is enough."""
    declared = [
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "page"
    ]
    assert len(declared) > 40, "the walk has lost its way"
    assert all(path.split("/")[1] in {each.__name__.rpartition(".")[2] for each in PORTALS} for path in declared)
    known = {f"{each.__name__.partition('.')[2].replace('.', '/')}/" for each in PORTALS}
    unread = [
        path
        for path in modules()
        if path.startswith(tuple(known))
        and not path.endswith("__init__.py")
        and f"salestrekker_portal.{path.removesuffix('.py').replace('/', '.')}" not in sys.modules
    ]
    assert unread == []
