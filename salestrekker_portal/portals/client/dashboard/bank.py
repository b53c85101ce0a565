"""Bank statements on the dashboard: one line, and whether it is the client's move."""

from datetime import datetime
from typing import TypedDict

from salestrekker_portal.domains.bank_statements.rules import CLIENTS_MOVE, shown_state
from salestrekker_portal.tables.bank_statements import StatementRequest, StatementState

S = StatementState


class BankWords(TypedDict):
    """An empty `title`: nothing was asked. `mark`: todo, ok, wait or over."""

    title: str
    text: str
    mark: str
    to_do: bool


NO_BANK: BankWords = {"title": "", "text": "", "mark": "", "to_do": False}
_WORDS = {
    S.SENT: ("todo", "Connect your bank, or upload them."),
    S.OPENED: ("todo", "Finish at your bank, or open it again."),
    S.IN_PROGRESS: ("wait", "Your bank is sending them."),
    S.PARTIAL: ("todo", "Some are here. One bank did not send everything."),
    S.FAILED: ("todo", "It did not work. Try again, or upload them."),
    S.COMPLETE: ("ok", "They are with your documents."),
    S.EXPIRED: ("over", "The link has run out. Ask for a new one."),
}


def bank_words(requests: list[StatementRequest], broker: str, now: datetime) -> BankWords:
    """The newest request of this client, in words."""
    state = shown_state(requests[0].state, requests[0].expires_at, now) if requests else S.WITHDRAWN
    if state not in _WORDS:
        return NO_BANK
    mark, text = _WORDS[state]
    to_do = state in CLIENTS_MOVE
    return BankWords(title=f"{broker} asks for your bank statements", text=text, mark=mark, to_do=to_do)
