"""What has to be so before a file may be sent, asked of the database."""

from uuid import UUID

from sqlalchemy import exists, func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.partners_see import seen_of
from salestrekker_portal.domains.documents.rules import MOST_WITH_NOTE
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.deals import DealApplicant, PartnersSee
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.organisations import PartnerPortalSettings

NO_PARTNER_FILES = "This brokerage has switched off files from partners. Call your broker instead."
KEPT_PRIVATE = "Your client keeps this deal private, so files can’t be added here. E-mail them to your broker."


async def demand_few_drafts(session: ReadSession, actor: Actor, deal_id: UUID) -> None:
    """Not more files with one message than a message takes. Raises Conflict."""
    drafts = select(func.count()).where(
        Document.deal_id == deal_id,
        Document.uploader_id == actor.id,
        Document.drafted_at.is_not(None),
        Document.removed_at.is_(None),
    )
    if int(await session.scalar(drafts.select_from(Document)) or 0) >= MOST_WITH_NOTE:
        raise Conflict(f"Send at most {MOST_WITH_NOTE} files with one message. Send the rest with another.")


async def takes_part(session: ReadSession, deal_id: UUID, contact_id: UUID) -> bool:
    """Whether this contact is an applicant of a deal that has been accessed already."""
    takes = exists().where(DealApplicant.deal_id == deal_id, DealApplicant.contact_id == contact_id)
    return bool(await session.scalar(select(takes)))


async def demand_partners_may_add(session: ReadSession, organisation_id: UUID, deal_id: UUID) -> None:
    """The firm takes files from partners, and the clients let them see something. Raises NotPermitted, Conflict."""
    allowed = await session.scalar(
        select(PartnerPortalSettings.can_add_files).where(PartnerPortalSettings.organisation_id == organisation_id)
    )
    if allowed is False:
        raise NotPermitted(NO_PARTNER_FILES)
    if await seen_of(session, deal_id) is PartnersSee.NOTHING:
        raise Conflict(KEPT_PRIVATE)
