"""What the partner's board knows: their deals in one workflow, as tiles by stage or as a list."""

from datetime import datetime
from typing import TypedDict
from urllib.parse import urlencode

import reflex as rx

from salestrekker_portal.domains.activity.service import deal_topic, partner_topic
from salestrekker_portal.domains.notifications.bell import deals_with_news
from salestrekker_portal.domains.partners.own_deals import (
    PartnerDeal,
    WorkflowChoice,
    board_of,
    default_view_of,
    private_deals_of,
    stages_of,
    workflows_of,
)
from salestrekker_portal.domains.partners.promises import promise_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.text import clean, initials
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.partner.deal.rows import papers_words
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import PartnersSee
from salestrekker_portal.tables.workflows import Stage


class Tile(TypedDict):
    id: str
    # The clients' names: what a partner looks for. The deal's own name has the partner's in it.
    title: str
    under: str
    name: str
    new: bool
    labels: list[str]
    broker: str
    initials: str
    stage: str
    since: str
    closed: bool
    # The next update as it was promised, and whether that is past; how many papers are open where clients tell it.
    promise: str
    late: bool
    papers: str
    to: str


class Column(TypedDict):
    id: str
    name: str
    total: int
    tiles: list[Tile]


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

    def _closed(self) -> str:
        """What the address says of settled deals: "1" with them, "0" without, "" nothing."""
        said = self._query("closed")
        return said if said in ("0", "1") else ""

    def _shown_view(self) -> str:
        return "" if self.view == self._usual else self.view

    async def _read(self) -> None:
        said = self._closed()
        async with self._looking() as (session, actor):
            self._usual = await default_view_of(session, actor)
            view = self._query("view") if self._query("view") in ("board", "list") else self._usual
            choices = await workflows_of(session, actor)
            chosen = _chosen(choices, self._query("workflow"), closed=said == "1")
            # Whoever comes without a choice, and has nothing open, sees what is closed.
            unasked = not said and not self._query("workflow")
            with_closed = said == "1" or (unasked and chosen is not None and not chosen.open)
            board = board_of(session, actor, chosen, with_closed=with_closed) if chosen else None
            deals = await (board or private_deals_of(session, actor))
            stages = await stages_of(session, chosen.id) if chosen else []
            new = await deals_with_news(session, actor)
            tiles = [_tile(deal, actor.time_zone, is_new=deal.id in new) for deal in deals]
            columns = _columns(stages, deals, tiles)
        workflow = str(chosen.id) if chosen else ""
        self.view, self.with_closed, self.workflow = view, with_closed, workflow
        self.workflows = [Choice(value=str(each.id), label=each.name) for each in choices]
        self.none_at_all = not deals and not any(each.open + each.closed for each in choices)
        self.summary = _summary(choices, chosen, sum(each.stage_id is None for each in deals))
        self.board_to, self.list_to = (
            _address("" if each == self._usual else each, workflow, "1" if with_closed else said)
            for each in ("board", "list")
        )
        self.here_to = self.list_to if view == "list" else self.board_to
        self.columns = columns if view == "board" else []
        self.rows = tiles if view == "list" else []
        topics = [deal_topic(deal.id) for deal in deals]
        subscriptions.watch(self.router.session.client_token, partner_topic(actor.id), *topics)


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


def _columns(stages: list[Stage], deals: list[PartnerDeal], tiles: list[Tile]) -> list[Column]:
    """A column a stage; where there is any, one for what has moved on to another workflow, and one for deals whose
    clients keep to themselves how they go."""
    both = list(zip(deals, tiles, strict=True))
    inside = [(str(stage.id), stage.client_name, [t for d, t in both if d.stage_id == stage.id]) for stage in stages]
    moved = [t for d, t in both if d.moved_to]
    private = [t for d, t in both if d.stage_id is None]
    more = [("moved-on", "Moved on", moved), ("private", "Kept private", private)]
    every = [*inside, *(each for each in more if each[2])]
    return [Column(id=key, name=name, total=len(mine), tiles=mine) for key, name, mine in every]


def _address(view: str, workflow: str, closed: str) -> str:
    parts = {"view": view} if view else {}
    if workflow:
        parts["workflow"] = workflow
    if closed:
        parts["closed"] = closed
    return f"/partner?{urlencode(parts)}" if parts else "/partner"


def _tile(deal: PartnerDeal, zone: str, *, is_new: bool) -> Tile:
    return Tile(
        id=str(deal.id),
        title=deal.clients or deal.name,
        under=deal.name if deal.clients else "",
        new=is_new,
        name=deal.name,
        labels=[label for label in deal.labels.split(" · ") if label],
        broker=deal.broker_first_name,
        initials=initials(deal.broker),
        stage=f"{deal.moved_to}: {deal.stage}" if deal.moved_to else deal.stage,
        since=_since(deal, zone),
        closed=deal.settled,
        promise=_promise(deal, zone),
        late=deal.promised_for is not None and deal.promised_for <= utc_now(),
        papers=papers_words(deal.papers_open),
        to=f"/partner/deals/{deal.id}",
    )


def _since(deal: PartnerDeal, zone: str) -> str:
    if deal.sees is PartnersSee.NOTHING:
        return "Kept private by your client"
    at = deal.stage_entered_at
    words = "Settled" if deal.settled else days_in(at, zone) if at is not None else ""
    moved = f"{deal.moved_to}: {deal.stage}" if deal.moved_to else ""
    return f"{moved}, {words.lower()}" if moved and words else moved or words


def _promise(deal: PartnerDeal, zone: str) -> str:
    return promise_words(deal.promised_for, zone) if deal.promised_for is not None else ""


def days_in(since: datetime, zone: str) -> str:
    """Today, 1 day, 7 days: calendar days where the firm is."""
    days = (local(utc_now(), zone).date() - local(since, zone).date()).days
    if days < 1:
        return "Today"
    return "1 day" if days == 1 else f"{days} days"
