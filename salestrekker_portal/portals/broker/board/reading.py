"""What a board shows, read once for the page's first answer and for its events."""

from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights import board
from salestrekker_portal.domains.insights.board import Board, BoardCard, StageFigures
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.cards import board_card, board_stage
from salestrekker_portal.portals.broker.words import value_words
from salestrekker_portal.portals.http.first_looks import first_look_of
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.workflows import Stage, Workflow
from salestrekker_portal.ui.kanban import first_look


@dataclass(frozen=True, kw_only=True)
class BoardRead:
    """One workflow with its stages, the first cards, and all workflows to choose from."""

    workflow: Workflow
    stages: list[Stage]
    workflows: list[Workflow]
    board: Board


async def read_board(session: ReadSession, actor: Actor, address: BoardAddress) -> BoardRead:
    """The board of an address: first cards, counts and totals, whatever the size of the pipeline. Raises NotFound."""
    found = await workflows_with_stages(session, actor)
    if not found:
        raise NotFound("workflow")
    workflow, stages = next((each for each in found if str(each[0].id) == address.workflow), found[0])
    chosen = address.filter(actor)
    if address.view != "board":
        read = Board(cards={}, figures=await board.stage_figures(session, actor, stages, chosen))
    else:
        read = await board.first_cards(session, actor, stages, chosen)
    return BoardRead(workflow=workflow, stages=stages, workflows=[each for each, _ in found], board=read)


def stages_shown(found: list[tuple[Workflow, list[Stage]]], address: BoardAddress) -> list[Stage]:
    """The stages of the workflow of the address, or of the first one."""
    named = [stages for workflow, stages in found if str(workflow.id) == address.workflow]
    return named[0] if named else found[0][1] if found else []


@first_look_of("/board", portal=Portal.BROKER)
async def board_at_once(session: ReadSession, actor: Actor, query) -> str:
    """The board for the page's first answer; other views wait for their event."""
    address = read_address(query)
    if address.view != "board":
        return ""
    read = await read_board(session, actor, address)
    page = board_page_of(read.stages, read.board, 1, actor.time_zone)
    return first_look([board_stage(stage) for stage in read.stages], page, actor.name)


def board_page_of(stages: list[Stage], read: Board, seq: int, zone: str) -> dict:
    """The `page` of the board's contract (ui/kanban), for somebody in this time zone."""
    pairs = {str(stage.id): pair_of(read.figures.get(stage.id)) for stage in stages}
    by_stage = [(stage, read.cards.get(stage.id, [])) for stage in stages]
    return {
        # From the clock: a counter that restarts with the server would repeat itself.
        "rev": int(utc_now().timestamp() * 1000),
        "seq": seq,
        "order": {str(stage.id): [str(card.deal.id) for card in cards] for stage, cards in by_stage},
        "counts": counts_of(pairs),
        "totals": totals_of(pairs),
        "cards": {str(card.deal.id): board_card(card, stage, zone) for stage, cards in by_stage for card in cards},
    }


def board_patch_of(
    seq: int, stages: list[Stage], cards: list[BoardCard], placed: frozenset[UUID], asked: frozenset[UUID], zone: str
) -> dict:
    """The `patch` of the board's contract, without counts and totals."""
    by_id = {stage.id: stage for stage in stages}
    there = {card.deal.id for card in cards}
    return {
        "seq": seq,
        "moves": [
            {"id": str(card.deal.id), "stage": str(card.deal.stage_id), "after": str(card.above_id or "")}
            for card in cards
            if card.deal.id in placed
        ],
        "cards": [board_card(card, by_id[card.deal.stage_id], zone) for card in cards],
        "removed": [str(deal_id) for deal_id in asked - there],
    }


def pair_of(figures: StageFigures | None) -> tuple[int, int]:
    """Count and cents of a stage."""
    return (figures.count, figures.total_cents) if figures else (0, 0)


def counts_of(pairs: dict[str, tuple[int, int]]) -> dict[str, int]:
    return {stage: count for stage, (count, _) in pairs.items()}


def totals_of(pairs: dict[str, tuple[int, int]]) -> dict[str, str]:
    return {stage: value_words(cents, none="") for stage, (_, cents) in pairs.items()}
