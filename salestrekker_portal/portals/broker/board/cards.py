"""A deal as the board and the list show it: short words, ready to read."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypedDict

from salestrekker_portal.domains.deals.figures import LABELS_BETWEEN
from salestrekker_portal.domains.insights.board import BoardCard
from salestrekker_portal.domains.insights.chosen import stale_before
from salestrekker_portal.domains.insights.deal_list import Sort
from salestrekker_portal.domains.organisations.list_columns import Columns, DealColumn
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import counted, initials
from salestrekker_portal.portals.broker.deal.partners_words import owed_words
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

# Finance that is due within these days stands in amber.
DUE_SOON = timedelta(days=3)


class DealLine(TypedDict):
    """One row of the list. `cells` are the words of its columns; what is drawn has a value of its own beside them.

    `amount`, `stage` and `when` are what a phone shows instead of the columns; `late`: the days of `when` are too many.
    """

    id: str
    href: str
    name: str
    cells: dict[str, str]
    stale: bool
    due: bool
    portal: str
    percent: int
    move: str
    amount: str
    stage: str
    when: str
    late: bool


def board_card(card: BoardCard, stage: Stage, zone: str) -> dict:
    """The card as the board component takes it (see ui/kanban), for somebody whose clock runs by `zone`."""
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
        **({"promise": promise} if (promise := owed_words(card.promised_for, zone)) else {}),
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


def deal_line(card: BoardCard, stage: Stage, columns: Columns, today: date, sort: Sort = Sort.DAYS) -> DealLine:
    """A row of the list with what these columns show."""
    deal = card.deal
    stale = deal.stage_entered_at < stale_before(stage)
    return {
        "id": str(deal.id),
        "href": f"/deals/{deal.id}",
        "name": deal.name,
        "cells": {each.key.value: CELLS[each.key](card, stage) for each in columns if each.key in CELLS},
        "stale": stale,
        "due": _finance_is_open(deal) and deal.finance_due_on <= today + DUE_SOON,
        "portal": shown_portal_state(deal, stage.fact_find),
        "percent": deal.profile_pct,
        "move": MOVE_MARKS[deal.move],
        "amount": value_words(deal.value_cents),
        "stage": stage.name,
        "when": _when(deal, sort),
        "late": stale and sort is not Sort.SETTLES,
    }


def _when(deal: Deal, sort: Sort) -> str:
    """How long it has stayed, or when it settles where the list is sorted by that."""
    day = deal.settled_on or deal.expected_settlement_on
    if sort is Sort.SETTLES and day:
        return f"{'Settled' if deal.settled_on else 'Settles'} {day.day} {day:%b}"
    return counted((utc_now() - deal.stage_entered_at).days, "day")


def _finance_is_open(deal: Deal) -> bool:
    return deal.finance_due_on is not None and deal.approved_on is None


def _finance_words(card: BoardCard, stage: Stage) -> str:
    deal = card.deal
    return "Met" if deal.finance_due_on and deal.approved_on else day_words(deal.finance_due_on) or "Not set"


# What a column says of a deal; the name, the portal, the profile and whose move it is are drawn.
CELLS: dict[DealColumn, Callable[[BoardCard, Stage], str]] = {
    DealColumn.STAGE: lambda card, stage: stage.name,
    DealColumn.AMOUNT: lambda card, stage: value_words(card.deal.value_cents),
    DealColumn.DAYS: lambda card, stage: str((utc_now() - card.deal.stage_entered_at).days),
    DealColumn.OWNER: lambda card, stage: card.owner_name,
    DealColumn.DOCUMENTS: lambda card, stage: documents_words(card.deal),
    DealColumn.LENDER: lambda card, stage: card.deal.lender_line or "Not chosen",
    DealColumn.FINANCE_DUE: _finance_words,
    DealColumn.SETTLES: lambda card, stage: (
        day_words(card.deal.settled_on or card.deal.expected_settlement_on) or "Not set"
    ),
    DealColumn.CLIENTS: lambda card, stage: card.deal.clients_line,
    DealColumn.LABELS: lambda card, stage: card.deal.labels_line,
    DealColumn.LVR: lambda card, stage: _tight(card.deal.told_figures.get("lvr", "")),
    DealColumn.LODGED: lambda card, stage: day_words(card.deal.lodged_on),
    DealColumn.APPROVED: lambda card, stage: day_words(card.deal.approved_on),
    DealColumn.REFERENCE: lambda card, stage: card.deal.reference,
}
