"""The firms' own versions of the documents that sharing depends on."""

from uuid import UUID

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.papers import one_page_pdf
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.documents.arriving import NewFile, keep_row, receive_bytes
from salestrekker_portal.domains.documents.checks import MAX_FILE_BYTES
from salestrekker_portal.tables.documents import ComplianceDocument, Slot
from salestrekker_portal.wiring import file_store, scanner

PAPERS = {
    "harbour": (
        (Slot.CREDIT_GUIDE, "Credit guide", "v4", "What we do for you, what it costs, and how to complain."),
        (Slot.PRIVACY_DISCLOSURE, "Privacy disclosure", "2026", "What we collect, why, and who we show it to."),
    ),
    "kauri": (
        (Slot.ACKNOWLEDGEMENT, "Acknowledgement and declaration", "v2", "What you confirm when you apply through us."),
        (Slot.ADVISER_GUIDE, "Adviser guide", "v3", "Who we are, how we are paid, and our duties to you."),
        (Slot.ROMA, "ROMA", "v1", "Your needs, and why what we suggest suits them."),
    ),
}


async def furnish_compliance(world: World) -> None:
    """One current version of every slot that the country needs, as a real file."""
    for firm_key, papers in PAPERS.items():
        organisation = world.firms[firm_key].organisation
        for slot, title, version, line in papers:
            pdf = one_page_pdf(f"{title} {version}", [organisation.name, "", line, "", "Invented for the demo."])
            file = await arrived(organisation.id, f"{title}.pdf", pdf)
            async with transaction() as session:
                kept = await keep_row(session, organisation.id, file)
                session.add(
                    ComplianceDocument(
                        organisation_id=organisation.id, slot=slot, version=version, name=title, file_id=kept.id
                    )
                )


async def arrived(organisation_id: UUID, name: str, content: bytes) -> NewFile:
    """A paper of the demo, received like everybody's."""
    return await receive_bytes(file_store(), scanner(), organisation_id, name, content, limit=MAX_FILE_BYTES)
