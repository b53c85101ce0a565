"""A preview changes nothing: every handler of the client portal that changes something, tried by a broker's preview."""

import pytest

from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.hot_paths.screens import opened
from tests.refusals.cases_client import CLIENT_CASES
from tests.refusals.handlers import Tab
from tests.refusals.place import Place
from tests.refusals.snapshot import snapshot
from tests.support.harness import Harness

CHANGES = [case for case in CLIENT_CASES if case.control == "changes" and case.rightful == "kim"]


@pytest.mark.slow
@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.handler)
async def test_a_preview_of_kim_is_refused_what_kim_may_change(place: Place, case) -> None:
    async with Harness() as browser:
        before = await snapshot(place)
        tab = Tab(browser, case, place, "peek")
        await tab.prepare()
        await tab.act()
        # Taking back a removal finds none: removing was refused already.
        assert browser.refusal or "preview" in str(browser.out), browser.out
        assert await snapshot(place) == before


SCREENS = sorted(route for route, page in REGISTRY.items() if page.portal is Portal.CLIENT)


@pytest.mark.slow
@pytest.mark.parametrize("route", SCREENS)
async def test_every_screen_of_a_client_opens_in_a_preview_and_changes_nothing(place: Place, route: str) -> None:
    async with Harness() as browser:
        before = await snapshot(place)
        await opened(browser, place, route, who="peek")
        assert await snapshot(place) == before
