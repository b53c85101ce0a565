"""What stands on a partner's tiles, and in which column each is."""

from datetime import datetime
from typing import TypedDict

from salestrekker_portal.domains.partners.own_deals import PartnerDeal
from salestrekker_portal.domains.partners.promises import promise_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.partner.deal.rows import papers_words
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


def columns_of(stages: list[Stage], deals: list[PartnerDeal], tiles: list[Tile]) -> list[Column]:
    """A column a stage; where there is any, one for what has moved on to another workflow, and one for deals whose
    clients keep to themselves how they go."""
    both = list(zip(deals, tiles, strict=True))
    inside = [(str(stage.id), stage.client_name, [t for d, t in both if d.stage_id == stage.id]) for stage in stages]
    moved = [t for d, t in both if d.moved_to]
    private = [t for d, t in both if d.stage_id is None]
    more = [("moved-on", "Moved on", moved), ("private", "Kept private", private)]
    every = [*inside, *(each for each in more if each[2])]
    return [Column(id=key, name=name, total=len(mine), tiles=mine) for key, name, mine in every]


def tile_of(deal: PartnerDeal, zone: str, *, is_new: bool) -> Tile:
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
