"""Asking for a lost link on its page, and what somebody reads whose session is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from starlette.responses import Response

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access.throttles import LOST_LINKS_PER_ADDRESS
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.portal_access.lost_link import SPELT_WRONG, TOO_LONG, answer_lost_links
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.client.arrival.state import ArrivalState
from salestrekker_portal.portals.client.lost_link.state import LostLinkState
from salestrekker_portal.portals.http.answers import with_session, without_session
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.outbox import Channel
from tests.domains.portal_access.world import invite, newest_token, ready_deal, sent
from tests.hot_paths.budgets import HANDLERS
from tests.support.harness import Harness
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("sqlite")
PAGE = "/portal/lost-link"


async def opened(browser: Harness, *, token: str = "", cookie: str = "") -> LostLinkState:
    path = f"{PAGE}?link={token}" if token else PAGE
    return await browser.call(LostLinkState.load, path=path, cookie=cookie)


async def asked(browser: Harness, typed: object, **more) -> LostLinkState:
    return await browser.call(LostLinkState.ask, {"form": {"who": typed}, **more}, path=PAGE)


def shown(state: LostLinkState) -> dict:
    """All that the page knows, without what was typed."""
    return {name: getattr(state, name) for name in state.base_vars if name != "asked"}


async def test_a_client_and_a_stranger_read_the_same(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    pages, costs, told = [], [], []
    for typed in ("first@example.com", "robin@example.com", "nobody@example.com", "0491 570 158", "0491 570 110"):
        async with Harness() as browser:
            await opened(browser)
            with counted() as seen:
                state = await asked(browser, typed)
            assert state.asked == typed and not state.error and not browser.refusal
            pages.append(shown(state))
            costs.append([sql for sql, _ in seen])
            told.append(browser.events)
    assert all(page == pages[0] for page in pages) and all(each == told[0] for each in told)
    assert all(cost == costs[1] for cost in costs[1:]) and len(costs[1]) <= HANDLERS["lost_link_state.ask"]
    assert "Harbour" not in str(pages), "a firm is not named to somebody who only typed an address"
    assert await answer_lost_links() == 5
    assert [mail.recipient for mail, _ in await sent(Channel.EMAIL, "portal.lost_link")] == ["robin@example.com"] * 2


@pytest.mark.parametrize(
    ("typed", "says"), [("", SPELT_WRONG), ("robin@", SPELT_WRONG), (None, SPELT_WRONG), ("🏡a" * 25_000, TOO_LONG)]
)
async def test_what_is_wrong_is_said_beside_the_field(cast, typed, says):
    async with Harness() as browser:
        await opened(browser)
        state = await asked(browser, typed)
        assert (state.error, state.asked, browser.refusal) == (says, "", "")
        # The field is the browser's own: nothing that is sent back could change what stands in it.
        assert typed is None or len(typed) < 20 or typed[:20] not in str(browser.out)
        assert (await asked(browser, "robin@example.com")).error == ""


async def test_the_same_press_twice_asks_once(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with Harness() as browser:
        await opened(browser)
        press = str(uuid4())
        for _ in range(3):
            assert (await asked(browser, "robin@example.com", _intention=press)).asked
        assert not browser.refusal
    await answer_lost_links()
    assert len(await sent(Channel.EMAIL, "portal.lost_link")) == 1


async def test_too_many_from_one_place_is_said_on_the_page(cast):
    async with Harness() as browser:
        await opened(browser)
        for number in range(LOST_LINKS_PER_ADDRESS):
            await asked(browser, f"guess{number}@example.com")
        state = await asked(browser, "robin@example.com")
        assert "Wait 15 minutes" in state.refusal and not browser.refusal


async def test_a_dead_link_says_whom_to_call_and_no_link_names_nobody(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    clock.freeze(frozen_clock + timedelta(minutes=5))
    old = await newest_token()
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    async with Harness() as browser:
        with counted() as seen:
            state = await opened(browser, token=old)
        assert len(seen) <= HANDLERS["lost_link_state.load"], str(seen)
        assert (state.firm, state.broker_first) == ("Harbour Finance", "Alice") and state.phone
        await browser.call(LostLinkState.ask, form={"who": "x@example.com"}, path=PAGE)
        for token in ("unknown", "", "x" * 500):
            state = await opened(browser, token=token)
            assert state.firm == "Salestrekker Portal" and not state.phone and not state.asked
        assert (await opened(browser, cookie=cast.cookies["kim"])).firm == "Harbour Finance"


async def _session_of_kim(cast, **changes) -> None:
    async with transaction() as session:
        mine = select(PortalSession).where(PortalSession.access_id == cast.kim_access.id)
        for name, value in changes.items():
            setattr((await session.scalars(mine)).one(), name, value)


async def _leaving(cookie: str, path: str = "/portal/ended") -> str:
    async with Harness() as browser:
        return (await browser.call(ArrivalState.load_ended, path=path, cookie=cookie)).leaving


async def test_who_signed_out_reads_that_and_who_timed_out_reads_that(cast):
    kim = cast.cookies["kim"]
    assert await _leaving(kim) == "still_in"
    await _session_of_kim(cast, expires_at=utc_now() - timedelta(seconds=1))
    assert await _leaving(kim) == "timed_out"
    await _session_of_kim(cast, ended_at=utc_now())
    assert await _leaving(kim) == "signed_out"
    assert await _leaving("") == ""
    assert await _leaving("", "/portal/ended?signed-out=1") == "signed_out"
    assert await _leaving("client-left=1") == "signed_out", "another tab of the browser that signed out"


async def test_a_session_cookie_outlives_its_session_and_goes_with_signing_out(cast):

    came = with_session(Response(), Portal.CLIENT, "token").headers.getlist("set-cookie")
    age = int(came[0].split("Max-Age=")[1].split(";")[0])
    assert age > settings().session_hours * 3600 and "client-left" in came[1] and "Max-Age=0" in came[1]
    left = without_session(Response(), Portal.CLIENT).headers.getlist("set-cookie")
    assert "client-session" in left[0] and "Max-Age=0" in left[0] and "client-left=1" in left[1]
    assert len(without_session(Response(), Portal.BROKER).headers.getlist("set-cookie")) == 1
