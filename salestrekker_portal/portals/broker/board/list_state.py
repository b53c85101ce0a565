"""The list view of a workflow."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.insights.board import BoardCard
from salestrekker_portal.domains.insights.deal_list import (
    PAGE_SIZE,
    DealPage,
    Show,
    deals_page,
    every_deal,
    note_taken,
)
from salestrekker_portal.domains.organisations.list_columns import columns_from, columns_kept, scope_of
from salestrekker_portal.domains.pipeline.many import MOST
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.sheets import sheet, sheet_amount
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.cards import DealLine, deal_line
from salestrekker_portal.portals.broker.board.columns import ColumnChoice, ListHeading, choices_of, headings_of
from salestrekker_portal.portals.broker.board.feet import ListFoot, feet_of
from salestrekker_portal.portals.broker.board.reading import stages_shown
from salestrekker_portal.portals.broker.words import MOVES
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from, uuid_or_none
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.workflows import Stage


class ShowChoice(TypedDict):
    words: str
    to: str
    on: bool


FILE_COLUMNS = [
    "Deal", "Reference", "Clients", "Stage", "Value", "Lender", "Days in stage", "Owner", "Labels", "Profile %",
    "Documents in", "Documents asked", "Whose move", "Finance due", "Expected settlement", "Settled on",
]  # fmt: skip
SHOWS = {Show.OPEN: "Open", Show.SETTLED: "Settled", Show.ARCHIVED: "Archived"}


class DealListState(BrokerState, rx.State):
    """One page of deals, as the address wants it."""

    lines: list[DealLine] = []
    columns: list[ListHeading] = []
    feet: list[ListFoot] = []
    choices: list[ColumnChoice] = []
    shows: list[ShowChoice] = []
    range_words: str = ""
    earlier: str = ""
    later: str = ""
    ready: bool = False
    total: int = 0
    # The deals that are ticked, by id, on whichever pages of this list they are.
    chosen: list[str] = []
    page_chosen: bool = False
    # Which deals the list is of, in whichever order: of another list nothing is ticked.
    _of: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the page of the address; nothing while the board is shown."""
        address = read_address(self._query)
        which = address.unsorted
        if which != self._of:
            self._of, self.chosen = which, []
        if not address.is_list:
            return
        async with self._looking() as (session, actor):
            stages = stages_shown(await workflows_with_stages(session, actor), address)
            place = {"after": uuid_or_none(address.after), "before": uuid_or_none(address.before)}
            kept = columns_kept(actor, scope_of(which))
            read = await deals_page(session, actor, stages, address.wanted(actor), kept=kept, **place)
        by_id = {stage.id: stage for stage in stages}
        columns, today = columns_from(read.kept), local(utc_now(), actor.time_zone).date()
        self.lines = [deal_line(card, by_id[card.deal.stage_id], columns, today, address.sort) for card in read.cards]
        self.columns, self.choices = headings_of(address, columns), choices_of(columns)
        self.feet = feet_of(columns, read.sums, len(read.cards), address.show, today)
        self.shows = [
            {"words": words, "to": address.but(show=show).path, "on": show is address.show}
            for show, words in SHOWS.items()
        ]
        first = (address.page - 1) * PAGE_SIZE
        self.range_words = (
            f"{first + 1}–{first + len(read.cards)} of {counted(read.total, 'deal')}" if read.cards else "No deals"
        )
        self.earlier, self.later = _turns(address, read)
        self.ready, self.total = True, read.total
        self._choose(self.chosen)

    @rx.event
    @allow(Portal.BROKER)
    async def tick(self, deal_id: str, on: bool):
        """Choose a deal, or not after all."""
        self._tick([str(uuid_from(deal_id, "deal"))], bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    async def tick_page(self, on: bool):
        """All deals of this page, or none of them."""
        self._tick([line["id"] for line in self.lines], bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    async def tick_all(self):
        """Everything that the list shows on all of its pages, as far as it can be done at once."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            stages = stages_shown(await workflows_with_stages(session, actor), address)
            cards = await every_deal(session, actor, stages, address.wanted(actor), most=MOST)
        self._choose([str(card.deal.id) for card in cards])

    @rx.event
    @allow(Portal.BROKER)
    async def tick_none(self):
        """Nothing is chosen any more."""
        self._choose([])

    def _tick(self, deal_ids: list[str], on: bool) -> None:
        others = [each for each in self.chosen if each not in deal_ids]
        chosen = others + deal_ids if on else others
        if len(chosen) > MOST:
            raise Conflict(f"At most {MOST} deals can be done at once.")
        self._choose(chosen)

    def _choose(self, chosen: list[str]) -> None:
        self.chosen = chosen
        self.page_chosen = bool(self.lines) and all(line["id"] in chosen for line in self.lines)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("each file is written down, and gives the same person the same deals")
    @asks_again
    async def download(self):
        """What the list shows, all pages of it, as a file for a spreadsheet."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            stages = stages_shown(await workflows_with_stages(session, actor), address)
            cards = await every_deal(session, actor, stages, address.wanted(actor))
        # Apart, because reading thousands of deals is nothing that others who write should wait for.
        async with self._acting() as (session, actor):
            note_taken(session, actor, cards)
        by_id = {stage.id: stage for stage in stages}
        rows = [in_a_file(card, by_id[card.deal.stage_id]) for card in cards]
        return rx.download(data=sheet(FILE_COLUMNS, rows), filename="deals.csv")


def in_a_file(card: BoardCard, stage: Stage) -> list[str | int]:
    """A deal as a line of a spreadsheet: amounts without signs, days as 2026-04-17."""
    deal = card.deal
    days = [f"{day}" if day else "" for day in (deal.finance_due_on, deal.expected_settlement_on, deal.settled_on)]
    return [
        deal.name, deal.reference, deal.clients_line, stage.name, sheet_amount(deal.value_cents), deal.lender_line,
        (utc_now() - deal.stage_entered_at).days, card.owner_name, deal.labels_line, deal.profile_pct,
        deal.documents_in, deal.documents_asked, MOVES[deal.move], *days,
    ]  # fmt: skip


def _turns(address: BoardAddress, read: DealPage) -> tuple[str, str]:
    """The addresses of the page before and of the next; "" for none."""
    if not read.cards:
        return (address.but().path if address.page > 1 else ""), ""
    first, last = str(read.cards[0].deal.id), str(read.cards[-1].deal.id)
    earlier = address.but(page=address.page - 1, before=first).path if address.page > 1 else ""
    return earlier, address.but(page=address.page + 1, after=last).path if read.later else ""
