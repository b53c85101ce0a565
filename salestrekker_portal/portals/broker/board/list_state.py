"""The list view of a workflow."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.insights.board import BoardCard
from salestrekker_portal.domains.insights.deal_list import (
    PAGE_SIZE,
    Show,
    Sort,
    deals_page,
    every_deal,
    note_taken,
)
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.sheets import sheet, sheet_amount
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.cards import DealLine, deal_line
from salestrekker_portal.portals.broker.words import MOVES
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.workflows import Stage, Workflow


class Heading(TypedDict):
    """A column that sorts: `sorted` is ascending, descending or none."""

    words: str
    to: str
    sorted: str


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
    headings: dict[str, Heading] = {}
    shows: list[ShowChoice] = []
    range_words: str = ""
    earlier: str = ""
    later: str = ""
    ready: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the page of the address; nothing while the board is shown."""
        address = read_address(self._query)
        if not address.is_list:
            return
        async with self._looking() as (session, actor):
            stages = _stages(await workflows_with_stages(session, actor), address)
            read = await deals_page(
                session, actor, stages, sort=address.sort, descending=address.descending, page=address.page,
                show=address.show, chosen=address.filter(actor),
            )  # fmt: skip
        by_id = {stage.id: stage for stage in stages}
        self.lines = [deal_line(card, by_id[card.deal.stage_id]) for card in read.cards]
        self.headings = {sort.value: _heading(address, sort) for sort in Sort}
        self.shows = [
            {"words": words, "to": address.but(show=show).path, "on": show is address.show}
            for show, words in SHOWS.items()
        ]
        first = (address.page - 1) * PAGE_SIZE
        self.range_words = (
            f"{first + 1}–{first + len(read.cards)} of {counted(read.total, 'deal')}" if read.cards else "No deals"
        )
        self.earlier = address.but(page=address.page - 1).path if address.page > 1 else ""
        self.later = address.but(page=address.page + 1).path if first + PAGE_SIZE < read.total else ""
        self.ready = True

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("each file is written down, and gives the same person the same deals")
    async def download(self):
        """What the list shows, all pages of it, as a file for a spreadsheet."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            stages = _stages(await workflows_with_stages(session, actor), address)
            cards = await every_deal(
                session, actor, stages, sort=address.sort, descending=address.descending, show=address.show,
                chosen=address.filter(actor),
            )  # fmt: skip
        # Apart, because reading thousands of deals is nothing that others who write should wait for.
        async with self._acting() as (session, actor):
            note_taken(session, actor, cards)
        by_id = {stage.id: stage for stage in stages}
        rows = [_in_a_file(card, by_id[card.deal.stage_id]) for card in cards]
        return rx.download(data=sheet(FILE_COLUMNS, rows), filename="deals.csv")


def _stages(found: list[tuple[Workflow, list[Stage]]], address: BoardAddress) -> list[Stage]:
    """Those of the workflow of the address, or of the first."""
    named = [stages for workflow, stages in found if str(workflow.id) == address.workflow]
    return named[0] if named else found[0][1] if found else []


def _in_a_file(card: BoardCard, stage: Stage) -> list[str | int]:
    """A deal as a line of a spreadsheet: amounts without signs, days as 2026-04-17."""
    deal = card.deal
    days = [f"{day}" if day else "" for day in (deal.finance_due_on, deal.expected_settlement_on, deal.settled_on)]
    return [
        deal.name, deal.reference, deal.clients_line, stage.name, sheet_amount(deal.value_cents), deal.lender_line,
        (utc_now() - deal.stage_entered_at).days, card.owner_name, deal.labels_line, deal.profile_pct,
        deal.documents_in, deal.documents_asked, MOVES[deal.move], *days,
    ]  # fmt: skip


def _heading(address: BoardAddress, sort: Sort) -> Heading:
    now = address.sort is sort
    # Days run against the instants that they are counted from: who entered first has been there longest.
    falling = address.descending is not (sort is Sort.DAYS)
    direction = ("descending" if falling else "ascending") if now else "none"
    turned = address.but(sort=sort, descending=now and not address.descending)
    return {"words": sort.value, "to": turned.path, "sorted": direction}
