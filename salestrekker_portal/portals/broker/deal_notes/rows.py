"""What a line of a deal's notes holds."""

from collections.abc import Mapping
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notes.attachments import Filed
from salestrekker_portal.domains.notes.editing import may_edit
from salestrekker_portal.domains.notes.telling import NotePerson
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, instant_words
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.ui.forms import TELL_PREFIX

ROLES = {
    AuthorKind.CLIENT: "Client",
    AuthorKind.PARTNER: "Partner",
    AuthorKind.SYSTEM: "Portal",
    AuthorKind.USER: "",
}


class NoteRow(TypedDict):
    """One note; `only` names the one client who reads it, when it is not for all of them."""

    id: str
    author: str
    initials: str
    role: str
    text: str
    files: list[NoteFile]
    when: str
    exact: str
    important: bool
    is_system: bool
    with_client: bool
    with_partner: bool
    only: str
    # Its writer may change it while nobody outside reads it; and that somebody did.
    mine: bool
    edited: str
    # Colleagues who were told of it; and that a link led to this one.
    told: list[str]
    here: bool


def told_from(form: Mapping[str, object]) -> list[UUID]:
    """Who is chosen in `forms.tell_someone`. Raises NotFound."""
    chosen = [name.removeprefix(TELL_PREFIX) for name, on in form.items() if name.startswith(TELL_PREFIX) and on]
    return [uuid_from(each, "person") for each in chosen]


def note_row(
    note: Note, files: list[Filed], names: dict, actor: Actor, told: list[NotePerson], here: UUID | None
) -> NoteRow:
    """A note in words, in the reader's time zone; `here` is the one that a link led to."""
    zone = actor.time_zone
    return NoteRow(
        id=str(note.id),
        author=note.author_name or "Portal",
        initials=initials(note.author_name or "Portal"),
        role=ROLES[note.author_kind],
        text=note.text,
        files=note_files(files, for_staff=True),
        when=ago_words(note.created_at, utc_now(), zone),
        exact=instant_words(note.created_at, zone),
        important=note.important,
        is_system=note.author_kind is AuthorKind.SYSTEM,
        with_client=note.shared_with_client_at is not None,
        with_partner=note.shared_with_partner_at is not None,
        only=f"Only {names.get(note.contact_id, 'one client')}"
        if note.contact_id and note.author_kind is AuthorKind.USER
        else "",
        mine=may_edit(actor, note),
        edited=f"Changed {instant_words(note.edited_at, zone)}" if note.edited_at else "",
        told=[each.called for each in told],
        here=here == note.id,
    )
