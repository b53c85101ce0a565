"""Files that go with a note: chosen while it is written, then in the deal's documents, with the note's readers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.queries import visible_documents
from salestrekker_portal.domains.documents.rules import MOST_WITH_NOTE, UPLOADER
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, StoredFile
from salestrekker_portal.tables.notes import Note

Filed = tuple[Document, StoredFile]


@dataclass(frozen=True, kw_only=True)
class NoteFiles:
    """`drafts` are this person's own, for the note that they are writing; `by_note` those of notes that they read."""

    drafts: list[Filed] = field(default_factory=list)
    by_note: dict[UUID, list[Filed]] = field(default_factory=dict)

    def of(self, note: Note) -> list[Filed]:
        return self.by_note.get(note.id, [])


async def files_of_notes(session: ReadSession, actor: Actor, deal_id: UUID) -> NoteFiles:
    """A deal's attachments for this person, in the order in which they were added. One statement."""
    rows = await session.execute(
        # What a client has chosen and not sent yet is not for whoever previews their pages.
        visible_documents(actor, own_drafts=not actor.is_preview)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .add_columns(StoredFile)
        .where(Document.deal_id == deal_id, or_(Document.note_id.is_not(None), Document.drafted_at.is_not(None)))
        .order_by(Document.created_at, Document.id)
    )
    found = NoteFiles()
    for document, file in rows:
        there = found.drafts if document.drafted_at else found.by_note.setdefault(document.note_id, [])
        there.append((document, file))
    return found


async def attach(session: WriteSession, actor: Actor, deal: Deal, note: Note, ids: Sequence[UUID]) -> list[Document]:
    """Send these drafts of this person with their note; the note is in the session. Raises NotFound, Invalid."""
    if not ids:
        return []
    if len(ids) > MOST_WITH_NOTE:
        raise Invalid({"text": f"Send at most {MOST_WITH_NOTE} files with one message. Send the rest with another."})
    drafts = list(await session.scalars(_own_drafts(actor, deal.id).where(Document.id.in_(ids)).order_by(Document.id)))
    # Somebody else's draft, one of another deal, or one that was left out meanwhile.
    if len(drafts) != len(set(ids)):
        raise NotFound("file")
    await session.flush()
    for document in drafts:
        document.note_id, document.drafted_at = note.id, None
        # A note for one client only keeps its files to that client as well.
        document.contact_id = note.contact_id or document.contact_id
        record(session, actor, "document:uploaded", organisation_id=deal.organisation_id, deal_id=deal.id,
               name=document.name)  # fmt: skip
    _same_readers(note, drafts)
    return drafts


async def follow_note(session: WriteSession, note: Note) -> None:
    """The readers of a note have changed: its files go with it."""
    _same_readers(note, list(await session.scalars(select(Document).where(Document.note_id == note.id))))


async def discard_draft(session: WriteSession, actor: Actor, deal_id: UUID, document_id: UUID) -> None:
    """Leave a file out of the note that is being written. Raises NotFound."""
    deal = await access_deal(session, actor, deal_id, Permission.DOCUMENT_UPLOAD)
    draft = await session.scalar(_own_drafts(actor, deal.id).where(Document.id == document_id))
    if draft is None:
        raise NotFound("file")
    draft.removed_at = utc_now()


def _own_drafts(actor: Actor, deal_id: UUID):
    return select(Document).where(
        Document.deal_id == deal_id,
        Document.drafted_at.is_not(None),
        Document.removed_at.is_(None),
        Document.uploader_id == actor.id,
        Document.uploader_kind == UPLOADER[actor.portal],
    )


def _same_readers(note: Note, documents: list[Document]) -> None:
    for document in documents:
        document.shared_with_client_at = note.shared_with_client_at
        document.shared_with_partner_at = note.shared_with_partner_at
