"""The client's thread with their broker."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notes.attachments import NoteFiles, discard_draft, files_of_notes
from salestrekker_portal.domains.notes.queries import notes_of, read_until
from salestrekker_portal.domains.notes.service import add_note, mark_read
from salestrekker_portal.domains.portal_access.home import home_of
from salestrekker_portal.domains.questions.catalogue import every_page
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, instant_words, local, time_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import initials, joined
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notes import AuthorKind, Note


class MessageRow(TypedDict):
    """One message. `day` is set on the first of a day, `is_first_new` on the first unread one."""

    id: str
    author: str
    initials: str
    text: str
    files: list[NoteFile]
    at: str
    exact: str
    day: str
    mine: bool
    is_first_new: bool


class MessagesState(ClientState, rx.State):
    """The thread, and what was wrong with the last message."""

    ready: bool = False
    lead: str = ""
    broker_first: str = ""
    messages: list[MessageRow] = []
    # Files that will go with the message that is being written.
    drafts: list[NoteFile] = []
    known: list[str] = []
    may_attach: bool = False
    error: str = ""
    # Changes when a message was sent, which empties the field; a refusal leaves it as typed.
    sent: int = 0
    # What the field begins with, when somebody comes from a locked section to ask for a change.
    draft: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    @repeatable("what was seen stays seen")
    async def load(self):
        """Read the thread; from then on it counts as read."""
        async with self._noting() as (session, actor):
            home = await home_of(session, actor)
            seen = await read_until(session, actor, home.deal.id)
            notes = await notes_of(session, actor, home.deal.id)
            files = await files_of_notes(session, actor, home.deal.id)
            # A broker who looks as the client has not read anything for them.
            if not actor.is_preview:
                await mark_read(session, actor, home.deal.id)
            self.messages = _rows(notes, files, actor, seen)
            self.drafts = note_files(files.drafts, for_staff=False)
            self.known = [row["id"] for row in self.drafts]
            self.may_attach = home.deal.locked_at is None and not actor.is_preview
            self.broker_first = home.owner.first_name
            self.draft = _asks_to_change(actor.country, self._query("about"))
            self.lead = _lead(home.owner.first_name, actor.sees_other_applicants, home.others)
        self.ready = True

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def send(self, form: dict):
        """Write to the broker."""
        try:
            async with self._acting() as (session, actor):
                files = [uuid_from(row["id"], "file") for row in self.drafts]
                await add_note(session, actor, actor.deal_id, form_from(form).get("text"), files=files)
        except Invalid as refusal:
            self.error = refusal.errors.get("text", refusal.message)
            return
        self.error = ""
        self.sent += 1
        # Without what the message was about, or the field would begin with it again.
        return rx.redirect("/portal/messages", replace=True) if self._query("about") else MessagesState.load

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def leave_out(self, document_id: str):
        """Take a file out of the message that is being written."""
        async with self._acting() as (session, actor):
            await discard_draft(session, actor, actor.deal_id, uuid_from(document_id, "file"))
        return MessagesState.load


def _asks_to_change(country: str, about: str) -> str:
    """The beginning of a message about a page or section of the profile; nothing for other words."""
    page_key, _, section_key = about.partition(".")
    page = next((each for each in every_page(country) if each.key == page_key), None)
    if page is None:
        return ""
    titles = {section.key: section.title for section in page.sections}
    title = titles.get(section_key, page.title) if section_key else page.title
    return f"About “{title}” in my profile: I would like to change "


def _lead(broker: str, shared: bool, others: list) -> str:
    names = joined([contact.called for contact in others])
    if not names:
        return f"With {broker} and the team."
    return f"With {broker} and the team. {names} can read this too." if shared else f"With {broker} and the team only."


def _rows(notes: list[Note], files: NoteFiles, actor: Actor, seen) -> list[MessageRow]:
    own_id, zone = actor.id, actor.time_zone
    rows: list[MessageRow] = []
    last_day, new_shown = None, False
    for note in notes:
        mine = note.author_kind is AuthorKind.CLIENT and note.author_id == own_id
        day = local(note.created_at, zone).date()
        is_new = not mine and not new_shown and seen is not None and note.created_at > seen
        new_shown = new_shown or is_new
        rows.append(
            MessageRow(
                id=str(note.id),
                author="You" if mine else note.author_name,
                initials=initials(note.author_name),
                text=note.text,
                files=note_files(files.of(note), for_staff=False),
                at=time_words(note.created_at, zone),
                exact=instant_words(note.created_at, zone),
                day=_day(day, zone) if day != last_day else "",
                mine=mine,
                is_first_new=is_new,
            )
        )
        last_day = day
    return rows


def _day(day, zone: str) -> str:
    return "Today" if day == local(utc_now(), zone).date() else f"{day:%a} {day_words(day)}"
