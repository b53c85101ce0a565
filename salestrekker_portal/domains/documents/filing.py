"""Files that no person uploads, filed in the deal once they have arrived."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.documents.arriving import NewFile, keep_row
from salestrekker_portal.domains.documents.rules import NAME_LIMIT
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, UploaderKind


async def file_document(
    session: WriteSession,
    deal: Deal,
    file: NewFile,
    *,
    uploader_kind: UploaderKind,
    uploader_id: UUID,
    uploader_name: str,
    contact_id: UUID | None = None,
    request: DocumentRequest | None = None,
) -> Document:
    """A document of the deal for a file that is in the store; a request that it answers waits for review.

    The caller records what happened and works the deal's figures out again.
    """
    stored = await keep_row(session, deal.organisation_id, file)
    document = Document(
        deal_id=deal.id,
        file_id=stored.id,
        name=file.name[:NAME_LIMIT],
        request_id=request.id if request else None,
        contact_id=contact_id,
        uploader_kind=uploader_kind,
        uploader_id=uploader_id,
        uploader_name=uploader_name[:160],
    )
    session.add(document)
    if request is not None:
        request.state = RequestState.UPLOADED
    await session.flush()
    return document
