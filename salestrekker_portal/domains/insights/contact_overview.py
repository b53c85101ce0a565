"""What the page of one contact reads."""

from typing import NamedTuple
from uuid import UUID

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.pipeline.stopping import status_words
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant
from salestrekker_portal.tables.workflows import Stage

MOST_DEALS = 100


class DealOfContact(NamedTuple):
    """A deal, the contact's part in it, and where it stands: its stage, or how it ended."""

    deal: Deal
    role: ApplicantRole
    state: str


async def deals_of_contact(session: ReadSession, actor: Actor, contact_id: UUID) -> list[DealOfContact]:
    """Every deal of a contact who has been accessed already, the newest first: at most `MOST_DEALS`, and one more as a
    sign that there are more. One statement."""
    rows = await session.execute(
        visible_deals(actor)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(DealApplicant.contact_id == contact_id)
        .with_only_columns(Deal, DealApplicant.role, Stage.name)
        .order_by(Deal.id.desc())
        .limit(MOST_DEALS + 1)
    )
    return [
        DealOfContact(deal, role, stage if not (deal.locked_at or deal.archived_at) else status_words(deal))
        for deal, role, stage in rows
    ]
