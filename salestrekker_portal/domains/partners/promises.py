"""What a broker promises a partner, and what each may press about it: called, next update by, nudge, thanks."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.partners.own_deals import deal_for_partner
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local, time_words, weekday_words
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.partners import DealPartner, Lead

# What a broker can promise: days from today, at four in the afternoon where the firm is.
IN_DAYS = {"0": "today", "1": "tomorrow", "3": "in 3 days", "7": "in a week", "14": "in 2 weeks"}
BY_HOUR = 16
TOO_LATE_TODAY = "It is past 4 pm, so an update today would be late already. Promise another day."
NOT_LATE = "This update isn’t late. Your broker promised it by {when}."


async def mark_called(session: WriteSession, actor: Actor, deal_id: UUID) -> bool:
    """Somebody called the people of a lead; its partner hears it. False when that was said before. Raises NotFound,
    NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    found = select(Lead).where(Lead.deal_id == deal.id).with_for_update(key_share=True)
    lead = (await session.scalars(found)).one_or_none()
    if lead is None:
        raise NotFound("lead")
    if lead.called_at is not None:
        return False
    lead.called_at, lead.called_by = utc_now(), actor.name
    record(session, actor, "lead:called", organisation_id=deal.organisation_id, deal_id=deal.id)
    return True


async def promise_update(
    session: WriteSession, actor: Actor, deal_id: UUID, partner_id: UUID, in_days: object
) -> datetime | None:
    """Promise a partner the next update by 4 pm of a day, or take the promise back (""). Raises Invalid (`promise`),
    NotFound, NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.PARTNER_MANAGE)
    if in_days not in ("", *IN_DAYS) or not isinstance(in_days, str):
        raise Invalid({"promise": "Choose one of the days shown."})
    row = await session.get(DealPartner, (deal.id, partner_id), with_for_update=HOLD)
    if row is None:
        raise NotFound("partner")
    today = local(utc_now(), actor.time_zone).date()
    due = due_by(today, int(in_days), actor.time_zone) if in_days else None
    if due is not None and due <= utc_now():
        raise Invalid({"promise": TOO_LATE_TODAY})
    row.promised_for = due
    row.nudged_at = None
    record(session, actor, "partner:promised", organisation_id=deal.organisation_id, deal_id=deal.id)
    touch(session, partner_topic(partner_id))
    board_changed(session, deal.organisation_id, deal.id)
    return row.promised_for


def due_by(today: date, days: int, zone: str) -> datetime:
    """Four in the afternoon of that day there, in UTC."""
    return datetime.combine(today + timedelta(days=days), time(BY_HOUR), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def promise_words(instant: datetime, zone: str) -> str:
    """Thursday 12 March, 4:00 pm."""
    return f"{weekday_words(local(instant, zone).date(), local(utc_now(), zone).date())}, {time_words(instant, zone)}"


async def followed(session: ReadSession, actor: Actor, deal_id: UUID, *, hold: bool = False) -> DealPartner:
    """This partner's own tie to a deal that they may see. Raises NotFound."""
    await deal_for_partner(session, actor, deal_id)
    row = await session.get(DealPartner, (deal_id, actor.id), with_for_update=HOLD if hold else None)
    if row is None:
        raise NotFound("deal")
    return row


async def nudge(session: WriteSession, actor: Actor, deal_id: UUID) -> bool:
    """Ask for an update that is late, once a promise; the deal's owner hears it. False when it was asked for already.

    Raises NotFound, Conflict while nothing is late.
    """
    row = await followed(session, actor, deal_id, hold=True)
    if row.promised_for is None:
        raise Conflict("Your broker promised no update by a day. Write them a note instead.")
    if row.promised_for > utc_now():
        raise Conflict(NOT_LATE.format(when=promise_words(row.promised_for, actor.time_zone)))
    if row.nudged_at is not None:
        return False
    row.nudged_at = utc_now()
    record(session, actor, "partner:nudged", organisation_id=actor.organisation_id, deal_id=deal_id)
    return True


async def thank(session: WriteSession, actor: Actor, deal_id: UUID) -> bool:
    """Thank the broker, once a deal. False when that was done. Raises NotFound."""
    row = await followed(session, actor, deal_id, hold=True)
    if row.thanked_at is not None:
        return False
    row.thanked_at = utc_now()
    record(session, actor, "partner:thanked", organisation_id=actor.organisation_id, deal_id=deal_id)
    return True
