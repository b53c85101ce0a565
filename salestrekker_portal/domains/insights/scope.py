"""Which deals a report counts, and between which days."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.days import bounds_of
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Country


class Since(StrEnum):
    """From when on a report counts, until today."""

    FINANCIAL_YEAR = "financial-year"
    CALENDAR_YEAR = "calendar-year"
    TWELVE_MONTHS = "12-months"
    THREE_MONTHS = "3-months"


@dataclass(frozen=True, kw_only=True)
class ReportScope:
    """Deals of a workflow and an owner (None: of all), and the days from `first` to `last`, both included.

    Never longer than a year, so that the year before is another one.
    """

    first: date
    last: date
    workflow_id: UUID | None = None
    owner_id: UUID | None = None

    @property
    def a_year_earlier(self) -> "ReportScope":
        """The same days a year before: what is compared stopped at the same day."""
        return replace(self, first=year_earlier(self.first), last=year_earlier(self.last))


def first_day(since: Since, today: date, country: Country) -> date:
    """When it began: a financial year on 1 July in Australia and on 1 April in New Zealand; months are whole ones."""
    if since is Since.CALENDAR_YEAR:
        return today.replace(month=1, day=1)
    if since is Since.FINANCIAL_YEAR:
        begins = 4 if country == Country.NZ else 7
        return date(today.year if today.month >= begins else today.year - 1, begins, 1)
    back = 11 if since is Since.TWELVE_MONTHS else 2
    number = today.year * 12 + today.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def year_earlier(day: date) -> date:
    """29 February was the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def months_of(scope: ReportScope) -> list[date]:
    """The first days of its months, the earliest first."""
    number, last = (day.year * 12 + day.month - 1 for day in (scope.first, scope.last))
    return [date(each // 12, each % 12 + 1, 1) for each in range(number, last + 1)]


def instants_of(scope: ReportScope, actor: Actor) -> tuple[datetime, datetime]:
    """From when on, and before when, where the firm is."""
    return bounds_of(scope.first, actor.time_zone)[0], bounds_of(scope.last, actor.time_zone)[1]


def deals_in(actor: Actor, scope: ReportScope) -> ColumnElement[bool]:
    """The firm's own deals of this scope, open or not. Somebody else's workflow or person matches nothing."""
    found = [Deal.organisation_id == actor.organisation_id]
    if scope.workflow_id is not None:
        found.append(Deal.workflow_id == scope.workflow_id)
    if scope.owner_id is not None:
        found.append(Deal.owner_id == scope.owner_id)
    return and_(*found)


def is_open() -> ColumnElement[bool]:
    """Neither put away nor settled."""
    return Deal.archived_at.is_(None) & Deal.locked_at.is_(None)


def within(column: Any, actor: Actor, *scopes: ReportScope) -> ColumnElement[bool]:
    """An instant in one of these scopes."""
    bounds = [instants_of(scope, actor) for scope in scopes]
    return or_(*[(column >= begin) & (column < end) for begin, end in bounds])
