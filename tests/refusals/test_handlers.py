"""Every handler × everybody who should be turned away: refused, nothing changed, nothing told."""

from uuid import UUID

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.tables.documents import Document
from tests.refusals.case import STRANGERS, Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import DEAL_SECRETS, KIM_SECRETS, Place, secrets_kept_from
from tests.refusals.snapshot import snapshot
from tests.refusals.table import CASES, OPEN
from tests.support.harness import Harness


def test_the_table_has_every_handler():
    listed = {case.handler for case in CASES} | set(OPEN)
    missing = sorted(set(handlers_by_key()) - listed)
    assert not missing, f"add these to tests/refusals/: {missing}"
    gone = sorted(listed - set(handlers_by_key()))
    assert not gone, f"these are no longer handlers: {gone}"


async def test_a_snapshot_sees_a_change_and_nothing_else(place: Place):
    before = await snapshot(place)
    assert await snapshot(place) == before
    async with transaction() as session:
        (await session.get(Document, UUID(place.ids["document"]))).name = "Other.pdf"
    assert await snapshot(place) != before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.handler)
async def test_strangers_are_turned_away(place: Place, case: Case):
    async with Harness() as browser:
        for handler, payload in case.given:
            tab = Tab(browser, case, place, case.rightful)
            await tab.call(handler, filled(payload, place.ids))
            assert not tab.refused, f"{handler} refused {case.rightful}, who wanted to set the scene"
        before = await snapshot(place)
        for name in STRANGERS:
            if name not in case.own and name != case.rightful:
                tab = await _turned_away(browser, case, place, name)
                # Whom the gate stopped reached no handler of ours: those are compared once, at the end.
                assert not tab.got_in or await snapshot(place) == before, f"{case.handler} let {name} change something"
        assert await snapshot(place) == before
        await _rightful(browser, case, place)
        for name in case.own:
            await _acts_on_their_own(browser, case, place, name)


async def _turned_away(browser: Harness, case: Case, place: Place, name: str) -> Tab:
    tab = await _tried(browser, case, place, name)
    if name in case.silent:
        assert not tab.refused, f"{case.handler} does refuse {name}: say so in its row"
    else:
        assert tab.refused, f"{case.handler} did not refuse {name}, {STRANGERS[name]}"
    return tab


async def _tried(browser: Harness, case: Case, place: Place, name: str) -> Tab:
    tab = Tab(browser, case, place, name)
    await tab.prepare()
    await tab.act()
    _keeps_secrets(tab, case, name)
    return tab


def _keeps_secrets(tab: Tab, case: Case, name: str) -> None:
    leaked = [secret for secret in secrets_kept_from(name) if secret in tab.told]
    assert not leaked, f"{case.handler} told {name}, {STRANGERS.get(name, 'whose page it is')}: {leaked}"


async def _rightful(browser: Harness, case: Case, place: Place) -> None:
    tab = Tab(browser, case, place, case.rightful)
    await tab.prepare()
    before = await snapshot(place)
    await tab.act()
    if case.control == "refused":
        assert tab.refused, f"{case.handler} is of use to {case.rightful} now: give its row a real control"
        return
    assert not tab.refused, f"{case.handler} refused its rightful user: {browser.refusal} {browser.events}"
    _keeps_secrets(tab, case, case.rightful)
    if case.control == "changes":
        assert await snapshot(place) != before, f"{case.handler} changed nothing for its rightful user"
    elif case.control == "shows":
        assert any(secret in tab.told for secret in DEAL_SECRETS + KIM_SECRETS), "nothing was shown"


async def _acts_on_their_own(browser: Harness, case: Case, place: Place, name: str) -> None:
    """Somebody of another firm leaves this firm as it is; somebody of another deal, this deal."""
    whose = {"mallory": "firm", "bob": None, "sam": None}.get(name, "deal")
    before = await snapshot(place, whose) if whose else ""
    await _tried(browser, case, place, name)
    if whose:
        assert await snapshot(place, whose) == before, f"{case.handler} let {name} change the {whose}"
