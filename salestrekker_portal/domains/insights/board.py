"""The board of a workflow as it is read: the first cards of each stage, counts and totals, never the whole pipeline."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Label, Row, Select, and_, bindparam, false, func, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.chosen import BoardFilter, chosen_deals
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.workflows import Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
LAST = aliased(Deal)
ABOVE = aliased(Deal)

FIRST_CARDS = 30
MORE_CARDS = 30


@dataclass(frozen=True, kw_only=True)
class BoardCard:
    """One deal of the board, with its owner's name and the deal right above it in the stage. `promised_for`: by when
    a partner was promised the next update, the earliest of several."""

    deal: Deal
    owner_name: str
    above_id: UUID | None = None
    promised_for: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StageFigures:
    """How many open deals a stage has, and their value in cents."""

    count: int = 0
    total_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class Board:
    """The first look at a workflow."""

    cards: dict[UUID, list[BoardCard]]
    figures: dict[UUID, StageFigures]


def weighted_cents(stages: list[Stage], figures: dict[UUID, StageFigures]) -> int:
    """What the pipeline is worth, each stage by its probability, in cents."""
    return sum(figures.get(stage.id, StageFigures()).total_cents * stage.probability_pct // 100 for stage in stages)


async def first_cards(
    session: ReadSession, actor: Actor, stages: list[Stage], chosen: BoardFilter = BoardFilter()
) -> Board:
    """The first cards of every stage of one workflow, with counts and totals. Two statements, whatever its size."""
    cards: dict[UUID, list[BoardCard]] = {stage.id: [] for stage in stages}
    if stages and actor.is_staff:
        nothing_chosen = chosen == BoardFilter()
        found = _first_of(len(stages)) if nothing_chosen else _united([_in_stage(actor, one, chosen) for one in stages])
        named = {"organisation": actor.organisation_id, **{f"stage_{n}": one.id for n, one in enumerate(stages)}}
        for row in await session.execute(found, named if nothing_chosen else None):
            cards[row[0].stage_id].append(_card(row))
    return Board(cards=cards, figures=await stage_figures(session, actor, stages, chosen))


async def more_cards(
    session: ReadSession, actor: Actor, stage: Stage, after_id: UUID, chosen: BoardFilter = BoardFilter()
) -> list[BoardCard]:
    """The next cards of a stage, below the deal `after_id`. One statement."""
    place = select(LAST.rank, LAST.id).where(LAST.id == after_id, LAST.stage_id == stage.id).subquery()
    found = (
        _cards()
        .where(*open_deals(actor), Deal.stage_id == stage.id, *chosen_deals(chosen, [stage]))
        .join(place, tuple_(Deal.rank, Deal.id) > tuple_(place.c.rank, place.c.id))
        .order_by(Deal.rank, Deal.id)
        .limit(MORE_CARDS)
    )
    return [_card(row) for row in await session.execute(found)]


async def cards_of(
    session: ReadSession,
    actor: Actor,
    stages: list[Stage],
    deal_ids: Collection[UUID],
    chosen: BoardFilter = BoardFilter(),
) -> list[BoardCard]:
    """These deals as far as this person's board shows them, each with the deal above it. One statement."""
    higher = (
        select(ABOVE.id)
        .where(
            ABOVE.organisation_id == actor.organisation_id,
            ABOVE.stage_id == Deal.stage_id,
            ABOVE.archived_at.is_(None),
            ABOVE.locked_at.is_(None),
            or_(ABOVE.rank < Deal.rank, and_(ABOVE.rank == Deal.rank, ABOVE.id < Deal.id)),
        )
        .order_by(ABOVE.rank.desc(), ABOVE.id.desc())
        .limit(1)
        .correlate(Deal)
        .scalar_subquery()
    )
    found = (
        _cards(higher.label("above_id"))
        .where(
            *open_deals(actor),
            Deal.id.in_(deal_ids),
            Deal.stage_id.in_([stage.id for stage in stages]),
            *chosen_deals(chosen, stages),
        )
        .order_by(Deal.rank, Deal.id)
    )
    return [_card(row, row.above_id) for row in await session.execute(found)]


async def stage_figures(
    session: ReadSession, actor: Actor, stages: list[Stage], chosen: BoardFilter = BoardFilter()
) -> dict[UUID, StageFigures]:
    """Counts and totals of the open deals of one workflow by stage, from an index alone when nothing is filtered."""
    if not stages:
        return {}
    found = (
        select(Deal.stage_id, func.count(), func.sum(Deal.value_cents))
        .where(Deal.workflow_id == stages[0].workflow_id, *open_deals(actor), *chosen_deals(chosen, stages))
        .group_by(Deal.stage_id)
    )
    rows = await session.execute(found)
    return {stage_id: StageFigures(count=count, total_cents=int(total or 0)) for stage_id, count, total in rows}


def open_deals(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The board is the staff's; everyone else sees no deal through it."""
    return _open_in(actor.organisation_id) if actor.is_staff else (false(),)


def _open_in(organisation_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (Deal.organisation_id == organisation_id, Deal.archived_at.is_(None), Deal.locked_at.is_(None))


def _in_stage(actor: Actor, stage: Stage, chosen: BoardFilter) -> Select:
    return select(Deal).where(*open_deals(actor), Deal.stage_id == stage.id, *chosen_deals(chosen, [stage]))


@lru_cache(maxsize=32)
def _first_of(count: int) -> Select:
    """The first cards of so many stages of which nothing is filtered, by `organisation` and `stage_0` and so on.

    Made once: to put it together took SQLAlchemy three times as long as to run it.
    """
    every = [_open_in(bindparam("organisation")) for _ in range(count)]
    return _united([select(Deal).where(*one, Deal.stage_id == bindparam(f"stage_{n}")) for n, one in enumerate(every)])


def _united(stages: list[Select]) -> Select:
    """A limited look into the index for each stage; a window over the workflow would read all of it."""
    firsts = [select(one.order_by(Deal.rank, Deal.id).limit(FIRST_CARDS).subquery()) for one in stages]
    first = aliased(Deal, union_all(*firsts).subquery())
    found = select(first, User.first_name, User.last_name, promised(first)).join(User, User.id == first.owner_id)
    return found.order_by(first.rank, first.id)


def _cards(*more) -> Select:
    return select(Deal, User.first_name, User.last_name, promised(Deal), *more).join(User, User.id == Deal.owner_id)


def promised(deal: type[Deal]) -> Label[datetime | None]:
    """When the next update for a partner of this deal is due; the key of the ties answers it, card by card."""
    due = select(func.min(DealPartner.promised_for)).where(DealPartner.deal_id == deal.id)
    return due.correlate(deal).scalar_subquery().label("promised_for")


def _card(row: Row, above_id: UUID | None = None) -> BoardCard:
    return BoardCard(
        deal=row[0],
        owner_name=f"{row.first_name} {row.last_name}".strip(),
        above_id=above_id,
        promised_for=getattr(row, "promised_for", None),
    )
