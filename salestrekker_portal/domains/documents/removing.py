"""Files taken away: back by whoever sent them, or out of the deal by the brokerage."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.following import document_changed, file_left
from salestrekker_portal.domains.documents.held import is_held
from salestrekker_portal.domains.documents.queries import access_document, access_removed
from salestrekker_portal.domains.documents.rules import UNDO, demand_open, state_with_file_back
from salestrekker_portal.domains.documents.service import is_own
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile

TOO_LATE = "It is more than 30 minutes ago. Ask your broker to remove it."


async def remove_own_upload(session: WriteSession, actor: Actor, document_id: UUID) -> None:
    """Take back what one sent within the last 30 minutes, unless it has been accepted.

    Raises NotFound, NotPermitted, Conflict.
    """
    document = await access_document(session, actor, document_id, Permission.DOCUMENT_UPLOAD)
    if not is_own(actor, document):
        raise NotPermitted("Only whoever sent it can take it back.")
    deal = await access_deal(session, actor, document.deal_id, Permission.DOCUMENT_UPLOAD)
    demand_open(actor, deal)
    if utc_now() - document.created_at > UNDO:
        raise Conflict(TOO_LATE)
    request = await session.get(DocumentRequest, document.request_id) if document.request_id else None
    if request is not None and request.state is RequestState.ACCEPTED:
        raise Conflict("It has been accepted already, so it stays. Ask your broker to remove it.")
    document.removed_at = utc_now()
    await file_left(session, request)
    await document_changed(session, actor, deal, "document:removed", document)


async def remove_document(session: WriteSession, actor: Actor, document_id: UUID) -> Document:
    """The brokerage takes a file out of the deal, whoever sent it; what is in quarantine even after settling.

    It is kept for a day, for `put_back_document`. Raises NotFound, NotPermitted, and Conflict for what clients have
    to read and for what was accepted.
    """
    document = await access_document(session, actor, document_id, Permission.DOCUMENT_REVIEW)
    if not actor.is_staff:
        raise NotPermitted(REFUSALS[Permission.DOCUMENT_REVIEW])
    deal = await access_deal(session, actor, document.deal_id, Permission.DOCUMENT_REVIEW)
    file = await session.get(StoredFile, document.file_id)
    if file is None or not is_held(file):
        demand_open(actor, deal)
        # What was agreed to has to stay readable, or nobody could say later what it said.
        if document.slot is not None:
            raise Conflict("Clients must be able to read this: it is one of the documents they agree to. "
                           "Remove its label first.")  # fmt: skip
    request = await session.get(DocumentRequest, document.request_id) if document.request_id else None
    if request is not None and request.state is RequestState.ACCEPTED:
        raise Conflict(f"“{request.name}” is accepted with this file. Ask for it again first, then remove the file.")
    document.removed_at = utc_now()
    await file_left(session, request)
    await document_changed(session, actor, deal, "document:removed", document)
    return document


async def put_back_document(session: WriteSession, actor: Actor, document_id: UUID) -> None:
    """Undo `remove_document`: the file is where it was, and answers its request again.

    Raises NotFound (also when it was swept for good), NotPermitted, Conflict.
    """
    document = await access_removed(session, actor, Document, document_id, Permission.DOCUMENT_REVIEW)
    deal = await access_deal(session, actor, document.deal_id, Permission.DOCUMENT_REVIEW)
    file = await session.get(StoredFile, document.file_id)
    # A swept file has no bytes any more.
    if file is None or file.swept_at is not None or document.drafted_at is not None:
        raise NotFound("document")
    if not is_held(file):
        demand_open(actor, deal)
    document.removed_at = None
    request = await session.get(DocumentRequest, document.request_id) if document.request_id else None
    if request is not None and not is_held(file):
        request.state = state_with_file_back(request, document.created_at)
    await document_changed(session, actor, deal, "document:put_back", document)
