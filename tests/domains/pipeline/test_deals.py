"""What a broker does with deals, on both databases, each beside its refusals."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.sending import open_deal
from salestrekker_portal.domains.pipeline import settling as service
from salestrekker_portal.domains.pipeline.settling import DealFacts, Part
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import ApplicantRole, Deal, Move
from salestrekker_portal.tables.documents import Document, Slot
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.cast import Cast

SIOBHAN = {"first_name": "Siobhán", "last_name": "O’Brien", "mobile": "0491 570 158", "email": "S@Example.com"}


async def stored(deal_id) -> Deal:
    async with reading() as session:
        return (await session.scalars(select(Deal).where(Deal.id == deal_id))).one()


async def kinds_of(deal_id) -> list[str]:
    async with reading() as session:
        return list(await session.scalars(select(Activity.kind).where(Activity.deal_id == deal_id)))


def form(cast: Cast, **facts) -> DealFacts:
    return replace(DealFacts(name="Nguyen purchase", value_cents=640_000_00, owner_id=cast.alice_user.id), **facts)


# --- adding -------------------------------------------------------------------------------------


async def test_add_deal_with_new_and_known_people(database, cast: Cast, frozen_clock) -> None:
    async with transaction() as session:
        await make.make_compliance_document(session, cast.firm, Slot.CREDIT_GUIDE)
        deal = await service.add_deal(
            session,
            cast.alice,
            name="O’Brien – Merewether",
            value_cents=740_000_00,
            people=[
                Part(typed=SIOBHAN),
                Part(contact_id=cast.kim_contact.id, role=ApplicantRole.SECURITY_GUARANTOR),
            ],
        )
    kept = await stored(deal.id)
    assert kept.reference == "HF-2026-0001"
    assert kept.stage_id == cast.stages[0].id
    assert kept.clients_line == "Siobhán O’Brien, Kim Nguyen"
    async with reading() as session:
        first, second = await applicants_of(session, deal.id)
        [document] = await session.scalars(select(Document).where(Document.deal_id == deal.id))
    assert (first[1].email, first[1].mobile) == ("s@example.com", "+61491570158")
    assert second[0].role is ApplicantRole.SECURITY_GUARANTOR
    assert document.slot is Slot.CREDIT_GUIDE and document.shared_with_client_at
    assert await kinds_of(deal.id) == ["deal:added"]


async def test_references_count_up_per_firm(database, cast: Cast, frozen_clock) -> None:
    async with transaction() as session:
        made = [
            await service.add_deal(
                session, actor, name="One", value_cents=0, people=[Part(typed=SIOBHAN | {"mobile": ""})]
            )
            for actor in (cast.alice, cast.alice, cast.mallory)
        ]
    assert [deal.reference for deal in made] == ["HF-2026-0001", "HF-2026-0002", "TL-2026-0001"]
    assert made[1].rank < made[0].rank  # the newest lies on top


async def test_add_deal_says_everything_that_is_wrong(database, cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await service.add_deal(
                session,
                cast.alice,
                name=" ",
                value_cents=None,
                people=[Part(typed={"first_name": "x" * 10_000, "mobile": "12", "email": "a@"}), Part(typed=SIOBHAN)],
            )
    assert set(refusal.value.errors) == {"name", "value", "0.first_name", "0.mobile", "0.email"}
    async with reading() as session:
        assert len(list(await session.scalars(select(Deal)))) == 2


@pytest.mark.parametrize("twice", [True, False])
async def test_add_deal_refuses_twice_and_nobody(database, cast: Cast, twice: bool) -> None:
    people = [Part(contact_id=cast.kim_contact.id)] * 2 if twice else []
    with pytest.raises(Invalid):
        async with transaction() as session:
            await service.add_deal(session, cast.alice, name="Deal", value_cents=1, people=people)


async def test_another_firms_people_and_workflow_do_not_exist(database, cast: Cast) -> None:
    with pytest.raises(NotFound):
        async with transaction() as session:
            await service.add_deal(
                session, cast.mallory, name="Deal", value_cents=1, people=[Part(contact_id=cast.kim_contact.id)]
            )
    with pytest.raises(NotFound):
        async with transaction() as session:
            await service.add_deal(
                session, cast.mallory, name="Deal", value_cents=1, people=[Part(typed=SIOBHAN | {"mobile": ""})],
                workflow_id=cast.workflow.id,
            )  # fmt: skip


async def test_clients_and_partners_add_no_deals(database, cast: Cast) -> None:
    for actor in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await service.add_deal(session, actor, name="Deal", value_cents=1, people=[Part(typed=SIOBHAN)])


async def test_add_applicant(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.add_applicant(session, cast.bob, cast.deal.id, Part(typed=SIOBHAN))
    assert (await stored(cast.deal.id)).clients_line == "Kim Nguyen, Sam Nguyen, Siobhán O’Brien"
    with pytest.raises(Invalid):
        async with transaction() as session:
            await service.add_applicant(session, cast.bob, cast.deal.id, Part(contact_id=cast.kim_contact.id))


# --- moving -------------------------------------------------------------------------------------


async def test_move_between_two_deals(database, cast: Cast) -> None:
    target = cast.stages[3]
    async with transaction() as session:
        first = await make.make_deal(session, cast.firm, target, cast.alice_user, rank="a1")
        third = await make.make_deal(session, cast.firm, target, cast.alice_user, rank="a2")
        await service.move_deal(session, cast.bob, cast.deal.id, target.id, first.id)
    moved = await stored(cast.deal.id)
    assert first.rank < moved.rank < third.rank
    assert moved.stage_id == target.id
    assert "deal:moved" in await kinds_of(cast.deal.id)


async def test_move_on_top_and_after_somebody_gone(database, cast: Cast) -> None:
    target = cast.stages[0]
    async with transaction() as session:
        first = await make.make_deal(session, cast.firm, target, cast.alice_user, rank="a1")
        await service.move_deal(session, cast.alice, cast.deal.id, target.id)
        other = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user)
        await service.move_deal(session, cast.alice, other.id, target.id, cast.other_deal.id)
    moved, later = await stored(cast.deal.id), await stored(other.id)
    assert later.rank < moved.rank < first.rank


async def test_move_within_a_stage_keeps_its_days_and_tells_nobody_outside(database, cast: Cast) -> None:
    async with transaction() as session:
        below = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, rank="a5")
        await service.move_deal(session, cast.alice, cast.deal.id, cast.stages[1].id, below.id)
        assert not any(topic.startswith(("partner:", "access:")) for topic in session.info["topics"])
    moved = await stored(cast.deal.id)
    assert moved.rank > below.rank
    assert moved.stage_entered_at == cast.deal.stage_entered_at
    assert await kinds_of(cast.deal.id) == []


async def test_move_wakes_board_deal_partners_and_clients(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.move_deal(session, cast.alice, cast.deal.id, cast.stages[3].id)
        topics = session.info["topics"]
    assert topics == {
        f"board:{cast.firm.id}",
        f"board:{cast.firm.id}:placed:{cast.deal.id}",
        f"board:{cast.firm.id}:redrawn:{cast.deal.id}",
        f"deal:{cast.deal.id}",
        f"partner:{cast.priya_partner.id}",
        f"access:{cast.kim_access.id}",
        f"access:{cast.sam_access.id}",
    }


async def test_move_refusals(database, cast: Cast) -> None:
    tries = [
        (cast.mallory, cast.deal.id, cast.other_stages[0].id, NotFound),
        (cast.alice, cast.deal.id, cast.other_stages[0].id, NotFound),
        (cast.alice, uuid4(), cast.stages[0].id, NotFound),
        (cast.alice, cast.deal.id, uuid4(), NotFound),
        (cast.kim, cast.deal.id, cast.stages[0].id, NotPermitted),
        (cast.priya, cast.deal.id, cast.stages[0].id, NotPermitted),
    ]
    for actor, deal_id, stage_id, refusal in tries:
        with pytest.raises(refusal):
            async with transaction() as session:
                await service.move_deal(session, actor, deal_id, stage_id)
    assert (await stored(cast.deal.id)).stage_id == cast.stages[1].id


# --- settling -----------------------------------------------------------------------------------


async def test_settle_locks_and_ends_access(database, cast: Cast, frozen_clock) -> None:
    async with transaction() as session:
        await service.settle_deal(session, cast.alice, cast.deal.id)
    settled = await stored(cast.deal.id)
    assert settled.settled_on == date(2026, 3, 9)  # Sydney's day, not London's
    assert settled.locked_at and settled.portal_state == "revoked"
    async with reading() as session:
        accesses = list(await session.scalars(select(PortalAccess).where(PortalAccess.deal_id == cast.deal.id)))
        assert await actor_of(session, Portal.CLIENT, cast.cookies["kim"].split("=", 1)[1]) is None
    assert all(access.revoked_by == cast.alice_user.id for access in accesses)
    assert sorted(await kinds_of(cast.deal.id)) == ["deal:settled", "portal_access:revoked"]


async def test_unlock_and_settle_again_keep_the_first_day(database, cast: Cast, frozen_clock) -> None:
    from datetime import timedelta

    from salestrekker_portal.kernel import clock

    async with transaction() as session:
        await service.settle_deal(session, cast.alice, cast.deal.id)
    async with transaction() as session:
        await service.unlock_deal(session, cast.alice, cast.deal.id)
    assert (await stored(cast.deal.id)).settled_on == date(2026, 3, 9)
    clock.freeze(frozen_clock + timedelta(days=40))
    async with transaction() as session:
        await service.settle_deal(session, cast.alice, cast.deal.id)
    again = await stored(cast.deal.id)
    assert again.settled_on == date(2026, 3, 9) and again.locked_at is not None


@pytest.mark.parametrize(("close", "way_out"), [(service.settle_deal, "Unlock"), (service.archive_deal, "Restore")])
async def test_a_closed_deal_refuses_every_change_and_names_its_way_out(database, cast, close, way_out) -> None:
    async with transaction() as session:
        await close(session, cast.alice, cast.deal.id)
    tries = [
        lambda s: service.move_deal(s, cast.alice, cast.deal.id, cast.stages[0].id),
        lambda s: service.change_deal(s, cast.alice, cast.deal.id, form(cast, name="New name")),
        lambda s: service.add_applicant(s, cast.alice, cast.deal.id, Part(typed=SIOBHAN)),
        lambda s: open_deal(s, cast.alice, cast.deal.id),
    ]
    for attempt in tries:
        with pytest.raises(Conflict, match=f"{way_out} it first"):
            async with transaction() as session:
                await attempt(session)


async def test_settling_is_not_an_assistants(database, cast: Cast) -> None:
    for deed in (service.settle_deal, service.unlock_deal, service.archive_deal, service.restore_deal):
        for actor, refusal in ((cast.bob, NotPermitted), (cast.mallory, NotFound), (cast.kim, NotPermitted)):
            with pytest.raises(refusal):
                async with transaction() as session:
                    await deed(session, actor, cast.deal.id)
    with pytest.raises(Conflict):
        async with transaction() as session:
            await service.unlock_deal(session, cast.alice, cast.deal.id)
    assert await kinds_of(cast.deal.id) == []


async def test_archive_and_restore(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.archive_deal(session, cast.alice, cast.deal.id)
    assert (await stored(cast.deal.id)).archived_at
    async with transaction() as session:
        await service.restore_deal(session, cast.alice, cast.deal.id)
    restored = await stored(cast.deal.id)
    assert restored.archived_at is None and restored.portal_state == "revoked"


# --- changing -----------------------------------------------------------------------------------


async def test_change_deal(database, cast: Cast) -> None:
    async with transaction() as session:
        label = await make.make_label(session, cast.firm, "Refinance")
        await service.change_deal(
            session,
            cast.bob,
            cast.deal.id,
            form(cast, name="Nguyen refinance", owner_id=cast.bob_user.id, label_ids=[label.id],
                 expected_settlement_on=date(2026, 4, 17)),
        )  # fmt: skip
    kept = await stored(cast.deal.id)
    assert (kept.name, kept.owner_id, kept.labels_line) == ("Nguyen refinance", cast.bob_user.id, "Refinance")
    async with reading() as session:
        facts = await session.scalar(select(Activity.facts).where(Activity.deal_id == cast.deal.id))
    assert facts == {"fields": "name, owner_id, expected_settlement_on, labels_line"}


async def test_change_deal_refusals(database, cast: Cast) -> None:
    async with transaction() as session:
        foreign = await make.make_label(session, cast.other_firm, "Refinance")
    tries = [
        (cast.alice, form(cast, owner_id=cast.mallory_user.id), NotFound),
        (cast.alice, form(cast, label_ids=[foreign.id]), NotFound),
        (cast.alice, form(cast, name=""), Invalid),
        (cast.alice, form(cast, value_cents=-1), Invalid),
        (cast.mallory, form(cast), NotFound),
        (cast.sam, form(cast), NotPermitted),
    ]
    for actor, facts, refusal in tries:
        with pytest.raises(refusal):
            async with transaction() as session:
                await service.change_deal(session, actor, cast.deal.id, facts)
    assert (await stored(cast.deal.id)).name == "Nguyen purchase"


async def test_whose_move_follows_the_stage(database, cast: Cast) -> None:
    async with transaction() as session:
        cast.stages[3].with_lender = True
        session.add(cast.stages[3])
        await session.flush()
        moved = (await service.move_deal(session, cast.alice, cast.deal.id, cast.stages[3].id)).deal
    assert moved.move is Move.LENDER
