"""A partner sees where they are signed in, and signs one or all others out; nobody else's are theirs."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in.own_sessions import end_other_sessions, own_sessions
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.portals.partner.settings.state import PartnerPasswordState as S
from salestrekker_portal.tables.access import Portal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


async def test_another_browser_is_signed_out_and_then_all_others(cast):
    here = {"cookie": cast.cookies["priya"], "path": "/partner/settings/password"}
    where = {"portal": Portal.PARTNER, "organisation_id": cast.firm.id, "hours": 1, "partner_id": cast.priya.id}
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    async with transaction() as session:
        tokens = [await open_session(session, **where, browser=agent) for _ in range(3)]

    async def open_ones() -> int:
        async with reading() as session:
            return sum([await actor_of(session, Portal.PARTNER, token) is not None for token in tokens])

    async with Harness() as browser:
        state = await browser.call(S.load, **here)
        assert [line["is_here"] for line in state.sign_ins] == [True, False, False, False]
        assert state.sign_ins[1]["browser"] == "Edge on Windows"
        for wrong in ("garbage", "", str(cast.alice.session_id), str(cast.kim.session_id)):
            await browser.call(S.sign_out, {"session_id": wrong}, **here)
            assert browser.refusal
        gone = state.sign_ins[1]["id"]
        state = await browser.call(S.sign_out, {"session_id": gone}, **here)
        assert len(state.sign_ins) == 3 and await open_ones() == 2
        await browser.call(S.sign_out, {"session_id": gone}, **here)
        assert browser.refusal, "pressed twice"
        state = await browser.call(S.sign_out_others, **here)
        assert len(state.sign_ins) == 1 and await open_ones() == 0
        assert not browser.errors
    async with reading() as session:
        for name in ("alice", "kim"):
            portal = Portal.BROKER if name == "alice" else Portal.CLIENT
            assert await actor_of(session, portal, cast.cookies[name].partition("=")[2]), "nobody else is signed out"


async def test_clients_have_no_such_list(cast):
    for deed in (own_sessions, end_other_sessions):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await deed(session, cast.kim)
