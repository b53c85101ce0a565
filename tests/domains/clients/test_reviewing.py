"""A broker looks through what a client answered: approved, sent back with a note, changed since."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.reviewing import NOTE_LIMIT, approve_answers, send_back
from salestrekker_portal.domains.fact_find.outline import find_stop, stops
from salestrekker_portal.domains.fact_find.phone import on_the_phone, short_name
from salestrekker_portal.domains.fact_find.reviewed import approval_of, asked_again
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note
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
