"""Somebody who works for two firms goes from one to the other, and nobody else does."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import grace
from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.firm.own_firms import enter_firm, own_firms
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.portals.settings.account.state import MyDetailsState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation, Role
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/settings/my-details"
ALICE = {"first_name": "A", "last_name": "Rourke", "email": "alice@example.com"}


async def _join(cast) -> None:
    """Mallory's firm takes alice on as well, as an assistant."""
    async with transaction() as session:
        await members.invite_member(session, cast.mallory, role=Role.ASSISTANT, **ALICE)


async def _alice(cast):
    async with reading() as session:
        return await actor_of(session, Portal.BROKER, cast.cookies["alice"].partition("=")[2])


async def test_somebody_of_two_firms_goes_to_the_other_and_back(cast):
    here = {"cookie": cast.cookies["alice"], "path": PAGE}
    async with Harness() as browser:
        assert (await browser.call(MyDetailsState.load, **here)).firms == []
        await _join(cast)
        state = await browser.call(MyDetailsState.load, **here)
        assert [(each["name"], each["is_here"]) for each in state.firms] == [
            (cast.firm.name, True), (cast.other_firm.name, False),
        ]  # fmt: skip
        for _ in range(2):  # pressed twice
            await browser.call(MyDetailsState.go_to, firm_id=str(cast.other_firm.id), **here)
            assert not browser.errors
        there = await _alice(cast)
        assert (there.organisation_id, there.role) == (cast.other_firm.id, Role.ASSISTANT)
        await browser.call(MyDetailsState.go_to, firm_id=str(cast.firm.id), **here)
        assert ((await _alice(cast)).organisation_id, (await _alice(cast)).role) == (cast.firm.id, Role.ADMIN)
    async with reading() as session:
        seen = {each.user.name for each in await members.members_of(session, cast.mallory)}
        noted = select(SecurityEvent.organisation_id).where(SecurityEvent.actor_id == cast.alice.id)
        assert "Alice O’Rourke" in seen, "she came in, so they see whose account it is"
        assert sorted(await session.scalars(noted)) == sorted([cast.firm.id, cast.other_firm.id]), "once each way"


async def test_the_other_firms_second_step_is_asked_there_and_not_before(cast, monkeypatch):
    """She was taken on after she had signed in, so nothing has counted her days there yet."""
    for module in (second_step, grace):
        monkeypatch.setattr(module, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    await _join(cast)
    async with transaction() as session:
        (await session.get(Organisation, cast.other_firm.id)).factor_grace_days = 0
    assert not (await _alice(cast)).lacks_factor
    async with transaction() as session:
        await enter_firm(session, cast.alice, cast.other_firm.id)
    assert (await _alice(cast)).lacks_factor


async def test_nobody_goes_where_they_do_not_work(cast):
    here = {"cookie": cast.cookies["alice"], "path": PAGE}
    async with Harness() as browser:
        for firm in (cast.other_firm.id, uuid4(), "garbage", "", None, 7):
            await browser.call(MyDetailsState.go_to, {"firm_id": firm if firm in ("", None, 7) else str(firm)}, **here)
            assert browser.refusal
    await _join(cast)
    async with transaction() as session:
        await members.disable_member(session, cast.mallory, cast.alice.id, None)
    for who in (cast.alice, cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotFound if who.is_staff else NotPermitted):
            async with transaction() as session:
                await enter_firm(session, who, cast.other_firm.id)
    async with reading() as session:
        assert [key for key, _ in await own_firms(session, cast.alice)] == [cast.firm.id]
