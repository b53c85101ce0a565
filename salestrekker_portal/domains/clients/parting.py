"""Taking two contacts apart again that were merged."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients.merge_parts import (
    MOVE_ALONE,
    MOVES,
    become,
    deals_of,
    named_in_a_fact_find,
    tell_deals_of_both,
)
from salestrekker_portal.domains.contacts.queries import both_held
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.merges import ContactMerge
from salestrekker_portal.tables.portal_access import PortalAccess

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
KEPT, GONE = aliased(Contact), aliased(Contact)

UNDO_FOR = timedelta(days=30)

MERGED_SINCE = "{kept} is merged into somebody else by now. Take those two apart first."
TOO_LATE = "They are two already, or it was more than 30 days ago. Change the contact, or add the other one again."
BUILT_ON = "{kept} has been invited to “{deal}” or told something there since. That is theirs now, so the two stay one."


async def merges_of(
    session: ReadSession, actor: Actor, contact_id: UUID
) -> list[tuple[ContactMerge, Contact, Contact]]:
    """Merges of the last 30 days that this contact stayed or went in, with (kept, gone), the newest first."""
    demand(actor, Permission.CONTACT_READ)
    mine = (
        ContactMerge.organisation_id == actor.organisation_id,
        or_(ContactMerge.kept_id == contact_id, ContactMerge.gone_id == contact_id),
        ContactMerge.undone_at.is_(None),
        ContactMerge.created_at > utc_now() - UNDO_FOR,
    )
    found = (
        select(ContactMerge, KEPT, GONE)
        .join(KEPT, KEPT.id == ContactMerge.kept_id)
        .join(GONE, GONE.id == ContactMerge.gone_id)
        .where(*mine)
        .order_by(ContactMerge.created_at.desc())
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(found)]


async def take_apart(session: WriteSession, actor: Actor, merge_id: UUID) -> ContactMerge:
    """Two contacts again, each with what was theirs. What somebody changed since stays as they wanted it.

    Raises NotFound, NotPermitted, Conflict (too late, taken apart already, or the one that stayed is merged into
    somebody else or has been invited to one of the moved deals since).
    """
    merge = await _merge_of_mine(session, actor, merge_id)
    await hold_deals(session, deals_of(merge.kept_id))
    kept, gone = await both_held(session, actor, merge.kept_id, merge.gone_id)
    await session.refresh(merge, with_for_update=HOLD)
    if merge.undone_at is not None or merge.created_at <= utc_now() - UNDO_FOR:
        raise Conflict(TOO_LATE)
    if kept.archived_at is not None:
        # Their deals are a third one's now: nothing would come back.
        raise Conflict(MERGED_SINCE.format(kept=kept.name))
    deal_ids = await _moved_deals(session, merge, kept)
    await _demand_not_built_on(session, deal_ids, kept)
    for model in MOVES:
        # By deal: what was asked for, filed or noted there since goes along, for `kept` is in it no more.
        mine = (model.deal_id.in_(deal_ids), model.contact_id == kept.id)
        await session.execute(update(model).where(*mine).values(contact_id=gone.id))
    for alone in MOVE_ALONE:
        ids = [UUID(each) for each in merge.moved.get(alone.__tablename__, [])]
        theirs = (alone.id.in_(ids), alone.contact_id == kept.id)
        await session.execute(update(alone).where(*theirs).values(contact_id=gone.id))
    back = {name: merge.was[name] for name in merge.was if getattr(kept, name) == merge.became[name]}
    await become(session, actor, kept, back)
    if "mobile" in back and kept.sms_opted_out_at == gone.sms_opted_out_at:
        # That STOP came from the other's number.
        kept.sms_opted_out_at = None
    gone.archived_at, merge.undone_at = None, utc_now()
    await tell_deals_of_both(session, actor, "taken_apart", kept, gone)
    return merge


async def _merge_of_mine(session: WriteSession, actor: Actor, merge_id: UUID) -> ContactMerge:
    demand(actor, Permission.CONTACT_WRITE)
    mine = (ContactMerge.id == merge_id, ContactMerge.organisation_id == actor.organisation_id)
    merge = (await session.scalars(select(ContactMerge).where(*mine))).one_or_none()
    if merge is None:
        raise NotFound("merge")
    return merge


async def _moved_deals(session: WriteSession, merge: ContactMerge, kept: Contact) -> list[UUID]:
    """Deals that came with the one that went, and that the one that stayed is still in."""
    ids = [UUID(each) for each in merge.moved.get(DealApplicant.__tablename__, [])]
    return list(await session.scalars(deals_of(kept.id).where(DealApplicant.id.in_(ids))))


async def _demand_not_built_on(session: WriteSession, deal_ids: list[UUID], kept: Contact) -> None:
    invited = select(Deal.name).join(PortalAccess, PortalAccess.deal_id == Deal.id)
    invited = invited.where(Deal.id.in_(deal_ids), PortalAccess.contact_id == kept.id).limit(1)
    deal = await session.scalar(invited) or await named_in_a_fact_find(session, kept.id, deal_ids)
    if deal:
        raise Conflict(BUILT_ON.format(kept=kept.name, deal=deal))
