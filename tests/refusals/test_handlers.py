"""Every handler × everybody who should be turned away: refused, nothing changed, nothing told."""

import pytest

from salestrekker_portal.database.session import transaction
from tests.architecture.test_handlers import our_handlers
from tests.refusals.case import STRANGERS, Case, filled
from tests.refusals.place import DEAL_SECRETS, KIM_SECRETS, furnish, secrets_kept_from, snapshot
from tests.refusals.table import CASES, OPEN
from tests.support.harness import Harness

pytestmark = pytest.mark.slow


def handlers_by_key() -> dict[str, object]:
    """ "state.method" -> event handler."""
    from reflex_base.registry import RegistrationContext

    registered = RegistrationContext.get().event_handlers
    return {key_of(name): registered[name].handler for name in our_handlers()}


def key_of(name: str) -> str:
    state, method = name.rsplit(".", 2)[-2:]
    return f"{state.split('____')[-1]}.{method}"


def test_the_table_has_every_handler():
    listed = {case.handler for case in CASES} | set(OPEN)
    missing = sorted(set(handlers_by_key()) - listed)
    assert not missing, f"add these to tests/refusals/: {missing}"
    gone = sorted(listed - set(handlers_by_key()))
    assert not gone, f"these are no longer handlers: {gone}"


def _told(browser: Harness) -> str:
    return repr(browser.out)


async def _try(browser: Harness, case: Case, place, name: str) -> None:
    handlers, path = handlers_by_key(), filled(case.path, place.ids)
    seat = {"cookie": place.cookies[name], "path": path, "tab": f"{case.handler}-{name}"}
    if case.after:
        await browser.call(handlers[case.after], **seat, **filled(case.after_payload, place.ids))
        assert not [s for s in secrets_kept_from(name) if s in _told(browser)]
    await browser.call(handlers[case.handler], **seat, **filled(case.payload, place.ids))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.handler)
async def test_strangers_are_turned_away(sqlite, case):
    async with transaction() as session:
        place = await furnish(session)
    async with Harness() as browser:
        for name in STRANGERS:
            before = await snapshot(place)
            await _try(browser, case, place, name)
            leaked = [secret for secret in secrets_kept_from(name) if secret in _told(browser)]
            assert not leaked, f"{case.handler} told {name} ({STRANGERS[name]}) {leaked}"
            if name in case.own:
                continue
            assert browser.refusal or browser.was_stopped, f"{case.handler} did not refuse {name}"
            assert await snapshot(place) == before, f"{case.handler} let {name} change something"
        await _rightful(browser, case, place)


async def _rightful(browser: Harness, case: Case, place) -> None:
    before = await snapshot(place)
    await _try(browser, case, place, case.rightful)
    assert not browser.refusal, f"{case.handler} refused its rightful user: {browser.refusal}"
    assert not browser.was_stopped, f"{case.handler} sent its rightful user away: {browser.events}"
    if case.control == "changes":
        assert await snapshot(place) != before, f"{case.handler} changed nothing for its rightful user"
    elif case.control == "shows":
        assert any(secret in _told(browser) for secret in DEAL_SECRETS + KIM_SECRETS), "nothing was shown"
