"""The page “Password and security”: an app from the code to the recovery codes, and signing others out."""

import pyotp
import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.security_log import words_of
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.settings.security.state import SecurityState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
PATH = "/settings/security"


async def test_an_app_from_the_code_to_scan_to_the_recovery_codes_and_off_again(cast, frozen_clock):
    here = {"cookie": cast.cookies["alice"], "path": PATH}
    async with Harness() as browser:
        state = await browser.call(S.load, **here)
        assert state.ready and not state.is_on and state.is_admin and state.grace == "14"
        state = await browser.call(S.begin, **here)
        assert state.qr.startswith("data:image/svg+xml") and len(state.letters.replace(" ", "")) == 32
        app = pyotp.TOTP(state.letters.replace(" ", ""))
        state = await browser.call(S.confirm, {"form": {"code": "000000"}}, **here)
        assert "isn’t the number" in state.errors["code"] and state.qr
        state = await browser.call(S.confirm, {"form": {"code": app.at(clock.utc_now())}}, **here)
        assert state.is_on and len(state.codes) == 10 and not state.qr and not state.letters
        codes = state.codes
        state = await browser.call(S.make_codes, {"form": {"code": codes[0]}}, **here)
        assert len(state.codes) == 10 and not set(state.codes) & set(codes)
        fresh = state.codes
        state = await browser.call(S.switch_off, {"form": {"code": codes[1]}}, **here)
        assert state.is_on and "neither" in state.errors["off"] and "code" not in state.errors
        state = await browser.call(S.switch_off, {"form": {"code": fresh[0]}}, **here)
        assert not state.is_on and state.codes == []
    assert [each.kind for each in await _logged(cast)] == [
        "factor:refused", "factor:app_on", "factor:codes_made", "factor:refused", "factor:app_off",
    ]  # fmt: skip


async def _logged(cast) -> list[SecurityEvent]:
    async with reading() as session:
        mine = select(SecurityEvent).where(SecurityEvent.actor_id == cast.alice.id)
        return list(await session.scalars(mine.order_by(SecurityEvent.id)))


async def test_another_browser_is_signed_out_and_then_all_others(cast):
    here = {"cookie": cast.cookies["alice"], "path": PATH}
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    where = {"portal": Portal.BROKER, "organisation_id": cast.firm.id, "hours": 1, "user_id": cast.alice.id}
    async with transaction() as session:
        tokens = [await open_session(session, **where, browser=agent) for _ in range(3)]

    async def open_ones() -> int:
        async with reading() as session:
            return sum([await actor_of(session, Portal.BROKER, token) is not None for token in tokens])

    async with Harness() as browser:
        state = await browser.call(S.load, **here)
        assert [line["is_here"] for line in state.sign_ins] == [True, False, False, False]
        assert state.sign_ins[1]["browser"] == "Edge on Windows"
        state = await browser.call(S.sign_out, {"session_id": state.sign_ins[1]["id"]}, **here)
        assert len(state.sign_ins) == 3 and await open_ones() == 2
        state = await browser.call(S.sign_out_others, **here)
        assert len(state.sign_ins) == 1 and await open_ones() == 0
    assert [words_of(each) for each in await _logged(cast)] == [
        "Signed Edge on Windows out from afar", "Signed all other browsers out from afar",
    ]  # fmt: skip
