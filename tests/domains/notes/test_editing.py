"""A note says something else and keeps what it said; a deal's notes are found by words and by who reads them."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes.editing import edit_note, versions_of
from salestrekker_portal.domains.notes.queries import NoteFilter, notes_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel.errors import Conflict, Faster, Invalid, NotFound, NotPermitted


async def write(actor, deal, text, **facts):
    async with transaction() as session:
        return await add_note(session, actor, deal.id, text, **facts)


async def change(actor, deal, note, text, shown=None):
    async with transaction() as session:
        await edit_note(session, actor, deal.id, note.id, text, shown)


async def test_a_note_says_something_else_and_keeps_what_it_said(database, cast):
    note = await write(cast.alice, cast.deal, "Vendor moves in May")
    await change(cast.alice, cast.deal, note, "Vendor moves in June")
    await change(cast.alice, cast.deal, note, "Vendor moves in June")
    await change(cast.alice, cast.deal, note, "Vendor moves in July")
    async with reading() as session:
        now, before = await versions_of(session, cast.bob, cast.deal.id, note.id)
        found = await notes_of(session, cast.alice, cast.deal.id, words="july")
    assert (now.text, [each.id for each in found]) == ("Vendor moves in July", [note.id])
    assert [(each.text, each.by_name) for each in before] == [
        ("Vendor moves in June", "Alice O’Rourke"),
        ("Vendor moves in May", "Alice O’Rourke"),
    ]
    assert now.edited_at is not None


async def test_only_its_writer_changes_it_and_only_while_nobody_outside_reads_it(sqlite, cast):
    note = await write(cast.alice, cast.deal, "Team only")
    shared = await write(cast.alice, cast.deal, "For you", with_client=True)
    theirs = await write(cast.kim, cast.deal, "When?")
    with pytest.raises(NotPermitted):
        await change(cast.bob, cast.deal, note, "Mine")
    for actor in (cast.kim, cast.priya, cast.mallory):
        with pytest.raises((NotFound, NotPermitted)):
            await change(actor, cast.deal, note, "Mine")
    with pytest.raises(NotPermitted):
        await change(cast.kim, cast.deal, theirs, "Now?")
    with pytest.raises(Conflict, match="Stop sharing"):
        await change(cast.alice, cast.deal, shared, "Other")
    with pytest.raises(Invalid):
        await change(cast.alice, cast.deal, note, "  ")
    with pytest.raises(Faster):
        await change(cast.alice, cast.deal, note, "Mine", {"text": "Something older"})
    async with reading() as session:
        with pytest.raises(NotFound):
            await versions_of(session, cast.kim, cast.deal.id, shared.id)


async def test_notes_are_found_by_words_and_by_who_reads_them(database, cast):
    for text, facts in (
        ("Spoke to O’Brien’s about 50% deposit", {"important": True}),
        ("Payslips came", {"with_client": True}),
        ("Lender is slow", {"with_partner": True}),
    ):
        await write(cast.alice, cast.deal, text, **facts)

    async def found(words: str = "", which: str = "all") -> list[str]:
        async with reading() as session:
            notes = await notes_of(session, cast.alice, cast.deal.id, words=words, which=NoteFilter(which))
        return [each.text.split()[0] for each in notes]

    assert await found("obrien depos") == ["Spoke"] and await found("rien") == []
    assert await found(which="important") == await found(which="team") == ["Spoke"]
    assert (await found(which="client"), await found(which="partner")) == (["Payslips"], ["Lender"])
    assert await found("slow", "client") == []
