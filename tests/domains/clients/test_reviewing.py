"""A broker looks through what a client answered: approved, sent back with a note, changed since."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.reviewing import NOTE_LIMIT, approve_answers, send_back
from salestrekker_portal.domains.fact_find.lists import add_item, remove_item
from salestrekker_portal.domains.fact_find.outline import find_stop, stops
from salestrekker_portal.domains.fact_find.phone import on_the_phone, short_name
from salestrekker_portal.domains.fact_find.reviewed import approval_of, asked_again, to_look_at
from salestrekker_portal.domains.fact_find.screens import block_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.portal_access.home import home_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.portals.client.dashboard.words import next_step
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage

PERSONAL = "applicant.personal_details"
NOTE = "Is that how it is in your passport?"


async def _save(who, cast, key="first_name", raw="Kim"):
    subject = None if who.is_client else cast.kim.id
    place = Place(section_id=PERSONAL, field_key=key, subject_id=subject)
    async with transaction() as session:
        return await save_answer(session, who, cast.deal.id, place, raw)


async def _whole(who, cast):
    async with reading() as session:
        return await read_whole(session, who, cast.deal.id)


async def _approval(cast):
    whole = await _whole(cast.alice, cast)
    return approval_of(whole, find_stop(stops(whole, all_whole=True), "applicant", cast.kim.id))


async def _approve(who, cast, approved=True):
    async with transaction() as session:
        await approve_answers(session, who, cast.deal.id, "applicant", cast.kim.id, approved=approved)


async def _send_back(who, cast, note: object = NOTE, section=PERSONAL):
    async with transaction() as session:
        await send_back(session, who, cast.deal.id, section, cast.kim.id, note)


async def _asked(who, cast) -> str:
    whole = await _whole(who, cast)
    [copy] = [c for c in whole.copies if c.section.key == "personal_details" and c.subject == cast.kim.id]
    return asked_again(whole, copy)


async def test_an_approved_page_says_by_whom_and_what_was_changed_since(database, cast):
    await _save(cast.kim, cast)
    assert (await _approval(cast)).words == ""
    await _approve(cast.alice, cast)
    approval = await _approval(cast)
    assert approval.words.startswith("Approved by Alice") and approval.changed == ""
    await _save(cast.kim, cast, raw="Kimberley")
    assert (await _approval(cast)).changed == "1 answer changed since."
    await _approve(cast.alice, cast, approved=False)
    assert await _approval(cast) == ("", "")


async def test_an_entry_that_was_taken_out_is_a_change_and_an_answer(database, cast):
    work = "applicant.employment"
    async with transaction() as session:
        job, other = [await add_item(session, cast.kim, cast.deal.id, work) for _ in range(2)]
        await remove_item(session, cast.kim, cast.deal.id, work, other.id)
    await _approve(cast.alice, cast)
    assert (await _approval(cast)).changed == "", "what was taken out before is not news"
    await _send_back(cast.alice, cast, "You left that job?", work)
    async with transaction() as session:
        await remove_item(session, cast.kim, cast.deal.id, work, job.id)
    assert (await _approval(cast)).changed == "1 answer changed since."
    whole = await _whole(cast.kim, cast)
    assert [asked_again(whole, copy) for copy in whole.copies if copy.section.key == "employment"] == [""]


async def test_of_the_brokers_own_section_nobody_is_asked_again(sqlite, cast):
    whole = await _whole(cast.alice, cast)
    asks = {copy.section.key: block_of(whole, copy)["clients"] for copy in whole.copies if copy.page.key == "risks"}
    assert asks["declarations"] and not asks["comfort"]


async def test_a_section_sent_back_opens_for_its_client_who_is_told_once(database, cast):
    async with transaction() as session:
        (await session.get(Stage, cast.stages[3].id)).fact_find = FactFindMode.READ_ONLY
        (await session.get(Deal, cast.deal.id)).stage_id = cast.stages[3].id
    assert (await _save(cast.kim, cast)).held
    await _send_back(cast.alice, cast)
    assert (await _asked(cast.kim, cast)).endswith(f"asks you to look at this again: {NOTE}")
    assert "Not answered yet." in await _asked(cast.alice, cast)
    assert not (await _save(cast.kim, cast, raw="Kimberley")).held
    assert await _asked(cast.kim, cast) == "" and "Answered since." in await _asked(cast.alice, cast)
    async with reading() as session:
        [note] = (
            await session.scalars(select(Note).where(Note.deal_id == cast.deal.id, Note.text.contains(NOTE)))
        ).all()
    assert note.shared_with_client_at and note.contact_id == cast.kim.id and "“Personal details”" in note.text


@pytest.mark.parametrize("note", ["", "  ", None, 7, "x" * (NOTE_LIMIT + 1)])
async def test_a_note_that_cannot_be_is_refused_beside_its_field(sqlite, cast, note):
    with pytest.raises(Invalid) as refused:
        await _send_back(cast.alice, cast, note)
    assert "note" in refused.value.errors and await _asked(cast.kim, cast) == ""


@pytest.mark.parametrize("who", ["kim", "sam", "mallory", "priya"])
async def test_nobody_else_looks_through_answers(sqlite, cast, who):
    for act in (_approve, _send_back):
        with pytest.raises((NotFound, NotPermitted)):
            await act(getattr(cast, who), cast)
    with pytest.raises(NotFound):
        await _send_back(cast.alice, cast, section="applicant.nothing")


async def test_a_settled_deal_is_neither_approved_nor_sent_back(sqlite, cast):
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).locked_at = utc_now()
    for act in (_approve, _send_back):
        with pytest.raises(Conflict):
            await act(cast.alice, cast)


async def test_what_is_told_on_the_phone_says_so(sqlite, cast):
    await _save(on_the_phone(cast.alice), cast)
    whole = await _whole(cast.kim, cast)
    [copy] = [c for c in whole.copies if c.section.key == "personal_details"]
    author = copy.answers["first_name"].author_name
    assert author == f"{cast.alice.name} on the phone" and copy.answers["first_name"].author_id == cast.alice.id
    assert short_name(author) == "Alice on the phone" and short_name("Alice Chen") == "Alice"


async def _sees(cast, *names: str) -> None:
    """Only these see the others."""
    async with transaction() as session:
        for name in ("kim", "sam"):
            access = await session.get(PortalAccess, getattr(cast, name).access_id)
            access.sees_other_applicants = name in names


async def _told(cast) -> dict:
    """The messages with the note, by whom they are for."""
    async with reading() as session:
        notes = await session.scalars(select(Note).where(Note.deal_id == cast.deal.id, Note.text.contains(NOTE)))
        return {note.contact_id: note.text for note in notes}


async def _send_back_reasons(cast):
    async with transaction() as session:
        await send_back(session, cast.alice, cast.deal.id, "needs.reasons", NOBODY, NOTE)


async def test_what_a_couple_shares_is_asked_again_of_those_who_have_it_on_their_screen(sqlite, cast):
    await _sees(cast, "kim")
    await _send_back_reasons(cast)
    assert set(await _told(cast)) == {cast.kim.id}


async def test_where_each_has_a_copy_of_their_own_all_are_told_and_read_it_there(sqlite, cast):
    await _sees(cast)
    await _send_back_reasons(cast)
    assert set(await _told(cast)) == {None}
    for who in (cast.kim, cast.sam):
        whole = await _whole(replace(who, sees_other_applicants=False), cast)
        [copy] = [each for each in whole.copies if each.section.key == "reasons"]
        assert asked_again(whole, copy).endswith(NOTE)


async def test_whoever_fills_in_for_somebody_without_a_way_in_is_told(sqlite, cast):
    await _sees(cast, "sam")
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim.access_id)).revoked_at = utc_now()
    await _send_back(cast.alice, cast)
    [(told, text)] = (await _told(cast)).items()
    assert told == cast.sam.id and "in Kim’s answers" in text


async def test_nobody_is_asked_again_where_nobody_could_answer(sqlite, cast):
    await _sees(cast)
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim.access_id)).revoked_at = utc_now()
    with pytest.raises(Conflict, match="Share the deal"):
        await _send_back(cast.alice, cast)
    with pytest.raises(Conflict, match="don’t see"):
        async with transaction() as session:
            await send_back(session, cast.alice, cast.deal.id, "risks.comfort", cast.sam.id, NOTE)
    assert await _told(cast) == {}


async def test_what_was_asked_again_is_settled_by_an_approval(sqlite, cast):
    await _send_back(cast.alice, cast)
    await _approve(cast.alice, cast)
    assert await _asked(cast.kim, cast) == "" and (await _approval(cast)).words


async def _next(who, cast):
    async with reading() as session:
        home = await home_of(session, who)
    return next_step(home, who.name, {"to_do": False})


async def test_what_was_sent_back_is_the_clients_next_step_until_they_answered_there(database, cast):
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim.access_id)).submitted_at = utc_now()
    await _send_back(cast.alice, cast)
    step = await _next(cast.kim, cast)
    assert step["title"] == "Look at “Personal details” again" and step["text"].endswith(f"asks: {NOTE}")
    assert step["to"] == "/portal/profile/applicant.personal_details"
    assert "again" not in (await _next(cast.sam, cast))["title"]
    await _save(cast.kim, cast, raw="Kimberley")
    assert "again" not in (await _next(cast.kim, cast))["title"]


async def test_what_was_sent_back_before_it_was_kept_for_whom_is_next_too(sqlite, cast):
    await _send_back(cast.alice, cast)
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        [(key, asked)] = deal.answers_reviewed.items()
        deal.answers_reviewed = {key: {name: each for name, each in asked.items() if name != "to"}}
    assert "again" in (await _next(cast.kim, cast))["title"]
    assert "again" not in (await _next(cast.sam, cast))["title"]


async def test_of_several_the_first_is_next_and_the_others_are_counted(sqlite, cast):
    await _sees(cast, "kim")
    await _send_back(cast.alice, cast)
    await _send_back_reasons(cast)
    step = await _next(replace(cast.kim, sees_other_applicants=True), cast)
    assert step["title"] == "Look at “Personal details” again" and step["text"].endswith("After that, 1 section more.")


async def test_each_who_has_a_copy_of_their_own_goes_on_to_it_and_answers_for_themselves(sqlite, cast):
    await _sees(cast)
    await _send_back_reasons(cast)
    for who in (cast.kim, cast.sam):
        assert (await _next(who, cast))["to"] == "/portal/profile/needs.reasons"
    async with transaction() as session:
        place = Place(section_id="needs.reasons", field_key="reason")
        await save_answer(session, replace(cast.kim, sees_other_applicants=False), cast.deal.id, place, "A home")
    assert "again" not in (await _next(cast.kim, cast))["title"]
    assert "again" in (await _next(cast.sam, cast))["title"]


async def test_whoever_fills_in_for_another_goes_to_the_others_page(sqlite, cast):
    await _sees(cast, "sam")
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim.access_id)).revoked_at = utc_now()
    await _send_back(cast.alice, cast)
    assert (await _next(cast.sam, cast))["to"].endswith(f"?of={cast.kim.id}")


async def test_the_check_leads_to_what_was_sent_back_until_it_is_answered(sqlite, cast):
    def path(stop):
        return f"to {stop.key}"

    await _send_back(cast.alice, cast)
    whole = await _whole(cast.kim, cast)
    [line] = to_look_at(whole, stops(whole), path)
    assert (line["label"], line["path"]) == ("Personal details", "to applicant.personal_details")
    assert line["where"].endswith(NOTE)
    await _save(cast.kim, cast, raw="Kimberley")
    whole = await _whole(cast.kim, cast)
    assert to_look_at(whole, stops(whole), path) == []


async def test_an_entry_that_came_and_went_since_is_no_answer_on_the_dashboard_nor_on_the_check(sqlite, cast):
    work = "applicant.employment"
    async with transaction() as session:
        kept = await add_item(session, cast.kim, cast.deal.id, work)
    await _send_back(cast.alice, cast, section=work)

    async def both() -> set[bool]:
        whole = await _whole(cast.kim, cast)
        on_check = bool(to_look_at(whole, stops(whole), lambda stop: stop.key))
        return {on_check, "again" in (await _next(cast.kim, cast))["title"]}

    async with transaction() as session:
        slip = await add_item(session, cast.kim, cast.deal.id, work)
        # Its kind, as the first thing that somebody answers there.
        place = Place(section_id=work, item_id=slip.id, field_key="type")
        await session.flush()
        await save_answer(session, cast.kim, cast.deal.id, place, "salaried")
    async with transaction() as session:
        await remove_item(session, cast.kim, cast.deal.id, work, slip.id)
    assert await both() == {True}
    async with transaction() as session:
        await remove_item(session, cast.kim, cast.deal.id, work, kept.id)
    assert await both() == {False}
