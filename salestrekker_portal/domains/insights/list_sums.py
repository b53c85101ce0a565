"""What stands at the foot of a list: how many deals, how much, how long, whose move, and what is due soon."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.insights.chosen import month_after
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal, Move

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class ListSums:
    """`days`: the middle one of how long the deals have been in their stages. `finance_due`: of how many it is due
    within a week, or overdue; `settling`: how many are expected to settle in the month that runs."""

    count: int = 0
    cents: int = 0
    days: float | None = None
    moves: dict[Move, int] = field(default_factory=dict)
    finance_due: int = 0
    settling: int = 0


def summed(found: Select, today: date, kept: ScalarSelect | None) -> Select:
    """One row about all deals of a select, whichever page is shown; `kept` is one value that is read besides."""
    month = today.replace(day=1)
    day = Deal.expected_settlement_on
    return found.with_only_columns(
        func.count(),
        func.sum(Deal.value_cents),
        *(func.count().filter(Deal.move == move) for move in Move),
        func.count().filter(Deal.approved_on.is_(None), Deal.finance_due_on < today + A_WEEK),
        func.count().filter(day >= month, day < month_after(month)),
        literal(None) if kept is None else kept,
    )


def sums_from(row: Sequence[Any]) -> tuple[ListSums, object]:
    """What `summed` said, without the days, and the value that was read besides."""
    count, cents, *moves, finance_due, settling, kept = row
    sums = ListSums(
        count=count, cents=int(cents or 0), moves=dict(zip(Move, moves, strict=True)), finance_due=finance_due,
        settling=settling,
    )  # fmt: skip
    return sums, kept


async def with_days(session: ReadSession, found: Select, sums: ListSums) -> ListSums:
    """The same with the middle number of days. One statement; none for no deals."""
    if not sums.count:
        return sums
    # The middle one, and of an even number the one before it: a window over all of them takes thirty times as long.
    middle = found.with_only_columns(Deal.stage_entered_at).order_by(Deal.stage_entered_at)
    since = list(await session.scalars(middle.offset((sums.count - 1) // 2).limit(2 - sums.count % 2)))
    return replace(sums, days=sum(map(_days, since)) / len(since)) if since else sums


def _days(since: datetime) -> int:
    return (utc_now() - since).days
