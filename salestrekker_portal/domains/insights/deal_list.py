"""The list view of a workflow: one page of deals, sorted by the database."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.insights.board import BoardCard, _card
from salestrekker_portal.domains.insights.chosen import BoardFilter, chosen_deals
from salestrekker_portal.domains.insights.list_sums import ListSums, summed, sums_from, with_days
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.workflows import Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
THERE = aliased(Deal)

PAGE_SIZE = 50
# More deals than a workflow has, and fewer than a spreadsheet minds.
MOST_IN_A_FILE = 20_000


class Sort(StrEnum):
    """What a list may be sorted by; the first is the default."""

    DAYS = "days"
    NAME = "name"
    STAGE = "stage"
    AMOUNT = "amount"
    SETTLES = "settles"
    PROFILE = "profile"
    LENDER = "lender"
    MOVE = "move"


class Show(StrEnum):
    """Open deals, settled ones, or those put away."""

    OPEN = "open"
    SETTLED = "settled"
    ARCHIVED = "archived"


_COLUMNS = {
    Sort.DAYS: "stage_entered_at", Sort.NAME: "name_key", Sort.AMOUNT: "value_cents", Sort.PROFILE: "profile_pct",
    Sort.LENDER: "lender_line", Sort.MOVE: "move",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DealPage:
    """One page of a list, how many deals there are in all, and what they add up to."""

    cards: list[BoardCard]
    total: int
    sums: ListSums = field(default_factory=ListSums)
    later: bool = False
    # What was read besides: the columns that somebody keeps.
    kept: object = None


@dataclass(frozen=True, kw_only=True)
class DealsWanted:
    """Which deals of a workflow, in which order."""

    show: Show = Show.OPEN
    chosen: BoardFilter = field(default_factory=BoardFilter)
    sort: Sort = Sort.DAYS
    descending: bool = False


async def deals_page(
    session: ReadSession,
    actor: Actor,
    stages: list[Stage],
    wanted: DealsWanted = DealsWanted(),
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    kept: ScalarSelect | None = None,
) -> DealPage:
    """One page of a workflow's deals: the first, or the one that follows or leads up to a deal of it.

    Three statements at most. A page is found by its neighbour, so that the last one costs what the first does, and
    nothing is shown twice while deals come and go. Staff only see their own firm's. `kept` is one value that is read
    besides.
    """
    if not stages:
        return DealPage(cards=[], total=0)
    found = visible_deals(actor).where(*_conditions(stages, wanted))
    today = local(utc_now(), actor.time_zone).date()
    sums, besides = sums_from((await session.execute(summed(found, today, kept))).one())
    if wanted.show is Show.OPEN:
        sums = await with_days(session, found, sums)
    key, falling = _key(wanted, stages), wanted.descending
    at = before or after
    if at is not None:
        back = before is not None
        place = select(_key(wanted, stages, THERE), THERE.id).where(
            THERE.id == at, THERE.organisation_id == actor.organisation_id
        ).subquery()  # fmt: skip
        found = found.join(place, _beyond(key, place.c, falling is not back, back))
    ids = _ordered(found, key, falling is not (before is not None), before is not None).limit(PAGE_SIZE + 1)
    rows = [_card(row) for row in await session.execute(_cards_of(ids, wanted, stages))]
    more, cards = len(rows) > PAGE_SIZE, rows[-PAGE_SIZE:] if before is not None else rows[:PAGE_SIZE]
    return DealPage(cards=cards, total=sums.count, sums=sums, later=more or before is not None, kept=besides)


async def every_deal(
    session: ReadSession,
    actor: Actor,
    stages: list[Stage],
    wanted: DealsWanted = DealsWanted(),
    *,
    only: Collection[UUID] | None = None,
    most: int = MOST_IN_A_FILE,
) -> list[BoardCard]:
    """What the list would show page after page, at most so many; or of all deals of these stages `only` some, open
    or not. One statement."""
    if not stages:
        return []
    found = visible_deals(actor)
    if only is None:
        found = found.where(*_conditions(stages, wanted))
    else:
        found = found.where(Deal.id.in_(only), Deal.workflow_id == stages[0].workflow_id)
    ids = _ordered(found, _key(wanted, stages), wanted.descending, False).limit(most)
    return [_card(row) for row in await session.execute(_cards_of(ids, wanted, stages))]


def note_taken(session: WriteSession, actor: Actor, cards: list[BoardCard]) -> None:
    """A row of the security log: who took how many deals along in a file."""
    note(session, "export:deals", organisation_id=actor.organisation_id, by=actor, rows=len(cards))


def _conditions(stages: list[Stage], wanted: DealsWanted) -> list[ColumnElement[bool]]:
    mine = [Deal.workflow_id == stages[0].workflow_id, *_shown(wanted.show)]
    return [*mine, *chosen_deals(wanted.chosen, stages)]


def _key(wanted: DealsWanted, stages: list[Stage], deal: type[Deal] = Deal) -> ColumnElement:
    """What the list is ordered by, never null: without a day a deal stands last, whichever way the list runs."""
    if wanted.sort is Sort.STAGE:
        # The stages are at hand; a join would keep the index from answering.
        return case({stage.id: stage.position for stage in stages}, value=deal.stage_id, else_=len(stages))
    if wanted.sort is Sort.SETTLES:
        return func.coalesce(deal.expected_settlement_on, literal(date.min if wanted.descending else date.max))
    return getattr(deal, _COLUMNS[wanted.sort])


def _beyond(key: ColumnElement, place, falling: bool, back: bool) -> ColumnElement[bool]:
    """Further on than the place; equals go by their id, which rises however the list runs."""
    said, deal_id = place
    further = key < said if falling else key > said
    return or_(further, and_(key == said, Deal.id < deal_id if back else Deal.id > deal_id))


def _ordered(found: Select, key: ColumnElement, falling: bool, back: bool) -> Select:
    """Ids in this order: the index has all that is needed to find them, and only a page of rows is read."""
    order = (key.desc() if falling else key.asc(), Deal.id.desc() if back else Deal.id.asc())
    return found.with_only_columns(Deal.id).order_by(*order)


def _cards_of(ids: Select, wanted: DealsWanted, stages: list[Stage]) -> Select:
    page = ids.subquery()
    found = select(Deal, User.first_name, User.last_name).join(page, page.c.id == Deal.id)
    key = _key(wanted, stages)
    order = key.desc() if wanted.descending else key.asc()
    return found.join(User, User.id == Deal.owner_id).order_by(order, Deal.id)


def _shown(show: Show) -> list[ColumnElement[bool]]:
    if show is Show.ARCHIVED:
        return [Deal.archived_at.is_not(None)]
    lock = Deal.locked_at.is_not(None) if show is Show.SETTLED else Deal.locked_at.is_(None)
    return [Deal.archived_at.is_(None), lock]


async def shown_counts(session: ReadSession, actor: Actor, stages: list[Stage]) -> dict[Show, int]:
    """How many deals of a workflow are settled or put away. One statement."""
    if not stages:
        return {}
    found = select(
        func.count().filter(Deal.archived_at.is_(None), Deal.locked_at.is_not(None)),
        func.count().filter(Deal.archived_at.is_not(None)),
    ).where(Deal.organisation_id == actor.organisation_id, Deal.workflow_id == stages[0].workflow_id)
    settled, archived = (await session.execute(found)).one()
    return {Show.SETTLED: settled, Show.ARCHIVED: archived}
