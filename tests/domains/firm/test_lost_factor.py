"""Whoever lost phone and codes gets in again through an admin, and through nobody else."""

import asyncio

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.second_step import grace_days, reset_factor, set_grace_days
from salestrekker_portal.domains.partners.lost_factor import reset_partner_factor
from salestrekker_portal.domains.signing_in.second_step import is_asked
from salestrekker_portal.domains.signing_in.strangers import wait
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, Role
from salestrekker_portal.tables.outbox import Channel
from tests import factories as make
from tests.cast import join
from tests.domains.portal_access.world import sent
from tests.domains.signing_in.test_second_step import set_up

pytestmark = pytest.mark.usefixtures("database")


async def _reset(by, user_id) -> None:
    async with transaction() as session:
        await reset_factor(session, by, user_id)


async def test_an_admin_takes_a_lost_second_step_away(cast):
    await set_up(cast.bob)
    with pytest.raises(NotPermitted):
        await _reset(cast.bob, cast.alice.id)
    with pytest.raises(NotFound):
        await _reset(cast.mallory, cast.bob.id)
    await _reset(cast.alice, cast.bob.id)
    async with reading() as session:
        assert not await is_asked(session, Portal.BROKER, cast.bob.id)
    mail = (await sent(Channel.EMAIL, "account.changed"))[-1]
    assert mail[0].recipient == "bob@example.com" and mail[1].link_label == "I didn’t ask for that"
    assert "Alice O’Rourke took the second step" in mail[1].paragraphs[1] and "Did you ask" in mail[1].paragraphs[2]
    for whom, said in ((cast.bob.id, "has no second step"), (cast.alice.id, "another admin")):
        with pytest.raises(Conflict, match=said):
            await _reset(cast.alice, whom)


async def test_two_who_press_at_once_take_it_away_once(cast):
    dana = await _join(cast)
    for whom, reset in ((cast.bob, reset_factor), (cast.priya, reset_partner_factor)):
        for _ in range(5):
            await set_up(whom)
            before = len(await sent(Channel.EMAIL, "account.changed"))

            async def press(by, whom=whom, reset=reset) -> None:
                async with transaction() as session:
                    await reset(session, by, whom.id)

            tried = await asyncio.gather(press(cast.alice), press(dana), return_exceptions=True)
            refused = [each for each in tried if each is not None]
            assert len(refused) == 1 and isinstance(refused[0], Conflict) and "no second step" in refused[0].message
            assert len(await sent(Channel.EMAIL, "account.changed")) == before + 1


async def _join(cast):
    async with transaction() as session:
        return await join(session, cast, Role.ADMIN)


async def test_no_firm_takes_away_what_guards_another_ones_papers_too(cast):
    await set_up(cast.bob)
    async with transaction() as session:
        other = await make.make_organisation(session, name="Tussock Lending")
        place = Membership(user_id=cast.bob.id, organisation_id=other.id, role=Role.BROKER)
        session.add(place)
    with pytest.raises(Conflict, match="another firm too"):
        await _reset(cast.alice, cast.bob.id)
    async with transaction() as session:
        wait(await session.get(Membership, place.id), {"first_name": "Some", "last_name": "Body"})
    # Typing an address keeps nobody locked out at another firm.
    await _reset(cast.alice, cast.bob.id)


@pytest.mark.parametrize("days", ["0", " 30 ", "365"])
async def test_an_admin_says_for_how_long_people_may_go_without(cast, days):
    async with transaction() as session:
        await set_grace_days(session, cast.alice, days)
    async with reading() as session:
        assert await grace_days(session, cast.bob) == int(days)
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await set_grace_days(session, cast.bob, days)


@pytest.mark.parametrize("days", [None, 5, "", "-1", "366", "1.5", "９", "x" * 5000])
async def test_other_numbers_of_days_are_refused(cast, days):
    with pytest.raises(DomainError) as refused:
        async with transaction() as session:
            await set_grace_days(session, cast.alice, days)
    assert isinstance(refused.value, Invalid) and "days" in refused.value.errors
