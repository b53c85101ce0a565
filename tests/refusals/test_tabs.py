"""A tab that was opened on one's own deal, and then sends events from the address of somebody else's."""

import pytest

from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.portals.shared.profile.screen import fields_in
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place, secrets_kept_from
from tests.refusals.snapshot import snapshot
from tests.refusals.table import CASES
from tests.support.harness import Harness

pytestmark = pytest.mark.slow

IN_A_DEAL = [case for case in CASES if "/deals/{deal}" in case.path and case.rightful == "alice"]


@pytest.mark.parametrize("case", IN_A_DEAL, ids=lambda case: case.handler)
async def test_what_a_tab_knows_of_one_deal_is_of_no_use_in_another(place: Place, case: Case):
    before = await snapshot(place)
    home = filled(case.path, {**place.ids, "deal": place.ids["home_deal"]})
    async with Harness() as browser:
        tab = Tab(browser, case, place, "mallory", path=home)
        load = f"{case.handler.partition('.')[0]}.load"
        if load in handlers_by_key():
            await tab.call(load, {})
        await tab.prepare()
        tab.seat["path"] = filled(case.path, place.ids)
        await tab.act()
        await tab.act()
    leaked = [secret for secret in secrets_kept_from("mallory") if secret in tab.told]
    assert not leaked, f"{case.handler} told mallory {leaked}"
    assert await snapshot(place) == before, f"{case.handler} let mallory change something"


async def test_nobody_is_seen_in_a_field_of_somebody_elses_deal(place: Place):
    case = Case(handler="broker_profile_state.enter", path="/deals/{home_deal}/profile?page=needs")
    # Those who may were there in earlier tests of this process, and stay for a while.
    rightful = {(here.tab, here.person) for here in presence.others(place.deal_id, place.firm_id)}
    async with Harness() as browser:
        tab = Tab(browser, case, place, "mallory")
        await tab.call("broker_profile_state.load", {})
        state = await browser.state(handlers_by_key()[case.handler].state, tab=tab.name)
        field = fields_in(state.get_value("blocks"))[0]["id"]
        tab.seat["path"] = filled("/deals/{deal}/profile?page=needs", place.ids)
        for first in ("broker_profile_state.load", "broker_profile_state.refresh"):
            await tab.call(first, {})
            await tab.call(case.handler, {"field": field})
            assert {(here.tab, here.person) for here in presence.others(place.deal_id, place.firm_id)} <= rightful
