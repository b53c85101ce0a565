"""Telling a colleague of a note, as the notes page does it."""

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.broker.deal_notes.editing import NoteEditState
from salestrekker_portal.portals.broker.deal_notes.state import DealNotesState
from salestrekker_portal.portals.broker.notifications.state import NotificationsState
from salestrekker_portal.tables.notes import Note, NoteMention
from tests.domains.notifications.world import tell
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


async def test_a_colleague_is_chosen_and_finds_the_note(cast):
    notes = f"/deals/{cast.deal.id}/notes"
    alice, bob = ({"cookie": cast.cookies[who], "path": notes, "tab": who} for who in ("alice", "bob"))
    async with Harness() as browser:
        page = await browser.call(DealNotesState.load, **alice)
        assert page.colleagues == [{"id": str(cast.bob_user.id), "name": "Bob Tran", "hint": ""}]
        form = {"text": "See the contract", f"tell-{cast.bob_user.id}": "on"}
        await browser.call(DealNotesState.save, **alice, form=form)
        for number in range(201):
            async with transaction() as session:
                session.add(Note(deal_id=cast.deal.id, author_kind="user", author_id=cast.alice.id, text=f"{number}"))
        await tell()
        seen = await browser.call(NotificationsState.load, cookie=cast.cookies["bob"], path="/notifications", tab="b")
        told = next(row for row in seen.rows if "tells you" in row["words"])
        there = await browser.call(DealNotesState.load, **{**bob, "path": told["to"]})
        [here] = [row for row in there.notes if row["here"]]
        assert (here["text"], here["told"]) == ("See the contract", ["Bob Tran"]) and not there.gone
        async with transaction() as session:
            note = (await session.scalars(select(Note).where(Note.text == "See the contract"))).one()
            note.removed_at = utc_now()
        assert (await browser.call(DealNotesState.load, **{**bob, "path": told["to"]})).gone


async def test_another_is_added_to_a_note_and_nobody_elses_person_is(cast):
    notes = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}/notes"}
    async with Harness() as browser:
        await browser.call(DealNotesState.save, **notes, form={"text": "See the contract"})
        page = await browser.call(DealNotesState.load, **notes)
        key = page.notes[0]["id"]
        form = {"note": key, "text": "See the contract"}
        for nobody in (str(cast.mallory_user.id), str(new_id()), "nonsense"):
            await browser.call(NoteEditState.save, **notes, form={**form, f"tell-{nobody}": "on"})
            assert browser.refusal
            await browser.call(DealNotesState.save, **notes, form={"text": "X", f"tell-{nobody}": "on"})
            assert browser.refusal
        await browser.call(NoteEditState.save, **notes, form={**form, f"tell-{cast.bob_user.id}": "on"})
        page = await browser.call(DealNotesState.load, **notes)
        assert [row["told"] for row in page.notes] == [["Bob Tran"]]
        drawer = await browser.call(NoteEditState.show, **notes, note_id=key)
        assert drawer.told == [str(cast.bob_user.id)] and drawer.told_words == str(cast.bob_user.id)
        await browser.call(NoteEditState.save, **notes, form=form)
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(NoteMention)) == 0
