"""Which deals a partner follows."""

from uuid import UUID

from sqlalchemy import delete

from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.deals.partners_see import seen_of
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_on_the_board
from salestrekker_portal.domains.partners.service import managed
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.deals import PartnersSee
from salestrekker_portal.tables.partners import DealPartner

KEPT_PRIVATE = (
    "The client lets partners see nothing of this deal. Ask them first: they change it under Privacy on their page."
)


async def share_deal_with_partner(session: WriteSession, actor: Actor, deal_id: UUID, partner_id: UUID) -> None:
    """Put a deal on a partner's board and tell them. Sharing twice changes nothing.

    Raises NotFound, NotPermitted, Conflict when the partner is switched off, or the client lets partners see
    nothing.
    """
    deal = await access_deal(session, actor, deal_id, Permission.PARTNER_MANAGE)
    demand_on_the_board(deal)
    partner, membership = await managed(session, actor, partner_id)
    if membership.disabled_at is not None:
        raise Conflict(f"{partner.name} is switched off. Switch them on under Partners first.")
    if await session.get(DealPartner, (deal.id, partner.id)) is not None:
        return
    if await seen_of(session, deal.id) is PartnersSee.NOTHING:
        raise Conflict(KEPT_PRIVATE)
    session.add(DealPartner(deal_id=deal.id, partner_id=partner.id, shared_at=utc_now()))
    record(
        session,
        actor,
        "partner:shared",
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        subject_id=partner.id,
        partner=partner.name,
    )
    touch(session, partner_topic(partner.id))


async def stop_sharing_deal(session: WriteSession, actor: Actor, deal_id: UUID, partner_id: UUID) -> None:
    """Take a deal off a partner's board, at once. What they wrote stays with the deal."""
    deal = await access_deal(session, actor, deal_id, Permission.PARTNER_MANAGE)
    partner, _ = await managed(session, actor, partner_id)
    gone = await session.execute(
        delete(DealPartner).where(DealPartner.deal_id == deal.id, DealPartner.partner_id == partner.id)
    )
    if changed_by(gone):
        organisation_id = deal.organisation_id
        record(
            session, actor, "partner:unshared", organisation_id=organisation_id, deal_id=deal.id,
            partner=partner.name,
        )  # fmt: skip
        touch(session, partner_topic(partner.id))
