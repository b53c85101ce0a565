"""Which deals a board or a list shows: everything that a card knows, as conditions that an index answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.labels import DealLabel
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.workflows import Stage

MOST_DAYS = 3650
# A month of another century is nobody's settlement; the last one that there is has no month after it.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Settles(StrEnum):
    """When a deal is expected to settle, as somebody says it; a month is said as 2026-12."""

    OVERDUE = "overdue"
    THIS_MONTH = "this-month"
    NEXT_MONTH = "next-month"
    NOT_SET = "not-set"


@dataclass(frozen=True, kw_only=True)
class Between:
    """Days from the first to before the last; None is open. Both None: no day at all."""

    first: date | None = None
    before: date | None = None


@dataclass(frozen=True, kw_only=True)
class BoardFilter:
    """Which deals the board shows; the empty one shows all that are open.

    `news_for`: somebody who hasn't read yet what is new on the deal. `days`: at least so many in its stage. Amounts
    are cents.
    """

    owner_id: UUID | None = None
    move: Move | None = None
    stale: bool = False
    stage_id: UUID | None = None
    label_id: UUID | None = None
    partner_id: UUID | None = None
    lender: str = ""
    least_cents: int | None = None
    most_cents: int | None = None
    settles: Between | None = None
    days: int | None = None
    news_for: UUID | None = None


def settles_between(said: str, today: date) -> Between | None:
    """The days that a word or a month (2026-12) means; None for anything else."""
    month = today.replace(day=1)
    if said == Settles.OVERDUE:
        return Between(before=today)
    if said == Settles.NOT_SET:
        return Between()
    if said == Settles.NEXT_MONTH:
        month = month_after(month)
    elif said != Settles.THIS_MONTH:
        found = _month(said)
        if found is None:
            return None
        month = found
    return Between(first=month, before=month_after(month))


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month(said: str) -> date | None:
    try:
        found = datetime.strptime(said, "%Y-%m").date() if len(said) == 7 else None
    except ValueError:
        return None
    return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None


def stale_before(stage: Stage) -> datetime:
    """A deal that entered the stage before this instant has been there too long."""
    return utc_now() - timedelta(days=stage.stale_days)


def chosen_deals(chosen: BoardFilter, stages: list[Stage]) -> list[ColumnElement[bool]]:
    """Conditions on deals of these stages. What belongs to somebody else (a label, a partner) matches nothing."""
    same = {
        Deal.owner_id: chosen.owner_id,
        Deal.move: chosen.move,
        Deal.stage_id: chosen.stage_id,
    }
    found = [column == value for column, value in same.items() if value is not None]
    if chosen.least_cents is not None:
        found.append(Deal.value_cents >= chosen.least_cents)
    if chosen.most_cents is not None:
        found.append(Deal.value_cents <= chosen.most_cents)
    if chosen.days is not None:
        found.append(Deal.stage_entered_at <= utc_now() - timedelta(days=min(chosen.days, MOST_DAYS)))
    if chosen.stale:
        found.append(
            or_(*(and_(Deal.stage_id == stage.id, Deal.stage_entered_at < stale_before(stage)) for stage in stages))
        )
    return found + _by_what_hangs_on(chosen) + (settling_in(chosen.settles) if chosen.settles else [])


def _by_what_hangs_on(chosen: BoardFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.lender:
        # Lenders stand after one another in the line, as `loans.rules.lender_line` writes it.
        line, one = ", " + Deal.lender_line + ", ", f", {chosen.lender}, "
        found.append(line.contains(one, autoescape=True))
    if chosen.label_id is not None:
        found.append(Deal.id.in_(select(DealLabel.deal_id).where(DealLabel.label_id == chosen.label_id)))
    if chosen.partner_id is not None:
        found.append(Deal.id.in_(select(DealPartner.deal_id).where(DealPartner.partner_id == chosen.partner_id)))
    if chosen.news_for is not None:
        # Nobody has much that is unread, so this is a short list for the deals to be found in.
        unread = select(Notice.deal_id).where(
            Notice.recipient_id == chosen.news_for,
            Notice.bell.is_(True),
            Notice.read_at.is_(None),
            Notice.deal_id.is_not(None),
        )
        found.append(Deal.id.in_(unread))
    return found


def settling_in(days: Between) -> list[ColumnElement[bool]]:
    """Conditions on the day on which a deal should settle; at least one."""
    day = Deal.expected_settlement_on
    if days.first is None and days.before is None:
        return [day.is_(None)]
    found = []
    if days.first is not None:
        found.append(day >= days.first)
    if days.before is not None:
        found.append(day < days.before)
    return found
