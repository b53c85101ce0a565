"""What came of the clients whom a partner sent, by the month in which they sent them. Never an amount.

Of deals whose clients keep to themselves how they go, only that they were sent is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from statistics import median
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.partners_see import least_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.deals import Deal, Outcome, PartnersSee
from salestrekker_portal.tables.partners import DealPartner, Lead
from salestrekker_portal.tables.workflows import Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
TIE = aliased(DealPartner)

MONTHS = 12


class Came(StrEnum):
    """What a partner may know to have come of somebody whom they sent."""

    OPEN = "open"
    SETTLED = "settled"
    STOPPED = "stopped"
    PRIVATE = "private"


class Far(IntEnum):
    """How far somebody came; each step includes those before it."""

    SENT = 0
    REACHED = 1
    APPLIED = 2
    APPROVED = 3
    SETTLED = 4


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Somebody whom a partner sent. `called_at` and `settled_on` only where the clients let partners see dates; `far`
    as far as they let partners see it."""

    clients: str
    at: datetime
    came: Came
    stage_id: UUID
    called_at: datetime | None
    settled_on: date | None
    far: Far = Far.SENT
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class ResultsMonth:
    """Who was sent in the month that begins on `first`, and how many of those have settled by now."""

    first: date
    sent: int
    settled: int


@dataclass(frozen=True, kw_only=True)
class Results:
    """A year. `far` counts who came so far or further, `stopped` how those ended of whom it is known.
    `minutes_to_call` and `days_to_settle` are medians, None where nothing is known."""

    months: list[ResultsMonth]
    sent: int
    sent_before: int
    by: dict[Came, int]
    far: dict[Far, int]
    stopped: dict[Outcome, int]
    minutes_to_call: int | None
    days_to_settle: int | None


async def own_results(session: ReadSession, actor: Actor) -> Results:
    """The last twelve months of a partner with the firm that they look at. Partners only: raises NotPermitted."""
    if not actor.is_partner:
        raise NotPermitted("Only partners see what came of the clients whom they sent.")
    today = local(utc_now(), actor.time_zone).date()
    return results(await sent_by(session, actor.organisation_id, actor.id), today, actor.time_zone)


async def sent_by(session: ReadSession, organisation_id: UUID, partner_id: UUID) -> list[Sent]:
    """Everybody whom a partner ever sent to this firm, the newest first. One statement."""
    rows = await session.execute(
        select(Deal, Lead.called_at, Stage.with_lender, TIE.deal_id.is_not(None), least_of(Deal.id))
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Lead, Lead.deal_id == Deal.id)
        .outerjoin(TIE, (TIE.deal_id == Deal.id) & (TIE.partner_id == partner_id))
        .where(Deal.organisation_id == organisation_id, Deal.partner_id == partner_id)
        .order_by(Deal.created_at.desc(), Deal.id)
    )
    return [
        _sent(deal, called, PartnersSee(least) if follows else PartnersSee.NOTHING, with_lender=with_lender)
        for deal, called, with_lender, follows, least in rows
    ]


def _sent(deal: Deal, called_at: datetime | None, sees: PartnersSee, *, with_lender: bool) -> Sent:
    dates = sees >= PartnersSee.DATES
    came = _came(deal, sees)
    return Sent(
        clients=deal.clients_line or deal.name,
        at=deal.created_at,
        came=came,
        stage_id=deal.stage_id,
        called_at=called_at if dates else None,
        settled_on=deal.settled_on if dates else None,
        far=_far(deal, came, called=dates and called_at is not None, with_lender=with_lender, dates=dates),
        outcome=deal.outcome if came is Came.STOPPED else None,
    )


def _far(deal: Deal, came: Came, *, called: bool, with_lender: bool, dates: bool) -> Far:
    """The furthest that partners may know of: a stage is theirs to see before any date is."""
    if came is Came.PRIVATE:
        return Far.SENT
    if came is Came.SETTLED:
        return Far.SETTLED
    if dates and deal.approved_on is not None:
        return Far.APPROVED
    if with_lender or (dates and deal.lodged_on is not None):
        return Far.APPLIED
    return Far.REACHED if called else Far.SENT


def _came(deal: Deal, sees: PartnersSee) -> Came:
    if sees is PartnersSee.NOTHING:
        return Came.PRIVATE
    if deal.settled_on is not None:
        return Came.SETTLED
    return Came.STOPPED if deal.archived_at is not None else Came.OPEN


def results(sent: Iterable[Sent], today: date, zone: str) -> Results:
    """The twelve months that end with the one of `today`, counted where the firm is. Pure."""
    firsts = months_until(today)
    when = [(local(each.at, zone).date().replace(day=1), each) for each in sent]
    within = [each for first, each in when if first >= firsts[0]]
    before = months_until(firsts[0], MONTHS + 1)
    calls = [(each.called_at - each.at).total_seconds() / 60 for each in within if each.called_at is not None]
    days = [
        (each.settled_on - local(each.at, zone).date()).days
        for each in within
        if each.settled_on is not None and each.came is Came.SETTLED
    ]
    return Results(
        months=[_month(first, [each for month, each in when if month == first]) for first in firsts],
        sent=len(within),
        sent_before=sum(before[0] <= first < firsts[0] for first, _ in when),
        by={came: sum(each.came is came for each in within) for came in Came},
        far={far: sum(each.far >= far for each in within) for far in Far},
        stopped={end: count for end in Outcome if (count := sum(each.outcome is end for each in within))},
        minutes_to_call=round(median(calls)) if calls else None,
        days_to_settle=round(median(days)) if days else None,
    )


def months_until(day: date, count: int = MONTHS) -> list[date]:
    """The first days of so many months, oldest first, the last of them the month of `day`."""
    last = day.year * 12 + day.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - count + 1, last + 1)]


def _month(first: date, sent: list[Sent]) -> ResultsMonth:
    settled = sum(each.came is Came.SETTLED for each in sent)
    return ResultsMonth(first=first, sent=len(sent), settled=settled)
