"""A partner's lead becomes a deal of the firm, and tells nothing of what the firm knows."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import Throttle
from salestrekker_portal.domains.contacts.rules import ContactFacts
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.insights.deal_overview import known_already
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners.referrals import LEADS_PER_WINDOW, add_lead, count_lead_try
from salestrekker_portal.domains.partners.rules import ReferredBefore, TypedContact, lead_name
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import DealPartner, PartnerMembership
from tests import factories as make
from tests.domains.notifications.world import tell
from tests.support.statements import counted

ERIN = TypedContact(first_name="Erin", last_name="Kearney", phone="0491 570 110", email="erin@example.com")


@pytest.fixture
async def leads(cast):
    """A "Leads" workflow that gets what partners send; alice looks after priya."""
    async with transaction() as session:
        workflow, stages = await make.make_workflow(session, cast.firm, "Leads")
        settings = await _settings(session, cast)
        settings.default_workflow_id = workflow.id
        await _assign(session, cast, cast.alice_user.id)
    return stages


async def _settings(session, cast):
    query = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
    return (await session.scalars(query)).one()


async def _assign(session, cast, user_id):
    member = (
        await session.scalars(select(PartnerMembership).where(PartnerMembership.partner_id == cast.priya_partner.id))
    ).one()
    member.assigned_user_id = user_id


async def _refer(actor, *contacts, summary="Buying in Thornbury.", **more):
    async with transaction() as session:
        return await add_lead(session, actor, contacts=list(contacts or [ERIN]), summary=summary, **more)


async def _count(model) -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(model))


async def test_a_lead_lands_in_the_partner_workflow_with_its_broker(database, cast, leads):
    deal = await _refer(cast.priya)
    assert deal.name == "Kearney, referred by Priya Rao"
    assert (deal.stage_id, deal.owner_id, deal.partner_id) == (leads[0].id, cast.alice_user.id, cast.priya_partner.id)
    assert deal.summary == "Buying in Thornbury." and deal.reference
    await tell()
    async with reading() as session:
        [(_, contact)] = await applicants_of(session, deal.id)
        assert (contact.name, contact.mobile, contact.email) == ("Erin Kearney", "+61491570110", "erin@example.com")
        assert await session.get(DealPartner, (deal.id, cast.priya_partner.id)) is not None
        [note] = await session.scalars(select(Note).where(Note.deal_id == deal.id))
        assert note.text == "Buying in Thornbury." and note.shared_with_partner_at and not note.shared_with_client_at
        [message] = [opened(each) for each in await session.scalars(select(OutboxMessage))]
        assert message.recipient == "alice@example.com" and message.content.link.endswith(f"/deals/{deal.id}")


async def test_several_clients_and_labels(sqlite, cast, leads):
    async with transaction() as session:
        label = await make.make_label(session, cast.firm, "First home")
    partner = TypedContact(first_name="Luca", last_name="Rossi", email="luca@example.com")
    deal = await _refer(cast.priya, ERIN, partner, label_ids=[label.id, label.id], broker_id=cast.alice_user.id)
    assert deal.name == "Kearney and Rossi, referred by Priya Rao"
    assert deal.labels_line == "First home" and deal.clients_line == "Erin Kearney, Luca Rossi"


@pytest.mark.parametrize("contact", [{"phone": "0491 570 110"}, {"email": "erin@example.com"}])
async def test_one_of_phone_and_email_is_enough(sqlite, cast, leads, contact):
    await _refer(cast.priya, TypedContact(first_name="Erin", last_name="Kearney", **contact))


async def test_what_is_wrong_is_named_by_person_and_field(sqlite, cast, leads):
    with pytest.raises(Invalid) as refusal:
        await _refer(
            cast.priya,
            TypedContact(first_name="Erin", last_name="", phone="12", email="nope"),
            TypedContact(first_name={"a": 1}, last_name="x" * 10_000),
            summary="",
        )
    assert set(refusal.value.errors) == {
        "phone_1", "email_1", "first_name_2", "last_name_2", "phone_2", "summary"
    }  # fmt: skip
    assert await _count(Deal) == 2 and await _count(OutboxMessage) == 0


@pytest.mark.parametrize("summary", ["x" * 10_000, None, 7, ["a"], "   "])
async def test_a_summary_must_be_words(sqlite, cast, leads, summary):
    with pytest.raises(Invalid) as refusal:
        await _refer(cast.priya, summary=summary)
    assert set(refusal.value.errors) == {"summary"}


async def test_script_is_kept_as_the_text_that_it_is(sqlite, cast, leads):
    evil = "<script>alert(1)</script>"
    deal = await _refer(cast.priya, TypedContact(first_name=evil, last_name=evil, email="e@example.com"), summary=evil)
    assert deal.summary == evil and evil in deal.name


@pytest.mark.parametrize("count", [0, 7])
async def test_a_lead_has_one_to_six_people(sqlite, cast, leads, count):
    with pytest.raises(Invalid):
        async with transaction() as session:
            await add_lead(session, cast.priya, contacts=[ERIN] * count, summary="x")


async def test_only_brokers_of_the_firm_can_be_chosen(sqlite, cast, leads):
    for user in (cast.bob_user.id, cast.mallory_user.id, cast.priya_partner.id, uuid4()):
        with pytest.raises(Invalid) as refusal:
            await _refer(cast.priya, broker_id=user)
        assert set(refusal.value.errors) == {"broker"}


async def test_a_partner_without_a_broker_must_choose_one(sqlite, cast, leads):
    async with transaction() as session:
        await _assign(session, cast, None)
    with pytest.raises(Invalid):
        await _refer(cast.priya)
    assert (await _refer(cast.priya, broker_id=cast.alice_user.id)).owner_id == cast.alice_user.id


async def test_labels_of_another_firm_are_not_there(sqlite, cast, leads):
    async with transaction() as session:
        label = await make.make_label(session, cast.other_firm, "Theirs")
    for key in (label.id, uuid4()):
        with pytest.raises(NotFound):
            await _refer(cast.priya, label_ids=[key])


async def test_adding_switched_off_refuses(sqlite, cast, leads):
    async with transaction() as session:
        (await _settings(session, cast)).can_add_deals = False
    with pytest.raises(NotPermitted):
        await _refer(cast.priya)
    assert await _count(Deal) == 2


@pytest.mark.parametrize("who", ["alice", "bob", "kim", "mallory"])
async def test_only_partners_refer(sqlite, cast, leads, who):
    with pytest.raises(NotPermitted):
        await _refer(getattr(cast, who))


@pytest.mark.parametrize("known", [{"email": "Kim@Example.com"}, {"phone": "+61 491 570 156"}])
async def test_a_partner_is_reminded_of_their_own_deals_only(sqlite, cast, leads, known):
    with pytest.raises(ReferredBefore) as warning:
        await _refer(cast.priya, TypedContact(first_name="Kim", last_name="N", **known))
    assert warning.value.own_deals == {str(cast.deal.id): "Nguyen purchase"}
    assert warning.value.message == "You follow a deal of Kim N already. Save again if this is a new loan."


@pytest.mark.parametrize("reach", [{"email": "q@example.com"}, {"phone": "0491 570 158"}])
async def test_whom_the_firm_knows_makes_no_difference_to_a_partner(database, cast, reach):
    """S4-08: the same words and the same statements; the broker reads whom it may be."""
    async with transaction() as session:
        await _assign(session, cast, cast.alice_user.id)
    person = TypedContact(first_name="Lee", last_name="Wu", **reach)
    with counted() as before:
        unknown = await _refer(cast.priya, person)
    async with transaction() as session:
        await session.execute(delete(DealPartner).where(DealPartner.deal_id == unknown.id))
        for contact in await session.scalars(select(Contact).where(Contact.last_name == "Wu")):
            contact.archived_at = utc_now()
        stranger = await make.make_contact(
            session, cast.firm, "Quinn", "Marsh", email="q@example.com", mobile="+61491570158"
        )
        secret = await make.make_deal(
            session, cast.firm, cast.stages[0], cast.alice_user, stranger, name="Secret purchase"
        )
    with counted() as after:
        deal = await _refer(cast.priya, person)
    assert [sql for sql, _ in after] == [sql for sql, _ in before]
    assert deal.name == unknown.name
    async with reading() as session:
        [(_, made)] = await applicants_of(session, deal.id)
        known = await known_already(session, await session.get(Deal, deal.id), [made])
    assert known[made.id].name == "Quinn Marsh" and known[made.id].deal_id == secret.id
    assert known[made.id].same == ("e-mail" if "email" in reach else "mobile")


async def test_going_on_makes_a_new_contact_and_shows_nothing_of_the_old(sqlite, cast, leads):
    contact = TypedContact(first_name="Kim", last_name="N", email="kim@example.com")
    deal = await _refer(cast.priya, contact, known_is_fine=True)
    async with reading() as session:
        [(_, made)] = await applicants_of(session, deal.id)
        assert made.id != cast.kim_contact.id and made.mobile is None


async def test_contacts_of_other_firms_are_no_reason_to_warn(sqlite, cast, leads):
    async with transaction() as session:
        await make.make_contact(session, cast.other_firm, "E", "K", email="erin@example.com")
    await _refer(cast.priya)
    assert await _count(Contact) == 4


async def test_many_tries_in_a_row_are_throttled(sqlite, cast):
    for _ in range(LEADS_PER_WINDOW):
        async with transaction() as session:
            await count_lead_try(session, cast.priya)
    with pytest.raises(Conflict):
        async with transaction() as session:
            await count_lead_try(session, cast.priya)
    assert await _count(Throttle) == 1


def test_the_name_says_each_last_name_once_and_stays_short():
    def person(last):
        return ContactFacts(first_name="A", last_name=last)

    assert lead_name([person("Wikaira"), person("Wikaira")], "Dev Patel") == "Wikaira, referred by Dev Patel"
    assert len(lead_name([person("x" * 80)] * 3 + [person("y" * 80), person("z" * 80)], "Dev" * 20)) <= 200
