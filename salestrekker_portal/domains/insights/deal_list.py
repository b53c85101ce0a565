"""The list view of a workflow: one page of deals, sorted by the database."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.insights.board import BoardCard, BoardFilter, _card, _chosen
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.workflows import Stage

PAGE_SIZE = 25
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


class Show(StrEnum):
    """Open deals, settled ones, or those put away."""

    OPEN = "open"
    SETTLED = "settled"
    ARCHIVED = "archived"


_COLUMNS = {
    Sort.DAYS: Deal.stage_entered_at,
    Sort.NAME: Deal.name_key,
    Sort.STAGE: Stage.position,
    Sort.AMOUNT: Deal.value_cents,
    Sort.SETTLES: Deal.expected_settlement_on,
    Sort.PROFILE: Deal.profile_pct,
}


@dataclass(frozen=True, kw_only=True)
class DealPage:
    """One page of a list, and how many deals there are in all."""

    cards: list[BoardCard]
    total: int


async def deals_page(
    session: ReadSession,
    actor: Actor,
    stages: list[Stage],
    *,
    sort: Sort = Sort.DAYS,
    descending: bool = False,
    page: int = 1,
    show: Show = Show.OPEN,
    chosen: BoardFilter = BoardFilter(),
) -> DealPage:
    """One page of a workflow's deals. Staff only see their own firm's; two statements."""
    if not stages:
        return DealPage(cards=[], total=0)
    found = visible_deals(actor).where(*_conditions(stages, show, chosen))
    total = await session.scalar(found.with_only_columns(func.count()))
    rows = await session.execute(_sorted(found, sort, descending).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return DealPage(cards=[_card(row) for row in rows], total=total or 0)


async def every_deal(
    session: ReadSession,
    actor: Actor,
    stages: list[Stage],
    *,
    sort: Sort = Sort.DAYS,
    descending: bool = False,
    show: Show = Show.OPEN,
    chosen: BoardFilter = BoardFilter(),
) -> list[BoardCard]:
    """What the list would show page after page, at most `MOST_IN_A_FILE`. One statement."""
    if not stages:
        return []
    found = _sorted(visible_deals(actor).where(*_conditions(stages, show, chosen)), sort, descending)
    return [_card(row) for row in await session.execute(found.limit(MOST_IN_A_FILE))]


def note_taken(session: WriteSession, actor: Actor, cards: list[BoardCard]) -> None:
    """A row of the security log: who took how many deals along in a file."""
    note(session, "export:deals", organisation_id=actor.organisation_id, by=actor, rows=len(cards))


def _conditions(stages: list[Stage], show: Show, chosen: BoardFilter) -> list[ColumnElement[bool]]:
    return [Deal.workflow_id == stages[0].workflow_id, *_shown(show), *_chosen(chosen, stages)]


def _sorted(found: Select, sort: Sort, descending: bool) -> Select:
    column = _COLUMNS[sort]
    order = column.desc() if descending else column.asc()
    joined = found.join(User, User.id == Deal.owner_id).join(Stage, Stage.id == Deal.stage_id)
    listed = joined.with_only_columns(Deal, User.first_name, User.last_name)
    return listed.order_by(column.is_(None), order, Deal.id)


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
