"""The firm's own version of the documents that clients must be given; each new deal gets the current ones."""

from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.documents.arriving import NewFile, keep_row
from salestrekker_portal.domains.documents.held import HELD, demand_readable
from salestrekker_portal.domains.documents.rules import SLOT_NAMES, SLOTS
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.documents import ComplianceDocument, Slot, StoredFile
from salestrekker_portal.tables.organisations import Country, Organisation

NOT_CHECKED = "The virus check gave this file no clean bill, so nothing was kept. Try again in a few minutes."


def checked_slot(actor: Actor, raw: object) -> Slot:
    """A slot of the firm's country that this person may fill. Raises NotPermitted, Invalid (`slot`)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    for slot in SLOTS[Country(actor.country)]:
        if slot.value == raw:
            return slot
    raise Invalid({"slot": "Choose one of the documents shown."})


async def add_version(session: WriteSession, actor: Actor, slot: Slot, file: NewFile) -> ComplianceDocument:
    """Put a new version into use. Deals that were made before keep theirs.

    Raises NotPermitted, Invalid, and Conflict for a file that the scanner did not pass.
    """
    slot = checked_slot(actor, slot.value)
    if file.scanned in HELD:
        raise Conflict(NOT_CHECKED)
    # One upload at a time, so that two do not become the same version.
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    own = (ComplianceDocument.organisation_id == actor.organisation_id, ComplianceDocument.slot == slot)
    count = int(await session.scalar(select(func.count()).where(*own)) or 0)
    for old in await session.scalars(select(ComplianceDocument).where(*own, ComplianceDocument.retired_at.is_(None))):
        old.retired_at = utc_now()
    stored = await keep_row(session, actor.organisation_id, file)
    document = ComplianceDocument(
        organisation_id=actor.organisation_id,
        slot=slot,
        version=f"v{count + 1}",
        name=SLOT_NAMES[slot],
        file_id=stored.id,
    )
    session.add(document)
    record(session, actor, "settings:compliance", organisation_id=actor.organisation_id, name=document.name,
           version=document.version)  # fmt: skip
    return document


async def current_versions(session: ReadSession, actor: Actor) -> dict[Slot, ComplianceDocument | None]:
    """What is in use for each slot of the country, None where there is nothing yet. Staff only."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    rows = await session.scalars(
        select(ComplianceDocument)
        .where(ComplianceDocument.organisation_id == actor.organisation_id, ComplianceDocument.retired_at.is_(None))
        .order_by(ComplianceDocument.created_at)
    )
    found = {row.slot: row for row in rows}
    return {slot: found.get(slot) for slot in SLOTS[Country(actor.country)]}


async def file_of_version(
    session: ReadSession, actor: Actor, document_id: UUID
) -> tuple[ComplianceDocument, StoredFile]:
    """A version of the person's own firm with its file. Staff only. Raises NotFound, FileHeld."""
    found = (
        await session.execute(
            select(ComplianceDocument, StoredFile)
            .join(StoredFile, StoredFile.id == ComplianceDocument.file_id)
            .where(ComplianceDocument.id == document_id, ComplianceDocument.organisation_id == actor.organisation_id)
        )
    ).one_or_none()
    if found is None or not actor.is_staff:
        raise NotFound("file")
    document, file = found
    return document, demand_readable(file)
