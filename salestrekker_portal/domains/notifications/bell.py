"""One's own bell: what is new, and having seen it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select, update

from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import partner_topic, touch, user_topic
from salestrekker_portal.domains.deals.partners_see import shows_partners
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.partners import DealPartner

PAGE_SIZE = 40
# Beyond this the bell says "99+".
MOST_COUNTED = 100


def _mine(actor: Actor):
    """The lines of this person's bell, in this firm; of a partner, on deals that they still follow, as long as the
    clients let partners see anything.

    Raises NotPermitted for clients, whose news is their page.
    """
    if actor.is_client:
        raise NotPermitted("Only the brokerage and its partners have notifications.")
    mine = (Notice.recipient_id == actor.id, Notice.organisation_id == actor.organisation_id, Notice.bell.is_(True))
    if actor.is_staff:
        return mine
    follows = exists().where(DealPartner.deal_id == Notice.deal_id, DealPartner.partner_id == actor.id)
    return (*mine, follows, shows_partners(Notice.deal_id))


async def unread_count(session: ReadSession, actor: Actor) -> int:
    """How many lines were not read yet, up to `MOST_COUNTED`. Raises NotPermitted."""
    unread = select(Notice.id).where(*_mine(actor), Notice.read_at.is_(None)).limit(MOST_COUNTED)
    return int(await session.scalar(select(func.count()).select_from(unread.subquery())) or 0)


async def news_of(
    session: ReadSession, actor: Actor, *, before: datetime | None = None, unread_only: bool = False
) -> list[tuple[Notice, str]]:
    """Lines with the names of their deals, newest first, a page at a time. Raises NotPermitted."""
    name = Deal.name if actor.is_staff else func.coalesce(func.nullif(Deal.clients_line, ""), Deal.name)
    found = select(Notice, name).outerjoin(Deal, Deal.id == Notice.deal_id).where(*_mine(actor))
    if before is not None:
        found = found.where(Notice.created_at < before)
    if unread_only:
        found = found.where(Notice.read_at.is_(None))
    rows = await session.execute(found.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(PAGE_SIZE))
    return [(notice, about or "") for notice, about in rows]


async def mark_read(session: WriteSession, actor: Actor, notice_id: UUID, *, on: bool = True) -> Notice:
    """This line has been seen, or is new again. Raises NotFound for somebody else's, NotPermitted."""
    notice = (await session.scalars(select(Notice).where(*_mine(actor), Notice.id == notice_id))).one_or_none()
    if notice is None:
        raise NotFound("notification")
    if (notice.read_at is not None) != on:
        notice.read_at = utc_now() if on else None
        touch(session, _topic(actor))
    return notice


async def mark_all_read(session: WriteSession, actor: Actor) -> int:
    """Everything has been seen; returns how much of it was new. Raises NotPermitted."""
    changed = await session.execute(
        update(Notice).where(*_mine(actor), Notice.read_at.is_(None)).values(read_at=utc_now())
    )
    touch(session, _topic(actor))
    return changed_by(changed)


async def mark_deal_read(session: WriteSession, actor: Actor, deal_id: UUID) -> int:
    """Whoever opened a deal has seen the news of it; returns how much of it was new. Raises NotPermitted."""
    new = update(Notice).where(*_mine(actor), Notice.deal_id == deal_id, Notice.read_at.is_(None))
    changed = changed_by(await session.execute(new.values(read_at=utc_now())))
    if changed:
        touch(session, _topic(actor))
    return changed


async def deals_with_news(session: ReadSession, actor: Actor) -> set[UUID]:
    """The deals of which something in the bell is new. Raises NotPermitted."""
    found = await session.scalars(select(Notice.deal_id).where(*_mine(actor), Notice.read_at.is_(None)).distinct())
    return {deal_id for deal_id in found if deal_id is not None}


def _topic(actor: Actor) -> str:
    return partner_topic(actor.id) if actor.is_partner else user_topic(actor.id)
