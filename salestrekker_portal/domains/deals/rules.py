"""What follows from the facts of a deal, without a database."""

from dataclasses import dataclass

from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.money import cents_from
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.workflows import FactFindMode

NAME_LIMIT = 200
MOST_CENTS = 1_000_000_000_00

# Settled and archived are two things with two ways out; the buttons on the deal are named like the verbs here.
LOCKED = "This deal is settled and locked. Unlock it first to change it."
ARCHIVED = "This deal is archived. Restore it first to change it."


@dataclass(frozen=True, kw_only=True)
class MoveFacts:
    """What decides whose move it is."""

    with_lender: bool
    portal_state: str
    mode: FactFindMode
    profile_pct: int
    asked_open: int
    to_review: int
    # Tasks of ours that are due.
    tasks_due: int = 0


def whose_move(facts: MoveFacts) -> Move:
    """Ours while something waits for review, a task is due or nobody is invited; else the client's while they owe us
    something; else the lender's, once it has the application."""
    if facts.to_review or facts.tasks_due:
        return Move.US
    invited = facts.portal_state in ("invited", "active")
    if invited and facts.asked_open:
        return Move.CLIENT
    if facts.with_lender:
        return Move.LENDER
    owes_answers = facts.mode is FactFindMode.EDITABLE and facts.profile_pct < 100
    return Move.CLIENT if invited and owes_answers else Move.US


def portal_state(*, live: int, consented: int, ended: int) -> str:
    """One word for all of a deal's invitations: active, invited, revoked or not_invited."""
    if consented:
        return "active"
    if live:
        return "invited"
    return "revoked" if ended else "not_invited"


def written_lvr(owed_cents: int | None, worth_cents: int | None) -> str:
    """Loan to value in words, "80.6 %", halves away from zero; "" while either isn't known."""
    if owed_cents is None or not worth_cents:
        return ""
    tenths = (owed_cents * 2000 + worth_cents) // (2 * worth_cents)
    return f"{tenths // 10}.{tenths % 10} %"


def checked_loan(raw: object) -> str:
    """What a deal is for, one of the fact find's kinds of loan. Raises Invalid."""
    if not isinstance(raw, str) or raw not in set(Loan):
        raise Invalid({"loan": "Choose what the deal is for."})
    return raw


def checked_name(raw: object) -> str:
    """A deal's name. Raises Invalid."""
    name = clean(raw)
    if not name:
        raise Invalid({"name": "Give the deal a name."})
    if len(name) > NAME_LIMIT:
        raise Invalid({"name": f"Use at most {NAME_LIMIT} characters. This has {len(name):,}."})
    return name


def typed_value(raw: object) -> int | None:
    """A deal's value in cents as it was typed; nothing typed is no value yet, kept as 0. None is "not an amount"."""
    return 0 if not clean(raw) else cents_from(raw)


def checked_value(cents: int | None) -> int:
    """A deal's value in cents. Raises Invalid; None is "not an amount"."""
    if cents is None:
        raise Invalid({"value": "Enter an amount like 640,000, or leave this empty until you know it."})
    if not 0 <= cents <= MOST_CENTS:
        raise Invalid({"value": "Enter an amount from 0 to 1,000,000,000."})
    return cents


def demand_on_the_board(deal: Deal) -> None:
    """Raises Conflict for an archived deal: what may be done with a settled one waits until it is restored."""
    if deal.archived_at is not None:
        raise Conflict(ARCHIVED)


def demand_open(deal: Deal) -> None:
    """Raises Conflict for a deal that is archived or settled, each with its own way out."""
    demand_on_the_board(deal)
    if deal.locked_at is not None:
        raise Conflict(LOCKED)
