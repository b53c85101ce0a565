"""What the demo's clients are asked for, and what they sent."""

from datetime import timedelta

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.demo.compliance import arrived
from salestrekker_portal.demo.papers import one_page_pdf
from salestrekker_portal.demo.pipeline import DemoDeal
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.documents.arriving import keep_row
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile, UploaderKind

ASK_AGAIN = "The second page is cut off, so I can’t see the figures. Could you send both pages?"


async def sample_paper(world: World, firm: str) -> StoredFile:
    """One file that stands for every paper of a firm's clients."""
    pdf = one_page_pdf("Sample document", ["This paper is invented for the demo.", "It stands for a real one."])
    organisation = world.firms[firm].organisation
    file = await arrived(organisation.id, "Sample document.pdf", pdf)
    async with transaction() as session:
        return await keep_row(session, organisation.id, file)


async def ask_for_documents(
    session: WriteSession, deal: Deal, plan: DemoDeal, contacts: list[Contact], paper: StoredFile
) -> None:
    """Ask the clients of a deal for its documents; the first of them came."""
    for place, name in enumerate(plan.documents):
        contact = contacts[place % len(contacts)]
        came = place < plan.documents_in
        request = DocumentRequest(
            deal_id=deal.id,
            contact_id=contact.id if place < 3 else None,
            name=name,
            why="Lenders ask for this to check what you have told us.",
            state=_state(place, plan) if came else RequestState.REQUESTED,
            reason=ASK_AGAIN if came and _state(place, plan) is RequestState.ASKED_AGAIN else "",
            position=place,
            added_by=deal.owner_id,
            sent_at=utc_now() - timedelta(days=plan.days),
            due_on=(utc_now() + timedelta(days=9)).date(),
        )
        session.add(request)
        await session.flush()
        if came:
            session.add(_upload(deal, request, contact, paper, plan.days))


def _state(place: int, plan: DemoDeal) -> RequestState:
    if plan.key == "odea-rewi" and place == 1:
        return RequestState.ASKED_AGAIN
    return RequestState.ACCEPTED if place % 2 == 0 else RequestState.UPLOADED


def _upload(deal: Deal, request: DocumentRequest, contact: Contact, paper: StoredFile, days: int) -> Document:
    return Document(
        deal_id=deal.id,
        file_id=paper.id,
        name=f"{request.name}.pdf",
        request_id=request.id,
        contact_id=contact.id,
        uploader_kind=UploaderKind.CLIENT,
        uploader_id=contact.id,
        uploader_name=contact.name,
        shared_with_client_at=utc_now() - timedelta(days=days),
    )
