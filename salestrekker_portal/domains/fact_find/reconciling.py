"""Each night every open deal's kept figures are worked out anew: a difference is repaired, and logged as a fault."""

import logging
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.figures import deal_touched, keep_figures, lines_touched
from salestrekker_portal.domains.fact_find.figures import count_profile
from salestrekker_portal.tables.deals import Deal

log = logging.getLogger(__name__)

KEPT = (
    "portal_state", "profile_pct", "documents_asked", "documents_in", "move", "clients_line", "labels_line",
    "told_figures", "written_lvr",
)  # fmt: skip
PAGE = 500


async def reconcile_figures() -> dict[UUID, list[str]]:
    """The deals that had drifted, with the figures that were wrong. One short transaction a deal.

    A deal whose profile is still to be counted is counted, which is no fault.
    """
    drifted: dict[UUID, list[str]] = {}
    last: UUID | None = None
    while page := await _after(last):
        for last in page:
            if wrong := await figures_wrong_in(last):
                drifted[last] = wrong
                log.error("the figures of deal %s had drifted and were repaired: %s", last, ", ".join(wrong))
    return drifted


async def _after(last: UUID | None) -> list[UUID]:
    open_deals = select(Deal.id).where(Deal.archived_at.is_(None), Deal.locked_at.is_(None)).order_by(Deal.id)
    async with reading() as session:
        return list(await session.scalars((open_deals.where(Deal.id > last) if last else open_deals).limit(PAGE)))


async def figures_wrong_in(deal_id: UUID) -> list[str]:
    """Count one deal's figures anew, in a transaction of its own, and keep them; the names of those that were wrong."""
    async with transaction() as session:
        deal = await session.get(Deal, deal_id)
        if deal is None:
            return []
        before, due = {name: getattr(deal, name) for name in KEPT}, deal.profile_due_at is not None
        await count_profile(session, deal_id)
        deal_touched(session, deal_id)
        lines_touched(session, deal_id, clients=True, labels=True)
        await keep_figures(session)
        # What clients told is added up as of a day: an age or a dated rule makes it another without anybody's fault.
        counted = {"told_figures", "profile_pct", "move"} if due else {"told_figures"}
        return [name for name in KEPT if getattr(deal, name) != before[name] and name not in counted]
