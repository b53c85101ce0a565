"""A deal as the board and the list show it: short words, ready to read."""

from typing import TypedDict

from salestrekker_portal.domains.deals.figures import LABELS_BETWEEN
from salestrekker_portal.domains.insights.board import BoardCard
from salestrekker_portal.domains.insights.chosen import stale_before
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.broker.words import (
    MOVE_MARKS,
    MOVES,
    PORTAL_STATES,
    documents_words,
    shown_portal_state,
    value_words,
)
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import FactFindMode, Stage


class DealLine(TypedDict):
    """One row of the list."""

    id: str
    href: str
    name: str
    clients: str
    stage: str
    amount: str
    days: str
    stale: bool
    owner: str
    initials: str
    portal: str
    documents: str
    percent: int
    move: str
    settles: str


def board_card(card: BoardCard, stage: Stage) -> dict:
    """The card as the board component takes it (see ui/kanban)."""
    deal = card.deal
    tone, icon, word = PORTAL_STATES[shown_portal_state(deal, stage.fact_find)]
    return {
        "id": str(deal.id),
        "href": f"/deals/{deal.id}",
        "name": deal.name,
        "clients": deal.clients_line,
        "amount": value_words(deal.value_cents),
        "portal": {"tone": tone, "icon": icon, "word": word},
        "labels": [label for label in deal.labels_line.split(LABELS_BETWEEN) if label],
        "percent": deal.profile_pct,
        "documents": documents_words(deal),
        "days": (utc_now() - deal.stage_entered_at).days,
        "stale": deal.stage_entered_at < stale_before(stage),
        "move": {"who": deal.move.value, "word": MOVES[deal.move]},
        "owner": initials(card.owner_name),
        "ownerName": card.owner_name,
        # Left out where there is nothing to say: a board has many cards.
        **({"lender": deal.lender_line} if deal.lender_line else {}),
        # What the team wrote down counts before what clients told.
        **({"lvr": _tight(lvr)} if (lvr := deal.written_lvr or deal.told_figures.get("lvr")) else {}),
        **({"next": next_date} if (next_date := _next_date(deal)) else {}),
    }


def _tight(percent: str) -> str:
    """80%, or 80.1%: beside a date and the days there is no room for more."""
    return percent.replace(".0 %", "%").replace(" %", "%")


def _next_date(deal: Deal) -> dict[str, str] | None:
    """The date that comes next of those that a lender or a seller waits for: short, and what it is."""
    days = [(deal.finance_due_on, "Finance due"), (deal.expected_settlement_on, "Expected settlement")]
    # Finance that was approved is due no more.
    known = [(day, what) for day, what in days if day and not (what == "Finance due" and deal.approved_on)]
    if not known:
        return None
    day, what = min(known)
    return {"day": f"{day.day} {day:%b}", "what": f"{what} {day_words(day)}"}


def board_stage(stage: Stage) -> dict:
    """A column as the board component takes it."""
    return {
        "id": str(stage.id),
        "name": stage.name,
        "colour": stage.colour,
        "likely": stage.probability_pct,
        "locked": stage.fact_find is FactFindMode.READ_ONLY,
    }


def deal_line(card: BoardCard, stage: Stage) -> DealLine:
    """A row of the list."""
    deal = card.deal
    return {
        "id": str(deal.id),
        "href": f"/deals/{deal.id}",
        "name": deal.name,
        "clients": deal.clients_line,
        "stage": stage.name,
        "amount": value_words(deal.value_cents),
        "days": str((utc_now() - deal.stage_entered_at).days),
        "stale": deal.stage_entered_at < stale_before(stage),
        "owner": card.owner_name,
        "initials": initials(card.owner_name),
        "portal": shown_portal_state(deal, stage.fact_find),
        "documents": documents_words(deal),
        "percent": deal.profile_pct,
        "move": MOVE_MARKS[deal.move],
        "settles": day_words(deal.settled_on or deal.expected_settlement_on) or "Not set",
    }
