"""The only doors to a deal: every look starts from what this person may see."""

from uuid import UUID

from sqlalchemy import Select, exists, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.holding import holding
from salestrekker_portal.domains.deals.partners_see import shows_partners
from salestrekker_portal.domains.security_log.whence import not_for_them
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.partners import DealPartner


def visible_deals(actor: Actor) -> Select[Deal]:
    """Deals that this person may know of. Archived ones stay visible to staff only, and to partners those that are kept
    private: to go away would tell them how it ended."""
    mine = select(Deal).where(Deal.organisation_id == actor.organisation_id)
    if actor.portal is Portal.BROKER:
        return mine
    if actor.portal is Portal.CLIENT:
        return mine.where(Deal.archived_at.is_(None), Deal.id == actor.deal_id)
    follows = exists().where(DealPartner.deal_id == Deal.id, DealPartner.partner_id == actor.id)
    return mine.where(follows, or_(Deal.archived_at.is_(None), ~shows_partners(Deal.id)))


async def access_deal(session: ReadSession, actor: Actor, deal_id: UUID, permission: Permission) -> Deal:
    """The deal, if this person may do this to it. In a transaction it is held until the end.

    Raises NotFound (absent or hidden) or NotPermitted.
    """
    deal = (await session.scalars(holding(session, visible_deals(actor).where(Deal.id == deal_id)))).one_or_none()
    if deal is None:
        not_for_them("deal")
        raise NotFound("deal")
    demand(actor, permission)
    return deal


async def applicants_of(session: ReadSession, deal_id: UUID) -> list[tuple[DealApplicant, Contact]]:
    """Who takes part in a deal that has been accessed already, the primary applicant first."""
    rows = await session.execute(
        select(DealApplicant, Contact)
        .join(Contact, Contact.id == DealApplicant.contact_id)
        .where(DealApplicant.deal_id == deal_id)
        .order_by(DealApplicant.position, DealApplicant.created_at)
    )
    return [(applicant, contact) for applicant, contact in rows]
