"""What follows when a document changed: the record, the partners' tabs, the figures, the request it answered."""

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.documents.queries import files_left
from salestrekker_portal.domains.documents.rules import state_without_files
from salestrekker_portal.domains.documents.telling import touch_partners
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest


async def document_changed(
    session: WriteSession, actor: Actor | None, deal: Deal, kind: str, document: Document, **facts
) -> None:
    """Record it and let everybody who looks at the deal look again. `actor` None: the portal itself."""
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=document.id,
           name=document.name, **facts)  # fmt: skip
    await touch_partners(session, deal.id)
    deal_touched(session, deal.id)


async def file_left(session: WriteSession, request: DocumentRequest | None) -> bool:
    """A file was taken from this request: without any it is open again, and the answer is True."""
    if request is None:
        return False
    await session.flush()
    if await files_left(session, request.id):
        return False
    before, request.state = request.state, state_without_files(request)
    return request.state is not before
