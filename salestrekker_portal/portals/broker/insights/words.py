"""Figures of Insights as somebody says them."""

from math import ceil

from salestrekker_portal.domains.insights.scope import Since
from salestrekker_portal.domains.insights.spread import Spread
from salestrekker_portal.kernel.text import counted

SINCE = {
    Since.FINANCIAL_YEAR: "This financial year",
    Since.CALENDAR_YEAR: "This calendar year",
    Since.TWELVE_MONTHS: "Last 12 months",
    Since.THREE_MONTHS: "Last 3 months",
}
SETTLED = {
    Since.FINANCIAL_YEAR: "Settled this year",
    Since.CALENDAR_YEAR: "Settled this year",
    Since.TWELVE_MONTHS: "Settled in 12 months",
    Since.THREE_MONTHS: "Settled in 3 months",
}
SAME = "same as last year"


def short_money(cents: int) -> str:
    """$18.2m, $3.00m, $672k, $80: what fits beside a bar."""
    dollars = cents / 100
    if dollars >= 9_995_000:
        return f"${dollars / 1_000_000:,.1f}m"
    if dollars >= 999_500:
        return f"${dollars / 1_000_000:.2f}m"
    return f"${dollars / 1_000:.0f}k" if dollars >= 1_000 else f"${dollars:.0f}"


def short_days(days: float) -> str:
    """3.1 d; with no tenth from a hundred on."""
    return f"{days:.1f} d" if days < 100 else f"{days:,.0f} d"


def tenths_words(days: float) -> str:
    """2.9 days, 1 day."""
    rounded = round(days, 1)
    return "1 day" if rounded == 1 else f"{rounded:.1f} days"


def range_words(spread: Spread) -> str:
    """1 to 6 d."""
    return f"{spread.low:.0f} to {spread.high:,.0f} d"


def per_cent(part: int, whole: int) -> str:
    """37%, or – of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "–"


def growth_words(now: int, before: int) -> tuple[str, str]:
    """How much more or less than last year, and its tone."""
    if not before:
        return "none last year", ""
    change = round(100 * (now - before) / before)
    if not change:
        return SAME, ""
    return (f"up {change:,}%", "ok") if change > 0 else (f"down {-change}%", "warn")


def speed_words(now: Spread | None, before: Spread | None, *, tenths: bool = False) -> tuple[str, str]:
    """How much faster or slower than last year, and its tone."""
    if now is None or before is None:
        return "nothing to compare with last year", ""
    change = round(now.median - before.median, 1 if tenths else 0)
    if not change:
        return SAME, ""
    size = abs(change)
    said = tenths_words(size) if tenths else counted(round(size), "day")
    return (f"{said} slower", "warn") if change > 0 else (f"{said} faster", "ok")


def points_words(now: tuple[int, int], before: tuple[int, int]) -> tuple[str, str]:
    """How many points of a share more or less than last year's, of (part, whole) each, and its tone."""
    if not now[1] or not before[1]:
        return "nothing to compare with last year", ""
    change = round(100 * now[0] / now[1]) - round(100 * before[0] / before[1])
    if not change:
        return SAME, ""
    return (f"{counted(change, 'point')} up", "ok") if change > 0 else (f"{counted(-change, 'point')} down", "warn")


def nice_scale(most: float, steps: int = 4) -> list[float]:
    """Round numbers from 0 to at least the most, about so many of them: 0, 10, 20, 30."""
    if most <= 0:
        return [0, 1]
    size, rough = 1.0, most / steps
    while size * 10 <= rough:
        size *= 10
    while size > rough and size > 1:
        size /= 10
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough or each == 10)
    return [step * each for each in range(ceil(most / step) + 1)]
