"""The worker's rounds: from what happened to notices, and from notices that are due to messages.

Each row is dealt with in a transaction of its own, which also marks it: a crash repeats nothing and loses nothing.
"""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic, touch, user_topic
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.documents.sending import send_what_waits
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notices.causes import OUTCOMES, events_of
from salestrekker_portal.domains.notices.service import Item, gather, join_open, notify
from salestrekker_portal.domains.notifications import sending
from salestrekker_portal.domains.notifications.audience import concerned
from salestrekker_portal.domains.notifications.recipients import recipient_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Audience, Notice
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.partners import DealPartner

log = logging.getLogger(__name__)

# News that is the update which a broker promised.
KEEPS_PROMISE = ("partner_note", "partner_stage", "partner_file", "partner_settled", "partner_ended")

# Short rounds: the lane can be stopped between two of them.
AT_ONCE = 20
# A row that can't be dealt with waits, so that it can't stop the others.
PUT_OFF = timedelta(hours=1)
SOON = timedelta(seconds=5)


async def tell_due() -> int:
    """One round: everything that is due now, some rows of each kind. Returns how many rows were dealt with."""
    now = utc_now()
    async with reading() as session:
        causes = list(await session.scalars(_due(Activity, Activity.tell_at, now)))
        notices = list(await session.scalars(_due(Notice, Notice.send_at, now)))
    for key in causes:
        await _one(Activity, Activity.tell_at, key, _tell)
    for key in notices:
        await _one(Notice, Notice.send_at, key, sending.send)
    return len(causes) + len(notices)


def _due(table, column, now):
    return select(table.id).where(column <= now).order_by(column, table.id).limit(AT_ONCE)


async def _one(table, column, key: UUID, deal_with) -> None:
    """Deal with one row, unless somebody else has meanwhile."""
    try:
        async with transaction() as session:
            mine = (
                select(table)
                .where(table.id == key, column <= utc_now())
                .with_for_update(skip_locked=True, key_share=True)
            )
            row = (await session.scalars(mine)).one_or_none()
            if row is not None:
                await deal_with(session, row)
    except Busy:
        # Two workers made the same notice at the same moment: it is there now, and more joins it.
        await _put_off(table, column, key, SOON)
    except Exception:
        log.exception("%s %s could not be told", table.__tablename__, key)
        await _put_off(table, column, key, PUT_OFF)


async def _put_off(table, column, key: UUID, wait: timedelta) -> None:
    async with transaction() as session:
        mine = update(table).where(table.id == key, column.is_not(None))
        await session.execute(mine.values({column: utc_now() + wait}))


async def _tell(session: WriteSession, activity: Activity) -> None:
    """Make a notice for everybody whom this concerns."""
    activity.tell_at = None
    events = events_of(activity.kind, activity.actor_kind, activity.facts or {})
    deal = await session.get(Deal, activity.deal_id) if activity.deal_id else None
    organisation = await existing(session, Organisation, activity.organisation_id)
    for key in events:
        if key == "documents_added":
            await _ask_for_what_waits(session, activity)
            continue
        event = BY_KEY[key]
        for recipient_id in await concerned(session, event, activity, deal):
            await _tell_one(session, event, activity, organisation, deal, recipient_id)


def _author(activity: Activity) -> str:
    """Who people read that it comes from: a person, where an automation acted for one."""
    return str(activity.facts.get("acts_for") or activity.actor_name)


async def _ask_for_what_waits(session: WriteSession, activity: Activity) -> None:
    """Documents were added one by one: the last of them speaks for all (L21)."""
    later = exists().where(
        Activity.deal_id == activity.deal_id,
        Activity.kind == activity.kind,
        Activity.tell_at.is_not(None),
        or_(Activity.created_at > activity.created_at, Activity.id > activity.id),
        Activity.id != activity.id,
    )
    if activity.deal_id is not None and not await session.scalar(select(later)):
        await send_what_waits(session, activity.deal_id, _author(activity))


async def _tell_one(
    session: WriteSession,
    event: Event,
    activity: Activity,
    organisation: Organisation,
    deal: Deal | None,
    recipient_id: UUID,
) -> None:
    batch = f"{event.key}:{activity.deal_id}:{recipient_id}:{activity.actor_id}"
    items = _items(event, activity)
    notice = await join_open(session, batch, items, event.settles) if event.settles else None
    if notice is None:
        notice = notify(
            session,
            event.key,
            organisation_id=activity.organisation_id,
            recipient_id=recipient_id,
            deal_id=activity.deal_id,
            author=_author(activity),
            items=items,
            facts=_facts(activity),
            wait=event.settles,
            batch=batch if event.settles else "",
        )
    if event.audience is Audience.STAFF:
        recipient = await recipient_of(session, event, organisation, deal, recipient_id)
        notice.bell = recipient is not None and recipient.wanted.bell
        if notice.bell:
            touch(session, user_topic(recipient_id))
    if event.audience is Audience.PARTNER:
        # Everything that the firm lets them be told of stands in their bell, whatever they want by e-mail or text.
        recipient = await recipient_of(session, event, organisation, deal, recipient_id)
        person = recipient.person if recipient is not None and recipient.firm.allows else None
        notice.bell = person is not None and not person.lost_sight and not person.kept_private
        if notice.bell:
            touch(session, partner_topic(recipient_id))
        if notice.bell and event.key in KEEPS_PROMISE and activity.deal_id is not None:
            await _promise_kept(session, activity.organisation_id, activity.deal_id, recipient_id)
    await session.flush()
    await gather(session, notice)


async def _promise_kept(session: WriteSession, organisation_id: UUID, deal_id: UUID, partner_id: UUID) -> None:
    """A partner who has been told something waits for nothing any more; open boards and the deal hear of it."""
    owed = update(DealPartner).where(
        DealPartner.deal_id == deal_id, DealPartner.partner_id == partner_id, DealPartner.promised_for.is_not(None)
    )
    kept = await session.execute(owed.values(promised_for=None, nudged_at=None).returning(DealPartner.deal_id))
    if kept.first() is not None:
        touch(session, deal_topic(deal_id))
        board_changed(session, organisation_id, deal_id)


def _facts(activity: Activity) -> dict[str, object]:
    outcome = OUTCOMES.get(activity.kind)
    return {**(activity.facts or {}), **({"outcome": outcome} if outcome else {})}


def _items(event: Event, activity: Activity) -> list[Item]:
    """The thing itself, by name where it has one; of a document also why, since several of them come together."""
    facts = activity.facts or {}
    why = str(facts.get("reason") or "") if activity.kind.startswith("request:") else ""
    return [(activity.subject_id, str(facts.get("name", "")), why)]
