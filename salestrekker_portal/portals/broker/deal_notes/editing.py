"""Changing the words of a note, and reading what they were."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.notes.editing import edit_note, may_edit, told_words, versions_of
from salestrekker_portal.domains.notes.service import MOST_LETTERS
from salestrekker_portal.domains.notes.telling import told_of
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.deal_notes.rows import told_from
from salestrekker_portal.portals.broker.deal_notes.state import DealNotesState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.forms import button, button_row, filled_from, icon_button, submit, tell_someone, text_area
from salestrekker_portal.ui.overlay.dialog import drawer


class EarlierWords(TypedDict):
    """What a note said until `when`."""

    id: str
    text: str
    when: str


class NoteEditState(BrokerState, rx.State):
    """The note in the drawer. `can` is whether this person may change it now."""

    note_id: str = ""
    text: str = ""
    can: bool = False
    earlier: list[EarlierWords] = []
    # Ids of those who were told of it, and the same as the form keeps it.
    told: list[str] = []
    told_words: str = ""
    error: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, note_id: str):
        """Open one note, or close the drawer."""
        self.note_id, self.error, self.earlier = "", "", []
        if not note_id:
            return
        async with self._looking() as (session, actor):
            note, before = await versions_of(session, actor, self._path_id(1, "deal"), uuid_from(note_id, "note"))
            told = [each.id for each in (await told_of(session, [note])).get(note.id, [])]
            zone = actor.time_zone
        self.told, self.told_words = [str(each) for each in told], told_words(told)
        self.can, self.text = may_edit(actor, note), note.text
        self.earlier = [
            EarlierWords(
                id=str(each.id), text=each.text, when=f"Until {instant_words(each.created_at, zone)}, {each.by_name}"
            )
            for each in before
        ]
        self.note_id = str(note.id)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the new words."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                note = uuid_from(typed.get("note"), "note")
                await edit_note(
                    session, actor, self._path_id(1, "deal"), note, typed.get("text"), shown_from(form),
                    tell=told_from(typed),
                )  # fmt: skip
        except Invalid as refusal:
            self.error = refusal.errors.get("text") or refusal.errors.get("tell") or refusal.message
            return None
        self.note_id = ""
        return [Notices.tell("Changed. What it said before stays with the note."), DealNotesState.load]


def change_button(row: rx.Var) -> rx.Component:
    """Beside a note that its reader wrote."""
    press = icon_button(name="pencil", label="Change", small=True, on_click=NoteEditState.show(row["id"]))
    return rx.cond(row["mine"], press, rx.fragment())


def earlier_button(row: rx.Var) -> rx.Component:
    """That a note was changed; a press shows what it said."""
    return button(row["edited"], tone="quiet", icon="history", small=True, on_click=NoteEditState.show(row["id"]))


def note_drawer() -> rx.Component:
    """The words, to change where one may, above what they were."""
    S = NoteEditState
    return drawer(
        rx.el.div(
            rx.cond(S.can, _form(), rx.el.p(S.text, class_name="note-body")),
            rx.cond(S.earlier.length() > 0, _history(), rx.fragment()),
            class_name="stack",
        ),
        id="note-drawer",
        open=S.note_id != "",
        on_close=S.show(""),
        title="Note",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="note", value=NoteEditState.note_id, read_only=True),
        text_area(
            id="note-text", name="text", label="Words", rows="6", default_value=NoteEditState.text,
            key="text-" + NoteEditState.note_id, error=NoteEditState.error, limit=MOST_LETTERS,
        ),
        tell_someone(
            DealNotesState.colleagues, id="note-text-tell", of="note-text", told=NoteEditState.told,
            key="tell-" + NoteEditState.note_id,
        ),
        filled_from(
            {"text": NoteEditState.text, "tell": NoteEditState.told_words}, key="shown-" + NoteEditState.note_id
        ),
        button_row(submit("Save"), button("Cancel", tone="quiet", on_click=NoteEditState.show(""))),
        on_submit=NoteEditState.save,
        no_validate=True,
        class_name="stack",
    )  # fmt: skip


def _history() -> rx.Component:
    each = lambda row: rx.el.li(  # noqa: E731
        rx.el.p(row["when"], class_name="small muted"), rx.el.p(row["text"], class_name="note-body"), key=row["id"]
    )
    return rx.el.section(
        rx.el.h3("What it said before"), rx.el.ul(rx.foreach(NoteEditState.earlier, each), class_name="stack is-tight")
    )
