"""One's own passkeys on the page “Password and security”: listed, away with one, recovery codes beside them."""

import pyotp
import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.settings.security.passkeys_state import PasskeysState as S
from salestrekker_portal.portals.settings.security.state import SecurityState
from salestrekker_portal.tables.access import Passkey, Portal
from salestrekker_portal.tables.organisations import User
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
PATH = "/settings/security"


async def _have_one(actor, name: str) -> Passkey:
    key = Passkey(
        portal=Portal.BROKER, person_id=actor.id, credential=name, credential_hash=name.ljust(64), public_key="QQ",
        name=name,
    )  # fmt: skip
    async with transaction() as session:
        session.add(key)
        (await session.get(User, actor.id)).factor_since = utc_now()
    return key


async def test_codes_once_and_the_last_one_away_is_no_second_step(cast):
    mine, theirs = await _have_one(cast.alice, "Laptop"), await _have_one(cast.bob, "Phone")
    here = {"cookie": cast.cookies["alice"], "path": PATH}
    async with Harness() as browser:
        state = await browser.call(S.load, **here)
        assert [key["name"] for key in state.keys] == ["Laptop"] and not state.has_codes
        state = await browser.call(S.make_first_codes, **here)
        assert len(state.first_codes) == second_step.CODES and state.has_codes
        await browser.call(S.make_first_codes, **here)
        assert "recovery codes already" in browser.refusal
        for wrong in (str(theirs.id), "garbage"):
            state = await browser.call(S.take_away, passkey_id=wrong, **here)
            assert browser.errors and len(state.keys) == 1
        state = await browser.call(S.take_away, passkey_id=str(mine.id), **here)
        assert state.keys == []
        await browser.call(S.take_away, passkey_id=str(mine.id), **here)
        assert browser.errors, "pressed twice"
    async with reading() as session:
        assert (await session.get(User, cast.alice.id)).factor_since is None
        assert (await session.get(User, cast.bob.id)).factor_since is not None


async def test_an_app_beside_a_passkey_and_either_away(cast, frozen_clock):
    mine = await _have_one(cast.alice, "Laptop")
    here = {"cookie": cast.cookies["alice"], "path": PATH}
    async with Harness() as browser:
        state = await browser.call(SecurityState.begin, **here)
        app = pyotp.TOTP(state.letters.replace(" ", ""))
        state = await browser.call(SecurityState.confirm, {"form": {"code": app.at(frozen_clock)}}, **here)
        assert state.is_on
        codes = state.codes
        state = await browser.call(SecurityState.switch_off, {"form": {"code": codes[0]}}, **here)
        assert not state.is_on
        assert (await browser.call(S.load, **here)).has_codes, "they are for a lost passkey as well"
        async with reading() as session:
            assert (await session.get(User, cast.alice.id)).factor_since is not None
        await browser.call(S.take_away, passkey_id=str(mine.id), **here)
        assert not browser.errors
