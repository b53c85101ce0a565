"""The list view of a workflow."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE, Show, Sort, deals_page
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.cards import DealLine, deal_line
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal


class Heading(TypedDict):
    """A column that sorts: `sorted` is ascending, descending or none."""

    words: str
    to: str
    sorted: str


class ShowChoice(TypedDict):
    words: str
    to: str
    on: bool


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
            found = await workflows_with_stages(session, actor)
            _, stages = next(
                (each for each in found if str(each[0].id) == address.workflow), (found or [(None, [])])[0]
            )
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


def _heading(address: BoardAddress, sort: Sort) -> Heading:
    now = address.sort is sort
    # Days run against the instants that they are counted from: who entered first has been there longest.
    falling = address.descending is not (sort is Sort.DAYS)
    direction = ("descending" if falling else "ascending") if now else "none"
    turned = address.but(sort=sort, descending=now and not address.descending)
    return {"words": sort.value, "to": turned.path, "sorted": direction}
