"""The firm's own version of the documents that clients must be given; each new deal gets the current ones."""

from collections.abc import Collection
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
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import ComplianceDocument, Document, Slot, StoredFile, UploaderKind
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
    """Put a new version into use. Deals that were made before keep theirs; one that has none gets it when somebody is
    invited to it.

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


async def give_versions(session: WriteSession, *deals: Deal, has: Collection[Slot] = ()) -> None:
    """The firm's own versions of the fixed documents, except those that these deals of it `has`: the same files."""
    rows = await session.execute(
        select(ComplianceDocument, Organisation.name)
        .join(Organisation, Organisation.id == ComplianceDocument.organisation_id)
        .where(ComplianceDocument.organisation_id == deals[0].organisation_id, ComplianceDocument.retired_at.is_(None))
    )
    session.add_all(
        [
            Document(
                deal_id=deal.id,
                file_id=own.file_id,
                name=own.name,
                slot=own.slot,
                slot_version=own.version,
                uploader_kind=UploaderKind.USER,
                uploader_id=deal.owner_id,
                uploader_name=firm,
                shared_with_client_at=utc_now(),
            )
            for own, firm in rows.all()
            for deal in deals
            if own.slot not in has
        ]
    )


async def versions_of_firm(session: ReadSession, organisation_id: UUID) -> dict[Slot, str]:
    """What each fixed document of the firm is called now, where clients can open it: slot to name and version."""
    rows = await session.execute(
        select(ComplianceDocument.slot, ComplianceDocument.name, ComplianceDocument.version)
        .join(StoredFile, StoredFile.id == ComplianceDocument.file_id)
        .where(
            ComplianceDocument.organisation_id == organisation_id,
            ComplianceDocument.retired_at.is_(None),
            StoredFile.scanned.not_in(HELD),
        )
    )
    return {slot: f"{name}, {version}" for slot, name, version in rows.all()}


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
