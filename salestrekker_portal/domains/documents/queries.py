"""The only doors to documents and to the requests for them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.domains.deals.partners_see import shows_partners
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.held import CLOSED, WAITING, demand_readable
from salestrekker_portal.domains.documents.rules import UPLOADER
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, StoredFile, UploaderKind
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess


def visible_documents(actor: Actor, *, own_drafts: bool = False) -> Select[Document]:
    """Documents that this person may know of: the team all, others what they sent or were shared.

    What was sent with a note is shared with that note's readers. With `own_drafts`, also the files of the note that
    this person is writing, which nobody else knows of.

    Before agreeing to anything a client opens only what they are asked to agree to. A client who may not see
    the other applicants gets nothing that is about, or from, one of them.
    """
    mine = select(Document).where(
        Document.removed_at.is_(None), Document.deal_id.in_(visible_deals(actor).with_only_columns(Deal.id))
    )
    own = and_(Document.uploader_id == actor.id, Document.uploader_kind == UPLOADER[actor.portal])
    written = Document.drafted_at.is_(None)
    mine = mine.where(or_(written, own)) if own_drafts else mine.where(written)
    if actor.is_staff:
        return mine
    if actor.is_partner:
        told = and_(Document.shared_with_partner_at.is_not(None), shows_partners(Document.deal_id))
        return mine.where(or_(own, told))
    to_read = Document.slot.is_not(None)
    if not actor.consented:
        return mine.where(to_read)
    read_with_note = or_(Document.note_id.is_(None), exists().where(Note.id == Document.note_id, reaches_client(actor)))
    shared = and_(Document.shared_with_client_at.is_not(None), read_with_note)
    if actor.sees_other_applicants:
        from_clients = and_(Document.uploader_kind == UploaderKind.CLIENT, Document.request_id.is_not(None))
        return mine.where(or_(own, to_read, shared, from_clients))
    about_me = or_(Document.contact_id.is_(None), Document.contact_id == actor.id)
    return mine.where(or_(own, to_read, and_(shared, about_me)))


def visible_requests(actor: Actor) -> Select[DocumentRequest]:
    """Document requests that this person may know of: the team all, clients what was sent and is theirs.

    Theirs are those about themselves, and those for all applicants that they were asked for; with the other
    applicants visible, everything that was sent. What their invitation left out is none of theirs.
    """
    mine = select(DocumentRequest).where(
        DocumentRequest.withdrawn_at.is_(None),
        DocumentRequest.deal_id.in_(visible_deals(actor).with_only_columns(Deal.id)),
    )
    if actor.is_staff:
        return mine
    if actor.is_partner or not actor.consented:
        return mine.where(false())
    about_me = (AccessRequest.request_id == DocumentRequest.id, AccessRequest.access_id == actor.access_id)
    left_out = exists().where(*about_me, AccessRequest.left_out.is_(True))
    mine = mine.where(DocumentRequest.sent_at.is_not(None), ~left_out)
    if actor.sees_other_applicants:
        return mine
    asked_me = exists().where(*about_me, AccessRequest.left_out.is_(False))
    joint = and_(DocumentRequest.contact_id.is_(None), asked_me)
    return mine.where(or_(DocumentRequest.contact_id == actor.id, joint))


async def access_document(
    session: ReadSession, actor: Actor, document_id: UUID, permission: Permission = Permission.DOCUMENT_READ
) -> Document:
    """The document, if this person may do this to it. Raises NotFound (absent or hidden) or NotPermitted."""
    await hold_deal(session, select(Document.deal_id).where(Document.id == document_id))
    found = (await session.scalars(visible_documents(actor).where(Document.id == document_id))).one_or_none()
    if found is None:
        raise NotFound("document")
    demand(actor, permission)
    return found


async def access_removed(
    session: ReadSession, actor: Actor, kind: type[Document] | type[DocumentRequest], id: UUID, permission: Permission
) -> Any:
    """A removed document or a withdrawn request, for the team to put back. Raises NotFound or NotPermitted."""
    await hold_deal(session, select(kind.deal_id).where(kind.id == id))
    gone_at = Document.removed_at if kind is Document else DocumentRequest.withdrawn_at
    theirs = kind.deal_id.in_(visible_deals(actor).with_only_columns(Deal.id))
    found = (await session.scalars(select(kind).where(kind.id == id, gone_at.is_not(None), theirs))).one_or_none()
    if found is None or not actor.is_staff:
        raise NotFound("document" if kind is Document else "document request")
    demand(actor, permission)
    return found


async def access_request(
    session: ReadSession, actor: Actor, request_id: UUID, permission: Permission
) -> DocumentRequest:
    """The request, if this person may do this to it. Raises NotFound (absent or hidden) or NotPermitted."""
    await hold_deal(session, select(DocumentRequest.deal_id).where(DocumentRequest.id == request_id))
    found = (await session.scalars(visible_requests(actor).where(DocumentRequest.id == request_id))).one_or_none()
    if found is None:
        raise NotFound("document request")
    demand(actor, permission)
    return found


async def file_of(session: ReadSession, document: Document) -> StoredFile:
    """The file to read behind a document that has been accessed already. Raises FileHeld for what is in quarantine."""
    file = await session.get(StoredFile, document.file_id)
    if file is None:
        raise NotFound("document")
    return demand_readable(file)


async def documents_in(session: ReadSession, actor: Actor, deal_id: UUID) -> list[tuple[Document, StoredFile]]:
    """A deal's documents for this person with their files, newest first."""
    rows = await session.execute(
        visible_documents(actor)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .add_columns(StoredFile)
        .where(Document.deal_id == deal_id)
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    return [(document, file) for document, file in rows]


async def requests_in(session: ReadSession, actor: Actor, deal_id: UUID) -> list[DocumentRequest]:
    """A deal's requests for this person, in the order in which they were added."""
    rows = await session.scalars(
        visible_requests(actor)
        .where(DocumentRequest.deal_id == deal_id)
        .order_by(DocumentRequest.position, DocumentRequest.created_at, DocumentRequest.id)
    )
    return list(rows)


async def files_left(session: ReadSession, request_id: UUID) -> int:
    """How many files a request has, without those that are closed to everybody for good."""
    return (await files_counted(session, request_id))[0]


async def files_counted(session: ReadSession, request_id: UUID) -> tuple[int, int]:
    """How many files a request has, as `files_left`, and how many of them wait for their virus check."""
    left, waiting = (
        await session.execute(
            select(func.count(), func.count().filter(StoredFile.scanned.in_(WAITING)))
            .select_from(Document)
            .join(StoredFile, StoredFile.id == Document.file_id)
            .where(Document.request_id == request_id, Document.removed_at.is_(None), StoredFile.scanned.not_in(CLOSED))
        )
    ).one()
    return left, waiting


async def live_accesses(session: ReadSession, deal_id: UUID) -> list[PortalAccess]:
    """The ways in of the clients of a deal that has been accessed already, oldest first."""
    return list(
        await session.scalars(
            select(PortalAccess)
            .where(PortalAccess.deal_id == deal_id, PortalAccess.revoked_at.is_(None))
            .order_by(PortalAccess.created_at, PortalAccess.id)
        )
    )


def readers_of(accesses: Iterable[PortalAccess], request: DocumentRequest) -> list[PortalAccess]:
    """Which of these clients may be asked for this."""
    return [
        access for access in accesses if access.sees_other_applicants or request.contact_id in (None, access.contact_id)
    ]


async def who_sees(
    session: ReadSession, accesses: Iterable[PortalAccess], requests: Iterable[DocumentRequest]
) -> dict[UUID, list[PortalAccess]]:
    """By request, which of these clients have it on their page: `readers_of`, without whom it was left out for."""
    requests = list(requests)
    out = await session.execute(
        select(AccessRequest.request_id, AccessRequest.access_id).where(
            AccessRequest.request_id.in_([each.id for each in requests]), AccessRequest.left_out.is_(True)
        )
    )
    left = {tuple(row) for row in out}
    accesses = list(accesses)
    return {
        request.id: [each for each in readers_of(accesses, request) if (request.id, each.id) not in left]
        for request in requests
    }


def reaches_client(actor: Actor) -> ColumnElement[bool]:
    """Of a note in their deal: whether it is shared with this client."""
    shared = Note.shared_with_client_at.is_not(None) & or_(Note.contact_id.is_(None), Note.contact_id == actor.id)
    return shared if actor.sees_other_applicants else shared & (Note.author_kind != AuthorKind.CLIENT)
