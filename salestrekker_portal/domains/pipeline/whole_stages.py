"""What happens to all deals of some stages at once; the number of statements does not grow with the deals."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, partner_topic, record
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.pipeline.moving import Surroundings, enter_stage
from salestrekker_portal.domains.portal_access.ending import revoke_in_deals
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import Stage


def _open_in(actor: Actor, stage_ids: Sequence[UUID]) -> tuple:
    return (
        Deal.organisation_id == actor.organisation_id,
        Deal.stage_id.in_(stage_ids),
        Deal.archived_at.is_(None),
        Deal.locked_at.is_(None),
    )


async def move_all(session: WriteSession, actor: Actor, stage_ids: Sequence[UUID], target: Stage) -> int:
    """Put every open deal of these stages on top of `target`, in their order; how many. Raises NotPermitted.

    Each deal's own record, figures and live topics are written as when it is moved by hand.
    """
    demand(actor, Permission.DEAL_MOVE)
    rows = await _rows(session, actor, stage_ids)
    followers = await _followers(session, [row[0].id for row in rows])
    top = await session.scalar(select(func.min(Deal.rank)).where(*_open_in(actor, [target.id])))
    # From the bottom up: each goes on top, so they arrive in their order.
    for deal, source in rows:
        deal.rank = top = rank.between(None, top)
        around = Surroundings(
            target=target,
            source_name=source.name,
            source_mode=source.fact_find,
            after_rank=None,
            next_rank=top,
            followers=frozenset(followers[deal.id]),
        )
        enter_stage(session, actor, deal, around)
        board_changed(session, deal.organisation_id, deal.id, placed=True)
    await session.flush()
    return len(rows)


async def archive_all(session: WriteSession, actor: Actor, stage_ids: Sequence[UUID]) -> int:
    """Archive every open deal of these stages; how many. Raises NotPermitted.

    The access of their clients ends, as when a deal is archived by hand.
    """
    demand(actor, Permission.DEAL_SETTLE)
    rows = await _rows(session, actor, stage_ids)
    ended = await revoke_in_deals(session, actor, [row[0].id for row in rows], "the deal was archived")
    for deal, _ in rows:
        deal.archived_at = utc_now()
        count = ended.get(deal.id, 0)
        if count:
            deal_touched(session, deal.id)
        record(
            session, actor, "deal:archived", organisation_id=deal.organisation_id, deal_id=deal.id,
            accesses_ended=count,
        )  # fmt: skip
        board_changed(session, deal.organisation_id, deal.id, placed=True)
    await session.flush()
    return len(rows)


async def _rows(session: WriteSession, actor: Actor, stage_ids: Sequence[UUID]) -> list[tuple[Deal, Stage]]:
    """The open deals with their stages, from the bottom up."""
    await hold_deals(session, select(Deal.id).where(*_open_in(actor, stage_ids)))
    found = await session.execute(
        select(Deal, Stage)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(*_open_in(actor, stage_ids))
        .order_by(Deal.rank.desc(), Deal.id.desc())
    )
    return [(deal, stage) for deal, stage in found]


async def _followers(session: WriteSession, deal_ids: list[UUID]) -> dict[UUID, set[str]]:
    """The live topics of the partners and clients who follow each deal."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for start in range(0, len(deal_ids), 1000):
        some = deal_ids[start : start + 1000]
        partners = select(DealPartner.deal_id, DealPartner.partner_id).where(DealPartner.deal_id.in_(some))
        for deal_id, partner_id in await session.execute(partners):
            found[deal_id].add(partner_topic(partner_id))
        accesses = select(PortalAccess.deal_id, PortalAccess.id).where(
            PortalAccess.deal_id.in_(some), PortalAccess.revoked_at.is_(None)
        )
        for deal_id, access_id in await session.execute(accesses):
            found[deal_id].add(access_topic(access_id))
    return found
