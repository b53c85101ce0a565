"""The board: its head, its first cards, and the patches that keep it true while others work."""

from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.activity.service import board_topic
from salestrekker_portal.domains.deals.changes import changed_since, number_now
from salestrekker_portal.domains.insights import board
from salestrekker_portal.domains.insights.board import StageFigures
from salestrekker_portal.domains.workflows.queries import access_stage, stages_in
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.cards import board_card, board_stage
from salestrekker_portal.portals.broker.board.reading import (
    board_page_of,
    board_patch_of,
    counts_of,
    pair_of,
    read_board,
    totals_of,
)
from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.portals.broker.words import value_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Move
from salestrekker_portal.tables.workflows import Stage

# More changed deals than this at once, and a fresh page is smaller than the patch.
MOST_PATCHED = 12


class LinkChoice(TypedDict):
    """A link that is chosen or not."""

    words: str
    to: str
    on: bool


class BoardState(BrokerState, rx.State):
    """One workflow's board. `page`, `patch` and `more` follow the contract of ui/kanban."""

    workflow: str = ""
    workflow_id: str = ""
    workflows: list[LinkChoice] = []
    chips: list[LinkChoice] = []
    view: str = "board"
    is_list: bool = False
    board_path: str = "/board"
    list_path: str = "/board?view=list"
    forecast_path: str = "/board?view=forecast"
    calendar_path: str = "/board?view=calendar"
    here: str = ""
    stages: list[dict] = []
    page: dict = {}
    patch: dict = {}
    more: dict = {}
    me: str = ""
    count_words: str = ""
    total_words: str = ""
    weighted_words: str = ""
    # Where this tab stands in its brokerage's changes, in its own patches, and in counts and totals.
    _number: int = 0
    _seq: int = 0
    _figures: dict[str, tuple[int, int]] = {}

    def _address(self) -> BoardAddress:
        return read_address(self._query)

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the board of this address: first cards, counts and totals, whatever the size of the pipeline."""
        address = self._address()
        async with self._looking() as (session, actor):
            # Before the rows are read: what changes in between is then told again, instead of missed.
            number = number_now(actor.organisation_id)
            read = await read_board(session, actor, address)
        self.workflow, self.workflow_id, self.me = read.workflow.name, str(read.workflow.id), actor.name
        self._show_choices(address, [(str(each.id), each.name) for each in read.workflows])
        # Patches count from the page that they build on; the browser asks for a fresh one when it misses a number.
        self._number, self._seq = number, 1
        self.stages, self.patch, self.more = [board_stage(stage) for stage in read.stages], {}, {}
        self._show_figures(read.stages, read.board.figures)
        self.page = board_page_of(read.stages, read.board, self._seq, actor.time_zone)
        subscriptions.watch(self.router.session.client_token, board_topic(actor.organisation_id))

    def _show_choices(self, address: BoardAddress, workflows: list[tuple[str, str]]) -> None:
        self.view, self.is_list, self.here = address.view, address.is_list, address.but(month="").path
        self.board_path, self.list_path = address.but(view="board").path, address.but(view="list").path
        self.forecast_path = address.but(view="forecast").path
        self.calendar_path = address.but(view="calendar", month="").path
        self.workflows = [
            {"words": name, "to": address.but(workflow=each).path, "on": each == self.workflow_id}
            for each, name in workflows
        ]
        us, client = address.move is Move.US, address.move is Move.CLIENT
        self.chips = [
            {"words": "My deals", "to": address.but(owner="" if address.mine else "me").path, "on": address.mine},
            {"words": "Waiting on us", "to": address.but(move=None if us else Move.US).path, "on": us},
            {"words": "Waiting on client", "to": address.but(move=None if client else Move.CLIENT).path, "on": client},
            {"words": "Stale", "to": address.but(stale=not address.stale).path, "on": address.stale},
        ]

    def _show_figures(self, stages: list[Stage], figures: dict[UUID, StageFigures]) -> tuple[dict, dict]:
        """Keep the totals of the head right; the counts and totals of the stages that changed."""
        count = sum(each.count for each in figures.values())
        self.count_words = f"{count:,}"
        self.total_words = value_words(sum(each.total_cents for each in figures.values()), none="$0")
        self.weighted_words = money_words(board.weighted_cents(stages, figures) // 100 * 100)
        now = {str(stage.id): pair_of(figures.get(stage.id)) for stage in stages}
        changed = {stage: pair for stage, pair in now.items() if self._figures.get(stage) != pair}
        self._figures = now
        return counts_of(changed), totals_of(changed)

    @rx.event
    @allow(Portal.BROKER)
    async def refresh(self):
        """Somebody changed something: read those deals only, and fold them in."""
        # A list is sorted by the database and has pages; a patch couldn't say where a row belongs.
        if not self.workflow_id or self.view != "board":
            return BoardState.load
        async with self._looking() as (session, actor):
            changed = changed_since(actor.organisation_id, self._number)
            if changed is None or len(changed.ids) > MOST_PATCHED:
                return BoardState.load
            if not changed.ids:
                return None
            chosen = self._address().filter(actor)
            stages = await stages_in(session, actor, UUID(self.workflow_id))
            cards = await board.cards_of(session, actor, stages, changed.ids, chosen)
            figures = await board.stage_figures(session, actor, stages, chosen)
        counts, totals = self._show_figures(stages, figures)
        self._number, self._seq = changed.upto, self._seq + 1
        self.patch = board_patch_of(self._seq, stages, cards, changed.placed, changed.ids, actor.time_zone) | {
            "counts": counts,
            "totals": totals,
        }
        return None

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a stage is a place: a deal that stands there stays there")
    async def move(self, deal_id: str, stage_id: str, after_id: str):
        """Put a deal into a stage, below another or on top. The patch comes with the bump that all boards get.

        A move that would lock a client who is typing is asked about first.
        """
        try:
            deal, stage = uuid_from(deal_id, "deal"), uuid_from(stage_id, "stage")
            after = uuid_from(after_id, "deal") if after_id else None
            moving = await self.get_state(MovingState)
            if await moving._asked(deal, stage, after):
                return BoardState.load  # back to where it was, until the question is answered
            await moving._move(deal, stage, after)
        except DomainError as refusal:  # the card has moved on screen: only a fresh page puts it back
            return [BoardState.load, Notices.refuse(refusal.message)]
        return None

    @rx.event
    @allow(Portal.BROKER)
    async def load_more(self, stage_id: str, last_id: str):
        """The next cards of one stage."""
        async with self._looking() as (session, actor):
            stage = await access_stage(session, actor.organisation_id, uuid_from(stage_id, "stage"))
            chosen = self._address().filter(actor)
            cards = await board.more_cards(session, actor, stage, uuid_from(last_id, "deal"), chosen)
        self.more = {
            "stage": str(stage.id),
            "seq": self._seq,
            "order": [str(card.deal.id) for card in cards],
            "cards": {str(card.deal.id): board_card(card, stage, actor.time_zone) for card in cards},
        }
