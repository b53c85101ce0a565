"""What comes with the morning: yesterday's summary at 7 where each person is; where the firm is, the seals of its
logs at 6, for its admins, reminders of dates at 9, then the month that is over, and chasers of what has not come.

Safe to call every minute and from several processes: what was given is written down in the same transaction.
"""

import logging
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, literal, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.chasing.rounds import chase_everybody, chasing_firms
from salestrekker_portal.domains.documents.queries import live_accesses
from salestrekker_portal.domains.documents.rules import OPEN_STATES
from salestrekker_portal.domains.documents.telling import tell_what_is_asked
from salestrekker_portal.domains.firm.log_keeping import mail_heads
from salestrekker_portal.domains.notices.words import sentence_of
from salestrekker_portal.domains.notifications.days import REMINDER_HOUR, SEALS_HOUR, SUMMARY_HOUR, day_if_after
from salestrekker_portal.domains.notifications.partner_days import LEADS_HOUR, promises_due, uncalled_leads
from salestrekker_portal.domains.notifications.partner_month import month_over, months_in_short
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import bounds_of, day_words, time_words
from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.notifications import Notice, Reminder, UserDelivery
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.workflows import Stage

log = logging.getLogger(__name__)

# What came due while nothing ran is still told, for a week; older news is none.
CAUGHT_UP = timedelta(days=7)
MOST_LINES = 60

_WHERE_THEY_ARE = func.coalesce(UserDelivery.time_zone, Organisation.time_zone)
_ZONES_OF_SUMMARIES = (
    select(Organisation.id, _WHERE_THEY_ARE)
    .join(UserDelivery, UserDelivery.organisation_id == Organisation.id)
    .where(UserDelivery.daily_summary.is_(True))
    .distinct()
)


async def keep_mornings() -> None:
    """Once round every firm: what its clock on the wall says is due."""
    async with reading() as session:
        firms = list((await session.execute(select(Organisation.id, Organisation.time_zone))).all())
        summaries = list((await session.execute(_ZONES_OF_SUMMARIES)).all())
    rounds = (
        (SEALS_HOUR, mail_heads, firms),
        (SUMMARY_HOUR, summarise, summaries),
        (REMINDER_HOUR, remind, firms),
        (REMINDER_HOUR, promises_due, firms),
        (LEADS_HOUR, uncalled_leads, firms),
    )
    for hour, give, places in rounds:
        for organisation_id, zone in places:
            day = day_if_after(utc_now(), zone, hour)
            if day is not None:
                await _once(f"{give.__name__}:{organisation_id}:{zone}:{day}", give, organisation_id, zone, day)
    for organisation_id, zone in firms:
        day = day_if_after(utc_now(), zone, REMINDER_HOUR)
        month = month_over(day) if day is not None else None
        if day is not None and month is not None:
            await _once(f"months_in_short:{organisation_id}:{month}", months_in_short, organisation_id, zone, day)
    # Last: whoever was reminded of a due day this morning gets no chaser as well.
    chasing = await chasing_firms()
    for organisation_id, zone in firms:
        day = day_if_after(utc_now(), zone, REMINDER_HOUR) if organisation_id in chasing else None
        if day is not None:
            await chase_everybody(organisation_id, zone, day)


async def _once(key: str, give, organisation_id: UUID, zone: str, day: date) -> None:
    """Do it, unless it has been done: the mark and the deed are kept together."""
    async with reading() as session:
        if await session.scalar(select(Reminder.id).where(Reminder.key == key)):
            return
    try:
        async with transaction() as session:
            session.add(Reminder(key=key))
            await session.flush()
            await give(session, organisation_id, zone, day)
    except Busy:
        log.info("%s was given by somebody else", key)


async def summarise(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """E-mail those who are in this zone and want a summary what they were to hear of the day before `day` (R-11)."""
    yesterday = day - timedelta(days=1)
    begin, end = bounds_of(yesterday, zone)
    organisation = await existing(session, Organisation, organisation_id)
    wanting = await session.execute(
        select(User, UserDelivery)
        .join(UserDelivery, UserDelivery.user_id == User.id)
        .join(Membership, (Membership.user_id == User.id) & (Membership.organisation_id == organisation_id))
        .join(Organisation, Organisation.id == UserDelivery.organisation_id)
        .where(
            UserDelivery.organisation_id == organisation_id,
            literal(zone) == _WHERE_THEY_ARE,
            # Whoever moved to another zone this morning has had it already.
            func.coalesce(UserDelivery.summarised_on, date.min) < yesterday,
            UserDelivery.daily_summary.is_(True),
            Membership.disabled_at.is_(None),
        )
    )
    for user, delivery in list(wanting):
        rows = await session.execute(
            select(Notice, Deal.name)
            .outerjoin(Deal, Deal.id == Notice.deal_id)
            .where(
                Notice.recipient_id == user.id,
                Notice.organisation_id == organisation_id,
                Notice.in_summary.is_(True),
                Notice.created_at >= begin,
                Notice.created_at < end,
            )
            .order_by(Notice.created_at)
        )
        news = [(notice, name or "") for notice, name in rows]
        delivery.summarised_on = yesterday
        if news:
            _send_summary(session, organisation, user, zone, yesterday, news)


def _send_summary(
    session: WriteSession, organisation: Organisation, user: User, zone: str, day: date, news: list[tuple[Notice, str]]
) -> None:
    lines: list[str] = []
    for deal in dict.fromkeys(name for _, name in news):
        lines.append(f"{deal or organisation.name}:")
        lines += [
            f"• {sentence_of(notice)}, {time_words(notice.created_at, zone)}" for notice, name in news if name == deal
        ]
    left = len(lines) - MOST_LINES
    if left > 0:
        lines = [*lines[:MOST_LINES], f"And {counted(left, 'more line')}, in the portal."]
    things = counted(len(news), "thing")
    enqueue(
        session,
        organisation_id=organisation.id,
        kind="notice.daily_summary",
        channel=Channel.EMAIL,
        recipient=user.email,
        recipient_name=user.name,
        cause=news[-1][0].id,
        content=Content(
            sender=f"{organisation.name} portal",
            firm=organisation.name,
            subject=f"{things} on {day_words(day)}",
            paragraphs=[f"Hello {user.first_name},", f"This happened on {day_words(day)}:", *lines],
            link_label="Open notifications",
            link=f"{settings().public_origin}/notifications",
        ),
    )


async def remind(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """Documents due today or tomorrow, deals expected to settle today, deals that went stale."""
    await _documents_due(session, organisation_id, day)
    await _settlements_due(session, organisation_id, day)
    await _gone_stale(session, organisation_id, zone, day)


async def _documents_due(session: WriteSession, organisation_id: UUID, day: date) -> None:
    rows = await session.execute(
        select(DocumentRequest, Deal)
        .join(Deal, Deal.id == DocumentRequest.deal_id)
        .where(
            Deal.organisation_id == organisation_id,
            Deal.locked_at.is_(None),
            Deal.archived_at.is_(None),
            DocumentRequest.due_on.in_((day, day + timedelta(days=1))),
            DocumentRequest.sent_at.is_not(None),
            DocumentRequest.withdrawn_at.is_(None),
            DocumentRequest.state.in_(OPEN_STATES),
        )
        .order_by(DocumentRequest.position)
    )
    due: dict[tuple[UUID, date], list[DocumentRequest]] = {}
    deals = {}
    for request, deal in rows:
        deals[deal.id] = deal
        if request.due_on is not None:
            due.setdefault((deal.id, request.due_on), []).append(request)
    for (deal_id, on), requests in due.items():
        accesses = await live_accesses(session, deal_id)
        facts = {"due_on": on.isoformat()}
        await tell_what_is_asked(session, "document_due", deals[deal_id], accesses, requests, "", facts)


async def _settlements_due(session: WriteSession, organisation_id: UUID, day: date) -> None:
    found = select(Deal).where(
        Deal.organisation_id == organisation_id,
        Deal.expected_settlement_on.between(day - CAUGHT_UP, day),
        Deal.locked_at.is_(None),
        Deal.archived_at.is_(None),
    )
    for deal in list(await session.scalars(found)):
        if await _first_time(session, f"settlement:{deal.id}:{deal.expected_settlement_on}"):
            record(session, None, "deal:settlement_due", organisation_id=organisation_id, deal_id=deal.id)


async def _gone_stale(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """Once for each stay in a stage: as many local days as the stage allows have passed."""
    begin, _ = bounds_of(day, zone)
    rows = await session.execute(
        select(Deal, Stage)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(
            Deal.organisation_id == organisation_id,
            Deal.locked_at.is_(None),
            Deal.archived_at.is_(None),
            Stage.stale_days > 0,
            Deal.stage_entered_at < begin,
        )
    )
    for deal, stage in list(rows):
        days = (begin - deal.stage_entered_at).days + 1
        newly = stage.stale_days < days <= stage.stale_days + CAUGHT_UP.days
        if newly and await _first_time(session, f"stale:{deal.id}:{deal.stage_entered_at.isoformat()}"):
            record(session, None, "deal:stale", organisation_id=organisation_id, deal_id=deal.id, stage=stage.name,
                   days=days)  # fmt: skip


async def _first_time(session: WriteSession, key: str) -> bool:
    """Whether this was not given before; from now on it was."""
    if await session.scalar(select(Reminder.id).where(Reminder.key == key)):
        return False
    session.add(Reminder(key=key))
    await session.flush()
    return True
