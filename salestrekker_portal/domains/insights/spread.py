"""How long things take: the middle one, and between what eight of ten lie, counted in SQL or of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, case, func

from salestrekker_portal.database.session import ReadSession

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Days: `low` and `high` are the first and the ninth tenth, taken from the values that there are."""

    count: int
    median: float
    low: float
    high: float


def spread_of(days: Sequence[float]) -> Spread | None:
    """Of a list; None when it is empty."""
    count = len(days)
    if not count:
        return None
    ordered = sorted(days)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return Spread(
        count=count, median=middle, low=ordered[(count + 9) // 10 - 1], high=ordered[(9 * count + 9) // 10 - 1]
    )


def ranked(amount: ColumnElement[Any], *by: ColumnExpressionArgument[Any]) -> tuple[ColumnElement, ColumnElement]:
    """Each row's place among those of its group, what has no amount last, and how many of the group have one."""
    # False sorts before true on both databases; "nulls last" isn't said alike.
    place = func.row_number().over(partition_by=by, order_by=(amount.is_(None), amount))
    return place.label("place"), func.count(amount).over(partition_by=by).label("measured")


def spread_columns(amount: Any, place: Any, measured: Any) -> tuple[ColumnElement, ...]:
    """Median, low and high of a group, in the unit of `amount`, from what `ranked` said of its rows."""

    def at(rank: Any) -> ColumnElement:
        return func.max(case((place == rank, amount)))

    middle = (at((measured + 1) // 2) + at((measured + 2) // 2)) / 2.0
    return middle, at((measured + 9) // 10), at((9 * measured + 9) // 10)


def spread_from(count: int, seconds: Sequence[Any]) -> Spread | None:
    """What a statement with `spread_columns` over seconds said."""
    if not count:
        return None
    median, low, high = (float(each) / SECONDS_A_DAY for each in seconds)
    return Spread(count=count, median=median, low=low, high=high)


def seconds_between(session: ReadSession, one: Any, other: Any) -> ColumnElement[Any]:
    """In the words of each database."""
    if session.get_bind().dialect.name == "sqlite":
        return (func.julianday(other) - func.julianday(one)) * SECONDS_A_DAY
    return func.extract("epoch", other - one)
