"""Every event handler keeps to its number of statements, and every screen in a firm with ten thousand deals."""

import pytest

from salestrekker_portal.database.session import engine
from salestrekker_portal.portals.pages import REGISTRY
from tests.hot_paths.budgets import HANDLERS, SCREENS, Screen
from tests.hot_paths.pipeline import GROWING
from tests.hot_paths.screens import opened
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place
from tests.refusals.table import CASES
from tests.support.harness import Harness
from tests.support.statements import counted, scans

# Deleting a stage, the database looks once whether any deal still points at it.
DELETING = {"workflows_state.remove_stage"}

# Sums over a whole firm, or tables with a handful of rows here: PostgreSQL rightly reads those from end to end.
SUMS = {"/settings/billing", "/settings/labels", "/settings/workflows", "/partners", "/portal/privacy", "/insights"}


def test_every_handler_has_a_number() -> None:
    assert sorted(set(handlers_by_key()) - set(HANDLERS)) == [], "write their numbers in tests/hot_paths/budgets.py"
    assert sorted(set(HANDLERS) - set(handlers_by_key())) == [], "these are no longer handlers"


def test_every_screen_of_the_portals_has_a_number() -> None:
    routes = {route for route, page in REGISTRY.items() if page.portal is not None}
    assert sorted(routes - set(SCREENS)) == [], "write their numbers in tests/hot_paths/budgets.py"
    assert sorted(set(SCREENS) - routes) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.handler)
async def test_a_handler_keeps_to_its_number(firm: Place, case: Case) -> None:
    async with Harness() as browser:
        for handler, payload in case.given:
            await Tab(browser, case, firm, case.rightful).call(handler, filled(payload, firm.ids))
        tab = Tab(browser, case, firm, case.rightful)
        await tab.prepare()
        with counted() as seen:
            await tab.act()
        assert len(seen) <= HANDLERS[case.handler], str(seen)
        found = [line for table in GROWING for line in await scans(seen, table)]
        assert [line for line in found if case.handler not in DELETING or "DELETE FROM stages" not in line] == []


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(SCREENS))
async def test_a_screen_keeps_to_its_numbers(big: Place, route: str) -> None:
    """All that `on_load` calls, together: statements with a session look-up each, bytes, and no scan."""
    screen: Screen = SCREENS[route]
    async with Harness() as browser:
        with counted() as seen:
            sent = await opened(browser, big, route)
        if route not in SUMS or engine().dialect.name == "sqlite":
            assert [line for table in GROWING for line in await scans(seen, table)] == []
    assert len(seen) <= screen.statements, str(seen)
    assert sent <= screen.kilobytes * 1000
