"""What the partner's board knows: their deals in one workflow, as tiles by stage or as a list."""

from urllib.parse import urlencode

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic
from salestrekker_portal.domains.notifications.bell import deals_with_news
from salestrekker_portal.domains.partners.own_deals import (
    PartnerDeal,
    WorkflowChoice,
    board_of,
    deals_called,
    default_view_of,
    private_deals_of,
    stages_of,
    workflows_of,
)
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.partner.board.tiles import Column, Tile, columns_of, tile_of
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

MOST_LETTERS = 80
# What was typed lately: the address follows a little later, and must not put an older word back into the field.
REMEMBERED = 20


class PartnerBoardState(PartnerState, rx.State):
    """The board or the list, of the workflow in the address."""

    ready: bool = False
    none_at_all: bool = False
    view: str = "board"
    board_to: str = "/partner"
    list_to: str = "/partner?view=list"
    here_to: str = "/partner"
    workflow: str = ""
    workflows: list[Choice] = []
    with_closed: bool = False
    summary: str = ""
    columns: list[Column] = []
    rows: list[Tile] = []
    # What is searched for, and how many were found. `box` counts up when the address says other words than were typed.
    words: str = ""
    found: str = ""
    box: int = 0
    _typed: list[str] = [""]
    # How the firm has deals open; an address names the view only where it differs.
    _usual: str = "board"

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """Build the whole view from the address."""
        await self._read()
        self.ready = True

    @rx.event
    @allow(Portal.PARTNER)
    async def refresh(self):
        """Something on one of these deals changed, or the firm did: look again."""
        await self._read()
        return PartnerHere.load

    @rx.event
    @allow(Portal.PARTNER)
    async def choose_workflow(self, workflow_id: str):
        """Another workflow; the address keeps the choice."""
        return rx.redirect(_address(self._shown_view(), clean(workflow_id)[:40], self._closed()))

    @rx.event
    @allow(Portal.PARTNER)
    async def show_closed(self, wanted: bool):
        """With or without settled deals; the address keeps the choice."""
        return rx.redirect(_address(self._shown_view(), self.workflow, "1" if wanted is True else "0"))

    @rx.event
    @allow(Portal.PARTNER)
    async def search(self, words: str):
        """Look for a client among everything that they follow; the address keeps it."""
        typed = clean(words)[:MOST_LETTERS]
        self._typed = [*self._typed, typed][-REMEMBERED:]
        here = _address(self._shown_view(), self.workflow, self._closed())
        found = f"{here}{'&' if '?' in here else '?'}{urlencode({'q': typed})}"
        return rx.redirect(found if typed else here, replace=True)

    def _closed(self) -> str:
        """What the address says of settled deals: "1" with them, "0" without, "" nothing."""
        said = self._query("closed")
        return said if said in ("0", "1") else ""

    def _shown_view(self) -> str:
        return "" if self.view == self._usual else self.view

    async def _read(self) -> None:
        said, words = self._closed(), clean(self._query("q"))[:MOST_LETTERS]
        async with self._looking() as (session, actor):
            self._usual = await default_view_of(session, actor)
            view = self._query("view") if self._query("view") in ("board", "list") else self._usual
            choices = await workflows_of(session, actor)
            chosen = _chosen(choices, self._query("workflow"), closed=said == "1")
            # Whoever comes without a choice, and has nothing open, sees what is closed.
            unasked = not said and not self._query("workflow")
            with_closed = said == "1" or (unasked and chosen is not None and not chosen.open)
            deals = await _deals_of(session, actor, chosen, words, with_closed)
            stages = await stages_of(session, chosen.id) if chosen and not words else []
            new = await deals_with_news(session, actor)
            tiles = [tile_of(deal, actor.time_zone, is_new=deal.id in new) for deal in deals]
            columns = columns_of(stages, deals, tiles)
        workflow = str(chosen.id) if chosen else ""
        self.view, self.with_closed, self.workflow = view, with_closed, workflow
        self.workflows = [Choice(value=str(each.id), label=each.name) for each in choices]
        self.none_at_all = not words and not deals and not any(each.open + each.closed for each in choices)
        self.summary = _summary(choices, chosen, sum(each.stage_id is None for each in deals))
        self.board_to, self.list_to = (
            _address("" if each == self._usual else each, workflow, "1" if with_closed else said)
            for each in ("board", "list")
        )
        self.here_to = self.list_to if view == "list" else self.board_to
        self.columns = columns if view == "board" and not words else []
        self.rows = tiles if view == "list" or words else []
        self._say_found(words, len(tiles))
        topics = [deal_topic(deal.id) for deal in deals]
        subscriptions.watch(self.router.session.client_token, partner_topic(actor.id), *topics)

    def _say_found(self, words: str, count: int) -> None:
        if words not in self._typed:
            self.box, self._typed = self.box + 1, [words]
        self.words = words
        self.found = f"{counted(count, 'deal')} of yours" if words else ""


async def _deals_of(
    session: ReadSession, actor: Actor, chosen: WorkflowChoice | None, words: str, with_closed: bool
) -> list[PartnerDeal]:
    if words:
        return await deals_called(session, actor, words)
    if chosen is None:
        return await private_deals_of(session, actor)
    return await board_of(session, actor, chosen, with_closed=with_closed)


def _chosen(choices: list[WorkflowChoice], wanted: str, *, closed: bool) -> WorkflowChoice | None:
    """The workflow in the address; else the first with an open deal, else with any, else the first.

    Whoever asked for closed deals gets the first with one of those.
    """
    by_id = {str(each.id): each for each in choices}
    if wanted in by_id:
        return by_id[wanted]
    settled = [each for each in choices if each.closed]
    with_deals = (settled if closed else []) or [each for each in choices if each.open] or settled or choices
    return with_deals[0] if with_deals else None


def _summary(choices: list[WorkflowChoice], chosen: WorkflowChoice | None, private: int) -> str:
    """How many deals are here, and where the others are: a deal that has moved on is not gone."""
    kept = [f"{private} kept private."] if private else []
    if chosen is None:
        return " ".join(kept)
    others = [
        f"{each.name}: {each.open} open, {each.closed} closed."
        for each in choices
        if each.id != chosen.id and each.open + each.closed
    ]
    return " ".join([f"{chosen.open} open, {chosen.closed} closed.", *others, *kept])


def _address(view: str, workflow: str, closed: str) -> str:
    parts = {"view": view} if view else {}
    if workflow:
        parts["workflow"] = workflow
    if closed:
        parts["closed"] = closed
    return f"/partner?{urlencode(parts)}" if parts else "/partner"
