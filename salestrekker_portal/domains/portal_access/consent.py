"""What a client reads and agrees to before anything is collected, and the receipt of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.documents.rules import SLOT_NAMES, SLOTS
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotSignedIn
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import Country, Organisation, PrivacyMode
from salestrekker_portal.tables.portal_access import ConsentRecord

PRIVACY = "Privacy disclosure"
CHANGED = "A document changed while you were reading. Look at the new version, then agree."


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One thing to read. `key` names the exact version; `document_id` or `url` opens it."""

    key: str
    slot: str
    name: str
    version: str
    document_id: str = ""
    url: str = ""


async def to_read(session: ReadSession, actor: Actor) -> list[Reading]:
    """What this client has to be given before they start, in its newest version."""
    deal = await session.get(Deal, actor.deal_id)
    if deal is None:
        raise NotSignedIn()
    settings = await queries.privacy_of(session, actor.organisation_id)
    url = settings.privacy_url if settings.privacy_mode is PrivacyMode.LINK else ""
    documents = await queries.slots_of(session, deal.id)
    page = Reading(key=f"link:{url}", slot="privacy_disclosure", name=PRIVACY, version="", url=url) if url else None
    # The page stands for the privacy disclosure only: the other papers have to be given all the same.
    return ([page] if page else []) + [
        Reading(
            key=f"document:{documents[slot].id}",
            slot=slot.value,
            name=SLOT_NAMES[slot],
            version=documents[slot].slot_version,
            document_id=str(documents[slot].id),
        )
        for slot in SLOTS[Country(actor.country)]
        if slot in documents and not (page and slot is Slot.PRIVACY_DISCLOSURE)
    ]


async def give_consent(session: WriteSession, actor: Actor, keys: list[str], *, address: str) -> ConsentRecord:
    """The client agrees to exactly what they were shown. Raises Conflict when that is no longer what holds."""
    access = await queries.held_access(session, actor.access_id)
    if access is None or access.revoked_at is not None:
        raise NotSignedIn()
    readings = await to_read(session, actor)
    if not readings or {reading.key for reading in readings} != set(keys):
        raise Conflict(CHANGED)
    now = utc_now()
    consent = ConsentRecord(
        access_id=access.id,
        documents=[
            {"name": each.name, "version": each.version, "slot": each.slot, "key": each.key} for each in readings
        ],
        from_address=address[:64],
        agreed_at=now,
    )
    session.add(consent)
    access.consented_at, access.last_seen_at = now, now
    record(session, actor, "portal_access:consented", organisation_id=access.organisation_id, deal_id=access.deal_id,
           documents=joined([_shown(each) for each in readings]))  # fmt: skip
    deal_touched(session, access.deal_id)
    touch(session, access_topic(access.id))
    return consent


def _shown(reading: Reading) -> str:
    """A paper with its version, or the page with its address: what was on the screen."""
    if reading.url:
        return f"the {reading.name} at {reading.url}"
    return f"the {reading.name} (version {reading.version})" if reading.version else f"the {reading.name}"


async def consents_of(session: ReadSession, access_id: UUID) -> list[ConsentRecord]:
    """The receipts of one client's access, newest first."""
    return list(
        await session.scalars(
            select(ConsentRecord).where(ConsentRecord.access_id == access_id).order_by(ConsentRecord.agreed_at.desc())
        )
    )


async def profile_comes_first(session: ReadSession, actor: Actor) -> bool:
    """Whether the first login leads to the fact find, before the dashboard (S1-04)."""
    deal = await session.get(Deal, actor.deal_id)
    organisation = await session.get(Organisation, actor.organisation_id)
    if deal is None or organisation is None:
        return False
    return (await queries.settings_for(session, organisation.id, deal.owner_id)).profile_at_first_login
