"""How deals end, and begin again: not going ahead with a reason, settled on a day, copied."""

from datetime import date

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.pipeline.copying import copy_deal
from salestrekker_portal.domains.pipeline.settling import restore_deal, settle_deal, unlock_deal
from salestrekker_portal.domains.pipeline.stopping import outcome_words, stop_deal
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal, Outcome
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.cast import Cast

LOST = {"outcome": "lost", "reason": "bank"}


async def _deal(cast: Cast) -> Deal:
    async with reading() as session:
        return (await session.scalars(select(Deal).where(Deal.id == cast.deal.id))).one()


async def test_a_deal_that_is_lost_leaves_with_its_reason_and_comes_back_without(database, cast: Cast):
    async with transaction() as session:
        await stop_deal(session, cast.alice, cast.deal.id, **LOST, note="Eastbank matched 5.69%")
    deal = await _deal(cast)
    assert deal.outcome is Outcome.LOST and deal.archived_at and outcome_words(deal) == "Lost: went to the bank"
    async with reading() as session:
        texts = list(await session.scalars(select(Note.text).where(Note.deal_id == deal.id)))
        open_ways = select(PortalAccess.id).where(PortalAccess.deal_id == deal.id, PortalAccess.revoked_at.is_(None))
        told = list(await session.scalars(select(Activity).where(Activity.kind == "deal:lost")))
        assert len(told) == 1 and told[0].tell_at and "Eastbank" not in repr(told[0].facts)
        assert "Eastbank matched 5.69%" in texts and not list(await session.scalars(open_ways))
    with pytest.raises(Conflict, match="Restore"):
        async with transaction() as session:
            await stop_deal(session, cast.alice, cast.deal.id, **LOST)
    async with transaction() as session:
        await restore_deal(session, cast.alice, cast.deal.id)
    deal = await _deal(cast)
    assert (deal.outcome, deal.outcome_reason, deal.archived_at, outcome_words(deal)) == (None, "", None, "")


async def test_what_is_missing_is_said_and_nothing_is_kept(sqlite, cast: Cast):
    for typed, fields in (
        ({"outcome": "", "reason": ""}, {"outcome", "reason"}),
        ({"outcome": "won", "reason": "bank"}, {"outcome"}),
        ({"outcome": ["lost"], "reason": None}, {"outcome", "reason"}),
        ({**LOST, "note": "x" * 50_000}, {"text"}),
    ):
        with pytest.raises(Invalid) as refusal:
            async with transaction() as session:
                await stop_deal(session, cast.alice, cast.deal.id, **typed)
        assert set(refusal.value.errors) == fields
    for who, refused in (("bob", NotPermitted), ("kim", NotPermitted), ("mallory", NotFound)):
        with pytest.raises(refused):
            async with transaction() as session:
                await stop_deal(session, getattr(cast, who), cast.deal.id, **LOST)
    assert (await _deal(cast)).archived_at is None


async def test_a_deal_settles_on_the_day_that_is_typed(database, cast: Cast):
    async def settle(on: str) -> date:
        async with transaction() as session:
            await settle_deal(session, cast.alice, cast.deal.id, on=on)
        day = (await _deal(cast)).settled_on
        async with transaction() as session:
            await unlock_deal(session, cast.alice, cast.deal.id)
        return day

    assert await settle("17 Mar 2024") == date(2024, 3, 17)
    # Nothing typed keeps the first day; another day corrects it.
    assert await settle("") == date(2024, 3, 17) and await settle("18/3/2024") == date(2024, 3, 18)
    for wrong in ("1/1/2099", "31/2/2024", "soon"):
        with pytest.raises(Invalid) as refusal:
            await settle(wrong)
        assert refusal.value.errors["on"]


async def test_a_copy_has_the_people_and_nothing_that_happened(database, cast: Cast):
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
        made = await copy_deal(session, cast.bob, cast.deal.id)
    async with reading() as session:
        deal = await session.get(Deal, made.id)
        here = {contact.id for _, contact in await applicants_of(session, deal.id)}
        there = {contact.id for _, contact in await applicants_of(session, cast.deal.id)}
        notes = list(await session.scalars(select(Note).where(Note.deal_id == deal.id)))
    assert here == there and deal.name == "Nguyen purchase (copy)" and deal.reference != cast.deal.reference
    assert (deal.locked_at, deal.settled_on, deal.owner_id, notes) == (None, None, cast.bob_user.id, [])
    with pytest.raises(NotFound):
        async with transaction() as session:
            await copy_deal(session, cast.mallory, cast.deal.id)
