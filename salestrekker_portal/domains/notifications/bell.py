"""One's own bell: what is new, and having seen it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import touch, user_topic
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Notice

PAGE_SIZE = 40
# Beyond this the bell says "99+".
MOST_COUNTED = 100


def _mine(actor: Actor):
    """The lines of this person's bell, in this firm. Raises NotPermitted for anybody but staff."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage has notifications.")
    return (Notice.recipient_id == actor.id, Notice.organisation_id == actor.organisation_id, Notice.bell.is_(True))


async def unread_count(session: ReadSession, actor: Actor) -> int:
    """How many lines were not read yet, up to `MOST_COUNTED`. Raises NotPermitted."""
    unread = select(Notice.id).where(*_mine(actor), Notice.read_at.is_(None)).limit(MOST_COUNTED)
    return int(await session.scalar(select(func.count()).select_from(unread.subquery())) or 0)


async def news_of(
    session: ReadSession, actor: Actor, *, before: datetime | None = None, unread_only: bool = False
) -> list[tuple[Notice, str]]:
    """Lines with the names of their deals, newest first, a page at a time. Raises NotPermitted."""
    found = select(Notice, Deal.name).outerjoin(Deal, Deal.id == Notice.deal_id).where(*_mine(actor))
    if before is not None:
        found = found.where(Notice.created_at < before)
    if unread_only:
        found = found.where(Notice.read_at.is_(None))
    rows = await session.execute(found.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(PAGE_SIZE))
    return [(notice, name or "") for notice, name in rows]


async def mark_read(session: WriteSession, actor: Actor, notice_id: UUID, *, on: bool = True) -> Notice:
    """This line has been seen, or is new again. Raises NotFound for somebody else's, NotPermitted."""
    notice = (await session.scalars(select(Notice).where(*_mine(actor), Notice.id == notice_id))).one_or_none()
    if notice is None:
        raise NotFound("notification")
    if (notice.read_at is not None) != on:
        notice.read_at = utc_now() if on else None
        touch(session, user_topic(actor.id))
    return notice


async def mark_all_read(session: WriteSession, actor: Actor) -> int:
    """Everything has been seen; returns how much of it was new. Raises NotPermitted."""
    changed = await session.execute(
        update(Notice).where(*_mine(actor), Notice.read_at.is_(None)).values(read_at=utc_now())
    )
    touch(session, user_topic(actor.id))
    return changed_by(changed)
