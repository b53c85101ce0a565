"""Two contacts that are one person become one and are two again; nobody's way in or answers ever change hands."""

import asyncio

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity.queries import activity_of_deal
from salestrekker_portal.domains.clients.merging import merge_contacts, preview_merge
from salestrekker_portal.domains.clients.parting import UNDO_FOR, merges_of, take_apart
from salestrekker_portal.domains.contacts.queries import contacts_page
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.security_log import SecurityEvent
from tests import factories as make


@pytest.fixture
async def twin(database, cast):
    """Kim typed once more by somebody else, with a deal, a note and another number."""
    async with transaction() as session:
        twin = await make.make_contact(
            session, cast.firm, "Kimberley", "Nguyen", email="kim@example.com", mobile="+61491570110",
            time_zone="Australia/Perth",
        )  # fmt: skip
        deal = await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, twin, name="Refinance")
        session.add(Note(deal_id=deal.id, author_kind="system", text="For one", contact_id=twin.id))
    return twin, deal


async def merged(actor, kept, gone, *take):
    async with transaction() as session:
        return await merge_contacts(session, actor, kept.id, gone.id, take)


async def parted(actor, merge):
    async with transaction() as session:
        await take_apart(session, actor, merge.id)


async def in_deal(deal) -> list:
    async with reading() as session:
        return list(await session.scalars(select(DealApplicant.contact_id).where(DealApplicant.deal_id == deal.id)))


async def row(model, key):
    async with reading() as session:
        return await session.get(model, key)


async def test_deals_and_notes_move_and_come_back(database, cast, twin):
    gone, deal = twin
    async with reading() as session:
        preview = await preview_merge(session, cast.bob, cast.kim_contact.id, gone.id)
    assert preview.refusal == "" and preview.deals == ["Refinance"]
    assert preview.differ == {
        "first_name": ("Kim", "Kimberley"), "mobile": ("+61491570156", "+61491570110"),
    }  # fmt: skip
    merge = await merged(cast.bob, cast.kim_contact, gone, "first_name")
    kept = await row(Contact, cast.kim_contact.id)
    assert (kept.name, kept.mobile, kept.time_zone) == ("Kimberley Nguyen", "+61491570156", "Australia/Perth")
    assert await in_deal(deal) == [kept.id] and (await row(Deal, deal.id)).clients_line == "Kimberley Nguyen"
    async with reading() as session:
        assert list(await session.scalars(select(Note.contact_id).where(Note.deal_id == deal.id))) == [kept.id]
        assert [each.id for each in await contacts_page(session, cast.alice, "kim")] == [kept.id]
        assert [each.kind for each in await activity_of_deal(session, deal.id)] == ["contact:merged"]
        assert [each[0].id for each in await merges_of(session, cast.alice, gone.id)] == [merge.id]
    await parted(cast.bob, merge)
    kept = await row(Contact, cast.kim_contact.id)
    assert (kept.name, kept.time_zone) == ("Kim Nguyen", None)
    assert await in_deal(deal) == [gone.id] and (await row(Contact, gone.id)).archived_at is None
    async with reading() as session:
        assert list(await session.scalars(select(Note.contact_id).where(Note.deal_id == deal.id))) == [gone.id]
        kinds = list(await session.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.created_at)))
    assert kinds[-2:] == ["settings:contacts_merged", "settings:contacts_taken_apart"]
    with pytest.raises(Conflict):
        await parted(cast.bob, merge)


async def test_whoever_was_in_the_portal_is_the_one_that_stays(database, cast, twin):
    gone, _ = twin
    with pytest.raises(Conflict, match="Open Kim Nguyen and merge Kimberley Nguyen into them"):
        await merged(cast.alice, gone, cast.kim_contact)
    with pytest.raises(Conflict, match="that is this contact"):
        await merged(cast.alice, gone, gone)
    with pytest.raises(Conflict, match="invited to the client portal"):
        await merged(cast.alice, gone, cast.sam_contact)
    with pytest.raises(Conflict, match="Both are in"):
        await merged(cast.alice, cast.kim_contact, cast.sam_contact)


async def test_another_number_of_somebody_in_the_portal_stops_their_pin_and_needs_the_right(database, cast, twin):
    gone, _ = twin
    with pytest.raises(NotPermitted, match="stop their link and PIN"):
        await merged(cast.bob, cast.kim_contact, gone, "mobile")
    await merged(cast.alice, cast.kim_contact, gone, "mobile")
    assert (await row(PortalAccess, cast.kim_access.id)).pin_hash == ""
    async with reading() as session:
        told = select(OutboxMessage.kind).where(OutboxMessage.recipient == "kim@example.com")
        assert "portal.stopped" in list(await session.scalars(told))


async def test_never_across_firms(database, cast, twin):
    gone, _ = twin
    async with transaction() as session:
        theirs = await make.make_contact(session, cast.other_firm, "Kim", "Nguyen", email="kim@example.com")
    for actor, kept, other in (
        (cast.alice, cast.kim_contact, theirs), (cast.alice, theirs, gone), (cast.mallory, theirs, gone),
        (cast.mallory, cast.kim_contact, gone),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await merged(actor, kept, other)
    merge = await merged(cast.alice, cast.kim_contact, gone)
    with pytest.raises(NotFound):
        await parted(cast.mallory, merge)
    for actor in (cast.kim, cast.priya):
        with pytest.raises((NotPermitted, NotFound)):
            await parted(actor, merge)
    assert (await row(Contact, gone.id)).archived_at is not None


async def test_what_was_built_on_a_merge_holds_it_together(database, cast, twin):
    gone, deal = twin
    merge = await merged(cast.alice, cast.kim_contact, gone)
    async with transaction() as session:
        await make.make_access(
            session, await session.get(Deal, deal.id), await session.get(Contact, cast.kim_contact.id), cast.alice_user
        )
    with pytest.raises(Conflict, match="has been invited to “Refinance”"):
        await parted(cast.alice, merge)
    assert await in_deal(deal) == [cast.kim_contact.id]


async def test_what_came_to_a_moved_deal_since_goes_back_with_it(database, cast, twin):
    gone, deal = twin
    merge = await merged(cast.alice, cast.kim_contact, gone)
    async with transaction() as session:
        for there in (deal, cast.deal):
            session.add(
                Note(deal_id=there.id, author_kind="system", text="Since", contact_id=cast.kim_contact.id)
            )
    await parted(cast.alice, merge)
    async with reading() as session:
        found = select(Note.contact_id).where(Note.text == "Since")
        assert list(await session.scalars(found.where(Note.deal_id == deal.id))) == [gone.id]
        assert list(await session.scalars(found.where(Note.deal_id == cast.deal.id))) == [cast.kim_contact.id]


async def test_of_two_merges_the_later_is_taken_apart_first(database, cast, twin):
    gone, deal = twin
    async with transaction() as session:
        third = await make.make_contact(session, cast.firm, "Kim", "N", email="kim@example.com")
    first = await merged(cast.alice, third, gone)
    second = await merged(cast.alice, cast.kim_contact, third)
    with pytest.raises(Conflict, match="Kim N is merged into somebody else"):
        await parted(cast.alice, first)
    await parted(cast.alice, second)
    assert await in_deal(deal) == [third.id]
    await parted(cast.alice, first)
    assert await in_deal(deal) == [gone.id]


async def test_a_stop_goes_back_with_the_number_that_it_came_from(database, cast, twin, frozen_clock):
    gone, _ = twin
    async with transaction() as session:
        (await session.get(Contact, gone.id)).sms_opted_out_at = frozen_clock
    merge = await merged(cast.alice, cast.kim_contact, gone, "mobile")
    assert (await row(Contact, cast.kim_contact.id)).sms_opted_out_at == frozen_clock
    await parted(cast.alice, merge)
    assert (await row(Contact, cast.kim_contact.id)).sms_opted_out_at is None


async def test_a_month_later_they_stay_one_and_what_was_changed_since_stays(database, cast, twin, frozen_clock):
    gone, _ = twin
    merge = await merged(cast.alice, cast.kim_contact, gone, "first_name")
    async with transaction() as session:
        (await session.get(Contact, cast.kim_contact.id)).first_name = "Kimmy"
    await parted(cast.alice, merge)
    assert (await row(Contact, cast.kim_contact.id)).first_name == "Kimmy"
    merge = await merged(cast.alice, cast.kim_contact, gone)
    clock.freeze(frozen_clock + UNDO_FOR)
    with pytest.raises(Conflict, match="30 days"):
        await parted(cast.alice, merge)


async def test_two_who_merge_at_once_each_into_the_other_merge_once(database, cast, twin):
    gone, deal = twin
    other = await _bare(cast)
    done = await asyncio.gather(merged(cast.alice, gone, other), merged(cast.bob, other, gone), return_exceptions=True)
    refused = [each for each in done if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [Conflict] and "merged into somebody already" in str(refused[0])
    [merge] = [each for each in done if not isinstance(each, Exception)]
    assert await in_deal(deal) == [merge.kept_id]


async def _bare(cast) -> Contact:
    async with transaction() as session:
        return await make.make_contact(session, cast.firm, "Kim", "Nguyen", email="k@example.com")
