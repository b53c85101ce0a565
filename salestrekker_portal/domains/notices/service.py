"""The door of the engine: a piece of news for one person, kept with what caused it and sent by the worker.

Most causes need not come here: the worker reads them from the activities (see `rounds.py`). A cause that knows
its recipient better than the catalogue does calls `notify` in its own transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.database.waking import NOTICES, wake_after
from salestrekker_portal.domains.notices.catalogue import AT_ONCE, BY_KEY
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.notifications import Notice

MOST_ITEMS = 300
# From the first piece of news to the message that tells of all of them.
LONGEST = timedelta(minutes=5)
# What it is about, its name, and why where somebody said so: of several, each has a reason of its own.
Item = tuple[UUID | str | None, str] | tuple[UUID | str | None, str, str]


def notify(
    session: WriteSession,
    event: str,
    *,
    organisation_id: UUID,
    recipient_id: UUID,
    deal_id: UUID | None = None,
    author: str = "",
    items: Iterable[Item] = (),
    facts: Mapping[str, object] | None = None,
    wait: timedelta = AT_ONCE,
    batch: str = "",
) -> Notice:
    """Have one person told, `wait` from now. `recipient_id` is the user, the client's access, or the partner.

    Whether and how they are told is decided when it is due, by what everybody has chosen then. One INSERT.
    """
    notice = Notice(
        organisation_id=organisation_id,
        deal_id=deal_id,
        audience=BY_KEY[event].audience,
        recipient_id=recipient_id,
        event=event,
        author=author,
        items=_packed(items),
        facts=dict(facts or {}),
        batch=batch or str(new_id()),
        send_at=utc_now() + wait,
    )
    session.add(notice)
    if not wait:
        wake_after(session, NOTICES)
    return notice


def _packed(items: Iterable[Item]) -> list[dict[str, str]]:
    return [
        {"id": str(key or ""), "name": name, **({"why": why[0]} if why and why[0] else {})} for key, name, *why in items
    ][:MOST_ITEMS]


async def join_open(session: WriteSession, batch: str, items: Iterable[Item], wait: timedelta) -> Notice | None:
    """Add to a notice of this batch that has not been sent yet, and let it wait anew; None when there is none."""
    found = select(Notice).where(Notice.batch == batch, Notice.send_at.is_not(None)).with_for_update(key_share=True)
    notice = (await session.scalars(found)).one_or_none()
    if notice is None:
        return None
    notice.items = [*notice.items, *_packed(items)][:MOST_ITEMS]
    notice.happened_at, notice.read_at = utc_now(), None
    notice.send_at = min(utc_now() + wait, notice.created_at + LONGEST)
    return notice


async def gather(session: WriteSession, notice: Notice) -> None:
    """Let everything that waits for this person leave together: when the last of it has settled, and `LONGEST` after
    the first at the latest. What goes at once goes at once, and takes the rest along (`sending.py`).
    """
    now = utc_now()
    if notice.send_at is None or notice.send_at <= now:
        return
    others = select(Notice).where(*waits_for(notice), Notice.send_at > now)
    found = await session.scalars(others.with_for_update(key_share=True))
    waiting = [each for each in found if not is_put_off(each)]
    if not waiting:
        return
    together = [notice, *waiting]
    due = max(each.send_at for each in together if each.send_at is not None)
    due = min(due, min(each.created_at for each in together) + LONGEST)
    for each in together:
        each.send_at = due


def is_put_off(notice: Notice) -> bool:
    """Whether this could not be told and is tried again later, alone: it must not keep other news from leaving."""
    return notice.send_at is not None and notice.send_at > notice.created_at + LONGEST


def waits_for(notice: Notice) -> tuple[ColumnElement[bool], ...]:
    """What else has not been sent yet to the same person of the same firm."""
    return (
        Notice.recipient_id == notice.recipient_id,
        Notice.organisation_id == notice.organisation_id,
        Notice.send_at.is_not(None),
        Notice.id != notice.id,
    )
