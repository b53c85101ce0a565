"""The firms' own versions of the documents that sharing depends on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from uuid import UUID

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.papers import one_page_pdf
from salestrekker_portal.tables.documents import ComplianceDocument, Slot, StoredFile
from salestrekker_portal.wiring import file_store

if TYPE_CHECKING:
    from salestrekker_portal.demo.furnish import World

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
            kept = await keep(organisation.id, pdf, "application/pdf")
            async with transaction() as session:
                session.add(kept)
                await session.flush()
                session.add(
                    ComplianceDocument(
                        organisation_id=organisation.id, slot=slot, version=version, name=title, file_id=kept.id
                    )
                )


async def keep(organisation_id: UUID, content: bytes, mime: str) -> StoredFile:
    """Put bytes into the private store; returns the row for them, not yet added."""

    async def pieces() -> AsyncIterator[bytes]:
        yield content

    stored = await file_store().put(organisation_id, pieces(), max_bytes=50 * 1024 * 1024)
    return StoredFile(
        organisation_id=organisation_id,
        storage_key=stored.key,
        size_bytes=stored.size,
        sha256=stored.sha256,
        mime=mime,
    )
