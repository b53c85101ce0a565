"""The two charts with a scale: days in a stage, and what settled by month."""

from datetime import date

from salestrekker_portal.domains.insights.reports import MonthSettled
from salestrekker_portal.domains.insights.turnaround import StageDays
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.insights.reading import Reports
from salestrekker_portal.portals.broker.insights.shapes import (
    Chart,
    MonthColumns,
    ScaleTick,
    StageSpan,
    blank,
    line,
    share_of,
)
from salestrekker_portal.portals.broker.insights.words import nice_scale, range_words, short_days, short_money
from salestrekker_portal.portals.broker.words import value_words

MOST_SPANS, MOST_LINES = 12, 40
# Nothing further right is drawn: one deal that lay for years would make a dot of everybody else.
MOST_DAYS = 180.0


def turnaround_chart(read: Reports) -> Chart:
    """Where eight of ten stays lie, their middle, and from when on a stay is too long."""
    rows = stages_left(read)
    drawn = rows[:MOST_SPANS]
    far = max([row.spread.high for _, row, _ in drawn] + [limit for _, _, limit in drawn if limit], default=0)
    scale = nice_scale(min(far, MOST_DAYS))
    most = scale[-1]
    whole = read.settled.days
    lines = [line(name, name, *_stage_cells(row, limit)) for name, row, limit in rows[:MOST_LINES]]
    if whole is not None:
        took = (short_days(whole.median), range_words(whole))
        lines.append(line("all", "Enquiry to settled", *took, "", f"{whole.count:,}", all=True))
    return blank(
        lead=f"Days a deal spends there, deals that left it since {day_words(read.scope.first)}",
        spans=[_span(name, row, limit, most) for name, row, limit in drawn],
        ticks=[_tick(each, most, f"{each:g} d") for each in scale], lines=lines if rows else [],
        heads=["Stage", "Median", "8 of 10", "Too long after", "Deals"], count=counted(len(rows), "stage"),
        none=f"No deal left a stage since {day_words(read.scope.first)}.",
    )  # fmt: skip


def stages_left(read: Reports) -> list[tuple[str, StageDays, int]]:
    """(name, days, from when on it is too long or 0), in the order of the stages; those that are gone come last."""
    there = {(each.workflow_id, each.stage): (at, each) for at, each in enumerate(read.pipeline)}
    several = len({row.workflow_id for row in read.turnaround}) > 1
    found = []
    for row in read.turnaround:
        at, stage = there.get((row.workflow_id, row.stage), (len(there), None))
        name = f"{stage.workflow}: {row.stage}" if several and stage else row.stage
        found.append((at, name, row, stage.stale_days if stage else 0))
    return [(name, row, limit) for _, name, row, limit in sorted(found, key=lambda each: (each[0], each[1]))]


def _stage_cells(row: StageDays, limit: int) -> tuple[str, ...]:
    spread = row.spread
    return short_days(spread.median), range_words(spread), f"{limit} d" if limit else "–", f"{spread.count:,}"


def _span(name: str, row: StageDays, limit: int, most: float) -> StageSpan:
    spread = row.spread
    low, high, middle = (min(each, most) for each in (spread.low, spread.high, spread.median))
    late = bool(limit) and spread.median > limit
    said = f"median of {counted(spread.count, 'deal')}, eight of ten in {range_words(spread)}"
    if limit:
        said += f", too long after {counted(limit, 'day')}"
    return {
        "key": f"{row.workflow_id} {row.stage}", "name": name, "value": short_days(spread.median), "said": said,
        "left": share_of(low, most), "width": share_of(high - low, most), "middle": share_of(middle, most),
        "limit": share_of(limit, most) if 0 < limit <= most else "", "late": late,
    }  # fmt: skip


def settled_chart(read: Reports) -> Chart:
    """A column for each month, beside the same month of the year before where that was asked for."""
    months, against = read.settled.months, read.address.against
    most_cents = max([each.cents for each in months] + [each.last_cents for each in months if against], default=0)
    # Millions from one million on, thousands below.
    unit, letter = (100_000_000, "m") if most_cents >= 100_000_000 else (100_000, "k")
    scale = nice_scale(most_cents / unit)
    some = most_cents > 0
    now, last = (short_money(read.settled.total(what)) for what in ("cents", "last_cents"))
    legend = [{"key": "now", "tone": "is-one", "words": f"Since {day_words(read.scope.first)}, {now}"}]
    if against:
        words = f"A year earlier, to {day_words(read.scope.a_year_earlier.last)}, {last}"
        legend.append({"key": "last", "tone": "is-three", "words": words})
    heads = ["Month", "Deals", "Value", *(["A year earlier", "Value then"] if against else [])]
    return blank(
        lead=f"{'Millions' if letter == 'm' else 'Thousands'} of dollars, by the day that it settled",
        months=[_month(each, scale[-1] * unit, unit, read) for each in months] if some else [],
        ticks=[_tick(each, scale[-1], f"{each:g}{letter}" if each else "0") for each in scale], legend=legend,
        heads=heads, lines=_month_lines(months, against) if some else [], count=counted(len(months), "month"),
        none=f"Nothing settled since {day_words(read.scope.first)}, nor in the same time a year earlier.",
    )  # fmt: skip


def _month(each: MonthSettled, most: float, unit: int, read: Reports) -> MonthColumns:
    against = read.address.against
    last = f", a year earlier {value_words(each.last_cents, none='$0')}" if against else ""
    return {
        "key": f"{each.month:%Y-%m}", "name": f"{each.month:%b}",
        "value": f"{each.cents / unit:.1f}" if each.cents else "",
        "said": f"{month_words(each.month, read.today)}: {value_words(each.cents, none='$0')}{last}",
        "height": share_of(each.cents, most), "last": share_of(each.last_cents, most) if against else "",
    }  # fmt: skip


def month_words(month: date, today: date) -> str:
    """Mar 2026, or Mar 2026 so far."""
    return f"{month:%b %Y}" + (" so far" if (month.year, month.month) == (today.year, today.month) else "")


def _month_lines(months: tuple[MonthSettled, ...], against: bool) -> list:
    def cells(deals: int, cents: int, last_deals: int, last_cents: int) -> list[str]:
        now = [f"{deals:,}", value_words(cents)]
        return [*now, f"{last_deals:,}", value_words(last_cents)] if against else now

    rows = [(each.deals, each.cents, each.last_deals, each.last_cents) for each in months]
    lines = [line(each.month, f"{each.month:%b %Y}", *cells(*row)) for each, row in zip(months, rows, strict=True)]
    whole = [sum(column) for column in zip(*rows, strict=True)]
    return [*lines, line("all", "All", *cells(*whole), all=True)]


def _tick(value: float, most: float, words: str) -> ScaleTick:
    return {"key": words, "at": share_of(value, most), "words": words}
