"""What is done to a deal after it has been added: changing, settling, unlocking, putting away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.clients.revoking import revoke_everyone
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import deal_touched, labels_line, lines_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import (
    checked_loan,
    checked_name,
    checked_value,
    demand_on_the_board,
    demand_open,
)
from salestrekker_portal.domains.labels.queries import put_labels
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.organisations.people import demand_member
from salestrekker_portal.domains.pipeline.adding import Part, add_applicant, add_deal, open_deal
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.deals import Deal

__all__ = [
    "DealFacts", "Part", "add_applicant", "add_deal", "archive_deal", "change_deal", "move_deal", "open_deal",
    "restore_deal", "settle_deal", "unlock_deal",
]  # fmt: skip

_DAYS = ("expected_settlement_on", "finance_due_on", "lodged_on", "approved_on")


@dataclass(frozen=True, kw_only=True)
class DealFacts:
    """What the deal's form says, whole."""

    name: object
    value_cents: int | None
    owner_id: UUID
    # None leaves it as it is.
    loan_kind: object = None
    expected_settlement_on: date | None = None
    finance_due_on: date | None = None
    lodged_on: date | None = None
    approved_on: date | None = None
    label_ids: Iterable[UUID] = ()


async def change_deal(session: WriteSession, actor: Actor, deal_id: UUID, facts: DealFacts) -> Deal:
    """Change a deal to what its form says. Raises NotFound, NotPermitted, Conflict (settled, archived), Invalid."""
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    demand_open(deal)
    if facts.owner_id != deal.owner_id:
        await demand_member(session, deal.organisation_id, facts.owner_id)
    labels = await put_labels(session, deal.organisation_id, deal.id, facts.label_ids)
    wanted = {
        "name": checked_name(facts.name),
        "value_cents": checked_value(facts.value_cents),
        "owner_id": facts.owner_id,
        "loan_kind": deal.loan_kind if facts.loan_kind is None else checked_loan(facts.loan_kind),
        **{name: getattr(facts, name) for name in _DAYS},
        "labels_line": labels_line([label.name for label in labels]),
    }
    changed = [name for name, value in wanted.items() if getattr(deal, name) != value]
    for name in changed:
        if name != "labels_line":
            setattr(deal, name, wanted[name])
    if "labels_line" in changed:
        lines_touched(session, deal.id, labels=True, label_names=[label.name for label in labels])
    if changed:
        _tell(session, actor, deal, "deal:changed", fields=", ".join(changed))
    if "loan_kind" in changed:
        # Another kind of loan asks other questions, so the percent is another as well.
        from salestrekker_portal.domains.fact_find.figures import profile_touched

        await profile_touched(session, deal.id)
    return deal


async def settle_deal(
    session: WriteSession, actor: Actor, deal_id: UUID, *, on: object = "", note: object = ""
) -> Deal:
    """Settle a deal: it is locked, leaves the board, and its clients' access ends (warn before calling).

    The settlement day is `on` as typed, otherwise today where the firm is; a deal that was settled before keeps its
    first day unless another is typed, so that reports count it once. A note is the team's own. Raises NotFound,
    NotPermitted, Conflict (settled already), Invalid (`on`, `text`).
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SETTLE)
    demand_on_the_board(deal)
    if deal.locked_at is not None:
        raise Conflict("This deal is settled already. Unlock it to change it.")
    today = local(utc_now(), actor.time_zone).date()
    day = _settled_on(on, today)
    if clean(note, lines=True):
        await add_note(session, actor, deal.id, note)
    ended = await revoke_everyone(session, actor, deal, "the deal settled", told="deal_settled")
    deal.locked_at = utc_now()
    deal.settled_on = day or deal.settled_on or today
    _tell(session, actor, deal, "deal:settled", on=deal.settled_on.isoformat(), accesses_ended=ended)
    deal_touched(session, deal.id)
    return deal


async def unlock_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    """Open a settled deal for changes. Its settlement day stays, and nobody's access comes back by itself.

    Raises NotFound, NotPermitted, Conflict (not locked).
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SETTLE)
    demand_on_the_board(deal)
    if deal.locked_at is None:
        raise Conflict("This deal is not locked.")
    deal.locked_at = None
    _tell(session, actor, deal, "deal:unlocked")
    deal_touched(session, deal.id)
    return deal


async def archive_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    """Put a deal away: off the board, its clients' access ended (warn before calling). Nothing is deleted."""
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SETTLE)
    if deal.archived_at is not None:
        raise Conflict("This deal is archived already. Restore it to bring it back.")
    ended = await revoke_everyone(session, actor, deal, "the deal was archived")
    deal.archived_at = utc_now()
    _tell(session, actor, deal, "deal:archived", accesses_ended=ended)
    deal_touched(session, deal.id)
    return deal


async def restore_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    """Bring an archived deal back to its place on the board."""
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SETTLE)
    if deal.archived_at is None:
        raise Conflict("This deal is not archived.")
    deal.archived_at = deal.outcome = None
    deal.outcome_reason = ""
    _tell(session, actor, deal, "deal:restored")
    deal_touched(session, deal.id)
    return deal


def _settled_on(raw: object, today: date) -> date | None:
    """The day typed, None for nothing. Raises Invalid (`on`)."""
    if not clean(raw):
        return None
    day, sentence = read_day(clean(raw), today)
    if day is not None and day > today:
        sentence = "This day is still to come. Enter the day on which it settled."
    if sentence or day is None:
        raise Invalid({"on": sentence or "Enter a day like 17/04/2026."})
    return day


def _tell(session: WriteSession, actor: Actor, deal: Deal, kind: str, **facts: Any) -> None:
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, **facts)
    board_changed(session, deal.organisation_id, deal.id, placed=True)
