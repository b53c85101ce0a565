"""What the page of a contact reads: over every deal, for whoever may see it, and one person who looks like two."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients.merging import merge_contacts
from salestrekker_portal.domains.clients.parting import take_apart
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.insights.contact_overview import (
    deals_of_contact,
    documents_of_contact,
    people_around,
    where_merged,
)
from salestrekker_portal.domains.insights.contact_timeline import TimelineCursor, TimelineFilter, timeline_of
from salestrekker_portal.domains.insights.contact_told import (
    ToldOfThemselves,
    told_of_themselves,
    what_was_told,
    zone_of,
)
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, DealApplicant
from salestrekker_portal.tables.documents import Document, StoredFile, UploaderKind
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from tests import factories as make
from tests.cast import Cast


@pytest.fixture
async def older(database, cast: Cast):
    """A deal of Kim's that was lost, in which Sam guaranteed."""
    async with transaction() as session:
        deal = await make.make_deal(session, cast.firm, cast.stages[2], cast.alice_user, cast.kim_contact, name="Older")
        session.add(
            DealApplicant(
                deal_id=deal.id, contact_id=cast.sam_contact.id, role=ApplicantRole.SERVICING_GUARANTOR, position=1
            )
        )
        await stop_deal(session, cast.alice, deal.id, outcome="lost", reason="bank")
    return deal


async def test_every_deal_says_part_state_portal_and_owner(database, cast: Cast, older) -> None:
    async with reading() as session:
        found = {each.deal.name: each for each in await deals_of_contact(session, cast.bob, cast.kim_contact.id)}
        theirs = await deals_of_contact(session, cast.mallory, cast.kim_contact.id)
    assert theirs == []
    assert found["Older"].state == "Lost: went to the bank" and not found["Older"].is_open
    now = found["Nguyen purchase"]
    assert (now.state, now.primary, now.role, now.is_open) == (cast.stages[1].name, True, ApplicantRole.CLIENT, True)
    assert now.access is not None and now.portal in ("invited", "active") and now.owner == cast.alice_user.name


async def test_who_is_around_them_and_who_looks_like_them(database, cast: Cast, older) -> None:
    kim = cast.kim_contact
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kim", "Nguyen", email=kim.email, mobile="+61491570110")
        # One mark alone is somebody else: an office's number. Of another firm, nobody at all.
        await make.make_contact(session, cast.firm, "Lena", "Office", email="lena@example.com", mobile=kim.mobile)
        await make.make_contact(session, cast.other_firm, "Kim", "Nguyen", email=kim.email, mobile=kim.mobile)
    async with reading() as session:
        people, alike = await people_around(session, cast.alice, kim)
        assert [each.contact.id for each in people] == [cast.sam_contact.id]
        assert people[0].roles == {
            cast.deal.id: ApplicantRole.CLIENT, older.id: ApplicantRole.SERVICING_GUARANTOR,
        }  # fmt: skip
        assert [each.id for each in alike] == [twin.id]
        people, alike = await people_around(session, cast.mallory, kim)
        assert people == [] and {each.organisation_id for each in alike} == {cast.other_firm.id}


async def test_documents_are_theirs_over_all_deals_and_nobody_elses(database, cast: Cast, older) -> None:
    kim, sam = cast.kim_contact.id, cast.sam_contact.id
    async with transaction() as session:
        for number, (deal_id, by, removed) in enumerate(
            [(cast.deal.id, kim, False), (older.id, kim, False), (older.id, sam, False), (older.id, kim, True)]
        ):
            file = StoredFile(
                organisation_id=cast.firm.id, storage_key=f"key{number}", size_bytes=12, sha256="0" * 64,
                mime="application/pdf",
            )  # fmt: skip
            session.add(file)
            await session.flush()
            session.add(
                Document(
                    deal_id=deal_id, file_id=file.id, name=f"Paper {number}", uploader_kind=UploaderKind.CLIENT,
                    uploader_id=by, removed_at=utc_now() if removed else None,
                )
            )  # fmt: skip
    async with reading() as session:
        papers, total = await documents_of_contact(session, cast.alice, kim)
        assert ([each.document.name for each in papers], total) == (["Paper 1", "Paper 0"], 2)
        assert [each.deal for each in papers] == ["Older", "Nguyen purchase"]
        few, total = await documents_of_contact(session, cast.alice, kim, most=1)
        assert (len(few), total) == (1, 2)
        assert await documents_of_contact(session, cast.mallory, kim) == ([], 0)


async def test_a_timeline_runs_over_all_deals_and_is_read_on_by_its_last_line(database, cast: Cast, older) -> None:
    kim = cast.kim_contact.id
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "For the team alone")
        await add_note(session, cast.alice, cast.deal.id, "Hello Kim", with_client=True)
        same = utc_now() + timedelta(minutes=1)
        for _ in range(40):  # many at one instant: the id decides
            session.add(
                Activity(
                    organisation_id=cast.firm.id, deal_id=older.id, kind="deal:changed", actor_kind="broker",
                    actor_name="Alice", facts={"fields": "name"}, created_at=same,
                )
            )  # fmt: skip
        for access, name in ((cast.kim_access, "Kim"), (cast.sam_access, "Sam")):
            session.add(
                OutboxMessage(
                    organisation_id=cast.firm.id, deal_id=cast.deal.id, access_id=access.id, kind="portal.pin",
                    channel=Channel.SMS, recipient="+61491570156", recipient_name=name, dedupe_key=f"pin:{name}",
                    status=Delivery.DELIVERED, due_at=utc_now(),
                )
            )  # fmt: skip
    async with reading() as session:
        first = await timeline_of(session, cast.alice, kim)
        last = first[:-1][-1]
        rest = await timeline_of(session, cast.alice, kim, before=TimelineCursor(last.at, last.id), most=200)
        seen = [each.id for each in (*first[:-1], *rest)]
        assert len(seen) == len(set(seen)) and len(first) == 31
        whole = await timeline_of(session, cast.alice, kim, most=500)
        assert [each.id for each in whole] == seen
        assert sorted(whole, key=lambda each: (each.at, each.id), reverse=True) == whole
        kinds = {which: await timeline_of(session, cast.alice, kim, which, most=500) for which in TimelineFilter}
        assert [(each.source, each.text, each.how) for each in kinds[TimelineFilter.MESSAGES]] == [
            ("sent", "", "delivered"), ("message", "Hello Kim", ""),
        ]  # fmt: skip
        assert [each.text for each in kinds[TimelineFilter.NOTES]] == ["For the team alone"]
        changes = kinds[TimelineFilter.CHANGES]
        assert {each.source for each in changes} == {"deed"} and {each.deal for each in changes} == {"Older"}
        assert len(changes) + 3 == len(whole)
        for stranger in (cast.mallory, cast.kim, cast.priya):
            assert await timeline_of(session, stranger, kim) == []


def said(deal, key: str, raw: str, section: str = "applicant.addresses", item=NOBODY, days: int = 0) -> Answer:
    return Answer(
        deal_id=deal, subject_id=uuid4(), section_id=section, item_id=item, field_key=key, raw=raw, author_id=uuid4(),
        answered_at=datetime(2026, 3, 20, tzinfo=UTC) - timedelta(days=days),
    )  # fmt: skip


def test_what_was_told_takes_an_address_of_one_deal_and_the_job_of_today() -> None:
    new, old, job, gone, second = (uuid4() for _ in range(5))
    work = "applicant.employment"
    told = what_was_told([
        said(new, "current_street_number", "31"), said(new, "current_unit", "9"), said(new, "current_state", "nsw"),
        said(new, "current_street_name", "Beaumont"), said(new, "current_street_type", "street"),
        said(new, "current_suburb", "Hamilton"), said(new, "current_postcode", "2303"),
        said(new, "employer_name", "Second Shop", work, second), said(new, "priority", "secondary", work, second),
        said(new, "employer_name", "Hunter Ridge Nursing", work, job), said(new, "priority", "primary", work, job),
        said(new, "employer_name", "Before", work, gone), said(new, "current", "previous", work, gone),
        said(old, "date_of_birth", "1991-08-14", "applicant.personal_details", days=30),
        said(old, "current_level", "12", days=30), said(old, "current_suburb", "Elsewhere", days=30),
        said(old, "employer_name", "Years ago", work, uuid4(), days=30),
    ])  # fmt: skip
    assert told == ToldOfThemselves(
        born=date(1991, 8, 14), lives_at="9/31 Beaumont Street, Hamilton NSW 2303",
        works_at="Hunter Ridge Nursing, Second Shop", state="nsw",
    )  # fmt: skip
    assert what_was_told([]) == ToldOfThemselves()


async def test_what_was_told_is_read_of_their_own_answers_only(database, cast: Cast, older) -> None:
    kim = cast.kim_contact
    async with transaction() as session:
        item = Item(deal_id=older.id, section_id="applicant.employment", subject_id=kim.id, removed_at=utc_now())
        session.add(item)
        for subject, section, key, raw, of in (
            (kim.id, "applicant.addresses", "current_state", "wa", NOBODY),
            (kim.id, "applicant.employment", "employer_name", "Taken out", item.id),
            (cast.sam_contact.id, "applicant.personal_details", "date_of_birth", "1980-01-01", NOBODY),
        ):
            session.add(
                Answer(deal_id=older.id, subject_id=subject, section_id=section, item_id=of, field_key=key, raw=raw,
                       author_id=kim.id, answered_at=utc_now())
            )  # fmt: skip
    async with reading() as session:
        told = await told_of_themselves(session, cast.alice, kim.id)
        assert told == ToldOfThemselves(lives_at="WA", state="wa")
        for stranger in (cast.mallory, cast.kim, cast.priya):
            assert await told_of_themselves(session, stranger, kim.id) == ToldOfThemselves()
    assert zone_of(kim, told, "Australia/Sydney").zone == "Australia/Perth"
    chosen = Contact(organisation_id=cast.firm.id, first_name="A", time_zone="Pacific/Auckland")
    assert zone_of(chosen, told, "Australia/Sydney").zone == "Pacific/Auckland"
    assert zone_of(Contact(organisation_id=new_id()), ToldOfThemselves(), "Australia/Darwin").zone == "Australia/Darwin"


async def test_somebody_who_was_merged_away_says_into_whom(database, cast: Cast) -> None:
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kimmy", "Nguyen", mobile="+61491570110")
    async with transaction() as session:
        merge = await merge_contacts(session, cast.alice, cast.kim_contact.id, twin.id)
    async with reading() as session:
        gone = await access_contact(session, cast.alice, twin.id, Permission.CONTACT_READ)
        kept = await access_contact(session, cast.alice, cast.kim_contact.id, Permission.CONTACT_READ)
        assert await where_merged(session, cast.alice, gone) == kept.id
        assert await where_merged(session, cast.alice, kept) is None
        assert await where_merged(session, cast.mallory, gone) is None
    async with transaction() as session:
        await take_apart(session, cast.alice, merge.id)
    async with reading() as session:
        gone = await access_contact(session, cast.alice, twin.id, Permission.CONTACT_READ)
        assert await where_merged(session, cast.alice, gone) is None
