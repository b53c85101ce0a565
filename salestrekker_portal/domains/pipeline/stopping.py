"""A deal that doesn't go ahead: declined, withdrawn or lost, with why. It leaves the board, and can come back."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.clients.revoking import revoke_everyone
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.deals import Deal, Outcome

OUTCOMES = {Outcome.DECLINED: "Declined", Outcome.WITHDRAWN: "Withdrawn", Outcome.LOST: "Lost"}
# Why, as reports count it.
REASONS = {
    "another_broker": "Went to another broker",
    "bank": "Went to the bank",
    "did_not_buy": "Didn’t buy",
    "no_reply": "No reply",
    "rate": "The rate",
    "credit": "Credit history",
    "servicing": "Could not afford it",
    "other": "Something else",
}


async def stop_deal(
    session: WriteSession, actor: Actor, deal_id: UUID, *, outcome: object, reason: object, note: object = ""
) -> Deal:
    """Say that a deal is not going ahead, and why: off the board, its clients' access ended (warn before calling).

    A note is the team's own. `restore_deal` takes it back. Raises NotFound, NotPermitted, Conflict (settled,
    archived), Invalid (`outcome`, `reason`, `text`).
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SETTLE)
    demand_open(deal)
    errors = {}
    if clean(outcome) not in set(Outcome):
        errors["outcome"] = "Choose what happened."
    if clean(reason) not in REASONS:
        errors["reason"] = "Choose why, so that it can be counted."
    if errors:
        raise Invalid(errors)
    if clean(note, lines=True):
        await add_note(session, actor, deal.id, note)
    ended = await revoke_everyone(session, actor, deal, "the deal is not going ahead", told="deal_ended")
    deal.outcome, deal.outcome_reason, deal.archived_at = Outcome(clean(outcome)), clean(reason), utc_now()
    # Its partner hears of each by its own name, never why.
    record(
        session, actor, f"deal:{deal.outcome.value}", organisation_id=deal.organisation_id, deal_id=deal.id,
        reason=REASONS[deal.outcome_reason], accesses_ended=ended,
    )  # fmt: skip
    board_changed(session, deal.organisation_id, deal.id, placed=True)
    deal_touched(session, deal.id)
    return deal


def outcome_words(deal: Deal) -> str:
    """Lost: went to the bank; "" for a deal that goes on."""
    if deal.outcome is None:
        return ""
    why = REASONS.get(deal.outcome_reason, "")
    return f"{OUTCOMES[deal.outcome]}: {why[:1].lower()}{why[1:]}" if why else OUTCOMES[deal.outcome]


def status_words(deal: Deal) -> str:
    """Open, Settled, Archived, or what became of it."""
    return outcome_words(deal) or ("Settled" if deal.locked_at else "Archived" if deal.archived_at else "Open")
