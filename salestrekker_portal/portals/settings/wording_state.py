"""What both drawers in which a message gets its words know while somebody writes: to clients, and to partners."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from salestrekker_portal.domains.notices.texts import Message, bracket_problem
from salestrekker_portal.domains.notices.wording import TEXTS, Wording
from salestrekker_portal.domains.notifications.drawn import drawn_address
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import previewed_from
from salestrekker_portal.portals.settings.wording_rows import (
    NO_DRAFT,
    NO_SHOWN,
    InsertRow,
    ShownWording,
    WordingDraft,
    inserts_of,
)


class WritingWords(BrokerState, mixin=True):
    """The one message that is being written. `form` gives a fresh drawer fresh boxes."""

    may_edit: bool = False
    draft: WordingDraft = NO_DRAFT
    form: int = 0
    subject_inserts: list[InsertRow] = []
    email_inserts: list[InsertRow] = []
    sms_inserts: list[InsertRow] = []
    shown: ShownWording = NO_SHOWN
    # Where the e-mail as it stands is seen as mail programs draw it; "" for a text.
    drawn: str = ""
    errors: dict[str, str] = {}
    _typed: dict[str, str] = {}

    def _open_words(self, message: Message, draft: WordingDraft, words: Wording) -> None:
        self.draft, self._typed = draft, asdict(words)
        self.subject_inserts = self.email_inserts = inserts_of(message, sms=False)
        self.sms_inserts = inserts_of(message, sms=True)
        self.errors, self.form = {}, self.form + 1
        self._draw(words)

    def _type(self, message_of: Callable[[object], Message], field: object, text: object) -> Wording | None:
        """The words as they stand with this one, and what is wrong with it beside it; None for what is no text."""
        if not self.draft["key"] or field not in TEXTS or not isinstance(text, str):
            return None
        typed = previewed_from(text)
        self._typed = {**self._typed, str(field): typed}
        problem = bracket_problem(message_of(self.draft["key"]), str(field), typed)
        self.errors = {**self.errors, str(field): problem}
        self._draw(Wording(**self._typed))
        return Wording(**self._typed)

    def _draw(self, words: Wording) -> None:
        self.drawn = drawn_address(self._actor(), self.draft["key"], words) if self.draft["has_email"] else ""

    async def _try_out(self, send: Callable[..., Awaitable[str]]) -> Any:
        """E-mail it as it stands to oneself; `send` takes the session, the actor, `key` and `typed`."""
        try:
            async with self._acting() as (session, actor):
                to = await send(session, actor, key=self.draft["key"], typed=self._typed)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        return Notices.tell(f"A test is on its way to {to}.")

    def _shut(self) -> None:
        self.draft, self.shown, self.errors, self._typed, self.drawn = NO_DRAFT, NO_SHOWN, {}, {}, ""
