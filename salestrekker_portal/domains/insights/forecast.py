"""When open deals should settle: by month, with what they are worth."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import ColumnElement, case, func, select, union_all

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.board import BoardCard, _card, open_deals
from salestrekker_portal.domains.insights.chosen import (
    Between,
    BoardFilter,
    chosen_deals,
    month_after,
    settling_in,
)
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.workflows import Stage

MONTHS = 4
MOST_CARDS = 30


@dataclass(frozen=True, kw_only=True)
class ForecastColumn:
    """Open deals that should settle between these days; none for deals without a day. Cents, also by the stage's
    weight."""

    days: Between
    count: int = 0
    cents: int = 0
    weighted_cents: int = 0
    cards: tuple[BoardCard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SettledSoFar:
    """What settled since the first of the month."""

    count: int = 0
    cents: int = 0


def forecast_days(today: date) -> list[Between]:
    """Overdue, this month and the next three, later, and no day at all."""
    firsts = [today.replace(day=1)]
    for _ in range(MONTHS):
        firsts.append(month_after(firsts[-1]))
    starts = [today, *firsts[1:]]
    months = [Between(first=first, before=before) for first, before in pairwise(starts)]
    return [Between(before=today), *months, Between(first=starts[-1]), Between()]


async def forecast(
    session: ReadSession, actor: Actor, stages: list[Stage], chosen: BoardFilter, today: date
) -> list[ForecastColumn]:
    """The open deals of a workflow by when they should settle. Two statements, whatever its size."""
    if not stages:
        return []
    columns = forecast_days(today)
    base = [Deal.workflow_id == stages[0].workflow_id, *open_deals(actor), *chosen_deals(chosen, stages)]
    firsts = [
        select(Deal.id)
        .where(*base, *settling_in(days))
        .order_by(Deal.expected_settlement_on, Deal.id)
        .limit(MOST_CARDS)
        .subquery()
        for days in columns
    ]
    some = union_all(*[select(first.c.id) for first in firsts]).subquery()
    found = select(Deal, User.first_name, User.last_name).join(some, some.c.id == Deal.id)
    rows = await session.execute(
        found.join(User, User.id == Deal.owner_id).order_by(Deal.expected_settlement_on, Deal.id)
    )
    cards = [_card(row) for row in rows]
    return await _counted(session, base, stages, columns, cards)


async def settled_this_month(
    session: ReadSession, actor: Actor, stages: list[Stage], chosen: BoardFilter, today: date
) -> SettledSoFar:
    """The workflow's deals that settled in the month of `today`, as filtered as the forecast. One statement."""
    if not stages or not actor.is_staff:
        return SettledSoFar()
    count, cents = (
        await session.execute(
            select(func.count(), func.sum(Deal.value_cents)).where(
                Deal.organisation_id == actor.organisation_id,
                Deal.workflow_id == stages[0].workflow_id,
                Deal.settled_on >= today.replace(day=1),
                Deal.settled_on < month_after(today.replace(day=1)),
                *chosen_deals(chosen, stages),
            )
        )
    ).one()
    return SettledSoFar(count=count, cents=int(cents or 0))


async def _counted(
    session: ReadSession,
    base: list[ColumnElement[bool]],
    stages: list[Stage],
    columns: list[Between],
    cards: list[BoardCard],
) -> list[ForecastColumn]:
    """Counts and sums of all columns in one look through the index."""
    which = case(*[(settling_in(days)[0] if days == Between() else _all(days), n) for n, days in enumerate(columns)])
    sums = select(which.label("n"), Deal.stage_id, func.count(), func.sum(Deal.value_cents)).where(*base)
    weights = {stage.id: stage.probability_pct for stage in stages}
    totals = [[0, 0, 0] for _ in columns]
    for n, stage_id, count, cents in await session.execute(sums.group_by("n", Deal.stage_id)):
        for at, more in enumerate((count, int(cents or 0), int(cents or 0) * weights.get(stage_id, 0) // 100)):
            totals[n][at] += more
    return [
        ForecastColumn(
            days=days, count=count, cents=cents, weighted_cents=weighted,
            cards=tuple(card for card in cards if fits(days, card.deal.expected_settlement_on)),
        )
        for days, (count, cents, weighted) in zip(columns, totals, strict=True)
    ]  # fmt: skip


def _all(days: Between) -> ColumnElement[bool]:
    first, *rest = settling_in(days)
    return first & rest[0] if rest else first


def fits(days: Between, day: date | None) -> bool:
    """Whether a day is between these; no day fits only where none is asked for."""
    if day is None or days == Between():
        return day is None and days == Between()
    return (days.first is None or day >= days.first) and (days.before is None or day < days.before)
