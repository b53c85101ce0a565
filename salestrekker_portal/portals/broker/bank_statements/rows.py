"""Requests for bank statements and what came of them, as words for the broker's screen."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.bank_statements.papers import expense_words
from salestrekker_portal.domains.bank_statements.rules import ENDED, NAMES, shown_state
from salestrekker_portal.domains.bank_statements.suggesting import Suggested
from salestrekker_portal.domains.bank_statements.summary import period_words
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.bank_statements import Problem, StatementRequest, StatementState
from salestrekker_portal.tables.contacts import Contact

PROBLEMS = {
    Problem.WRONG_LOGIN: "The bank did not accept the login.",
    Problem.BANK_DOWN: "The bank could not be reached.",
    Problem.ACT_AT_BANK: "The bank wants the client to clear something in online banking first.",
    Problem.JOINT_AUTHORITY: "The other holder of a joint account has to allow it.",
    Problem.CODE_TIMED_OUT: "The bank’s security code came too late.",
    Problem.NO_ACCOUNTS: "No accounts were shared.",
    Problem.CONSENT_WITHDRAWN: "The client stopped sharing.",
    Problem.UNKNOWN: "The provider gave no reason that helps.",
}


class AskablePersonRow(TypedDict):
    """An applicant who can be asked, or why not."""

    id: str
    name: str
    note: str
    allowed: bool
    ticked: bool


class StatementsRequestRow(TypedDict):
    """One request. `renew` and `withdraw` say whether they are offered."""

    id: str
    access: str
    name: str
    about: str
    state: str
    when: str
    problem: str
    renew: bool
    withdraw: bool


class FlowRow(TypedDict):
    name: str
    amount: str


class SuggestionRow(TypedDict):
    key: str
    name: str
    text: str
    present: str
    taken: bool


class Found(TypedDict):
    """The summary of one request."""

    id: str
    title: str
    period: str
    accounts: list[list[str]]
    income: list[FlowRow]
    expenses: list[FlowRow]
    more: str
    suggestions: list[SuggestionRow]
    household: bool


def request_row(request: StatementRequest, contact: Contact | None, zone: str, now: datetime) -> StatementsRequestRow:
    """A request, with what can be done about it."""
    state = shown_state(request.state, request.expires_at, now)
    parts = [f"Sent {instant_words(request.sent_at, zone)}"] if request.sent_at else []
    if request.opened_at is not None:
        parts.append(f"opened {instant_words(request.opened_at, zone)}")
    if state in ENDED:
        over = request.finished_at or request.expires_at
        parts.append(f"over {instant_words(over, zone)}")
    else:
        parts.append(f"works until {instant_words(request.expires_at, zone)}")
    return StatementsRequestRow(
        id=str(request.id),
        access=str(request.access_id),
        name=contact.name if contact else "A client",
        about=f"{request.months} months, through {NAMES[request.provider]}",
        state=state.value,
        when=", ".join(parts),
        problem=PROBLEMS[request.problem] if request.problem else "",
        renew=state is not StatementState.COMPLETE,
        withdraw=state not in ENDED,
    )


def person_row(contact: Contact, inside: set[UUID], waiting: set[UUID], ticked: list[str] | None) -> AskablePersonRow:
    """Whether this applicant can be asked now."""
    note = ""
    if contact.id not in inside:
        note = "Not in the client portal yet. Invite them first; the invitation can ask for statements too."
    elif contact.id in waiting:
        note = "Asked already, see below."
    allowed = not note
    return AskablePersonRow(
        id=str(contact.id),
        name=contact.name,
        note=note or (contact.email or ""),
        allowed=allowed,
        ticked=allowed and (ticked is None or str(contact.id) in ticked),
    )


def found_of(request: StatementRequest, name: str, summary: dict, suggested: Suggested) -> Found:
    """The averages of one request, a month."""
    more = [f"Loan repayments {money_words(_whole(summary['repayments_cents']))} a month"]
    if summary["dishonours"]:
        more.append(counted(summary["dishonours"], "dishonour or overdrawn fee", "dishonours or overdrawn fees"))
    return Found(
        id=str(request.id),
        title=name,
        period=period_words(summary),
        accounts=[
            [
                " ".join(part for part in (each["institution"], each["name"]) if part),
                f"•••• {each['end']}" if each["end"] else "",
                money_words(each["balance_cents"]),
                money_words(_whole(each["credits_cents"])),
                money_words(_whole(each["debits_cents"])),
            ]
            for each in summary["accounts"]
        ],
        income=[FlowRow(name=each["key"], amount=_monthly(each)) for each in summary["income"]],
        expenses=[FlowRow(name=expense_words(each["key"]), amount=_monthly(each)) for each in summary["expenses"]],
        more=". ".join(more) + ".",
        suggestions=[
            SuggestionRow(key=each.key, name=each.name, text=each.text, present=each.present, taken=each.taken)
            for each in suggested.suggestions
        ],
        household=suggested.household,
    )


def _monthly(row: dict) -> str:
    return money_words(_whole(row["average_cents"]))


def _whole(cents: int) -> int:
    return round(cents / 100) * 100
