"""A note's words are changed by whoever wrote it, and what they were stays."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.notes.queries import visible_notes
from salestrekker_portal.domains.notes.service import checked_note, note_of_mine
from salestrekker_portal.domains.notes.telling import tell_of_note, told_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.notes import AuthorKind, Note, NoteVersion

NOT_YOURS = "Only its writer changes a note. Write one of your own instead."
READ_OUTSIDE = "Somebody outside the team reads this note. Stop sharing it first, or write another one."


def may_edit(actor: Actor, note: Note) -> bool:
    """Its writer, while only the team reads it: what was sent outside stays as it was sent."""
    own = actor.is_staff and note.author_kind is AuthorKind.USER and note.author_id == actor.id
    return own and not _is_shared(note)


def _is_shared(note: Note) -> bool:
    return note.shared_with_client_at is not None or note.shared_with_partner_at is not None


def told_words(people: Iterable[UUID]) -> str:
    """Who is told, as the form says it: ids with spaces between them, in a steady order."""
    return " ".join(sorted(str(each) for each in people))


async def edit_note(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    note_id: UUID,
    text: object,
    shown: Mapping[str, object] | None = None,
    tell: Collection[UUID] | None = None,
) -> None:
    """Say it in other words; the earlier ones are kept with who changed them and when. `tell` are all colleagues who
    are to have been told of it, None leaves them as they are: only those who are new to it are told.

    Raises NotFound, NotPermitted, Conflict (shared), Invalid (`text`, `tell`), Faster (changed in another tab).
    """
    deal, note = await note_of_mine(session, actor, deal_id, note_id)
    if not actor.is_staff or note.author_kind is not AuthorKind.USER or note.author_id != actor.id:
        raise NotPermitted(NOT_YOURS)
    if _is_shared(note):
        raise Conflict(READ_OUTSIDE)
    trail = Trail(kinds=("note:edited",), subject_id=note.id)
    now, typed = {"text": note.text}, {"text": text}
    if tell is not None:
        now["tell"] = told_words(each.id for each in (await told_of(session, [note])).get(note.id, []))
        typed["tell"] = told_words(tell)
    kept = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed, several=("tell",))
    wanted = checked_note(kept["text"], may_be_empty=False)
    if tell is not None:
        await tell_of_note(session, actor, deal, note, {UUID(each) for each in str(kept["tell"]).split()})
    if wanted == note.text:
        return
    session.add(NoteVersion(note_id=note.id, text=note.text, by_name=actor.name))
    note.text, note.edited_at = wanted, utc_now()
    record(session, actor, "note:edited", organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=note.id)


async def versions_of(
    session: ReadSession, actor: Actor, deal_id: UUID, note_id: UUID
) -> tuple[Note, list[NoteVersion]]:
    """A note with what it said before, the latest first. The team's only: raises NotFound, NotPermitted."""
    await access_deal(session, actor, deal_id, Permission.NOTE_WRITE)
    note = (await session.scalars(visible_notes(actor, deal_id).where(Note.id == note_id))).one_or_none()
    if note is None or not actor.is_staff:
        raise NotFound("note")
    found = select(NoteVersion).where(NoteVersion.note_id == note.id).order_by(NoteVersion.created_at.desc())
    return note, list(await session.scalars(found))
