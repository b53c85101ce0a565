"""A message in words of its own: its texts, what can be inserted, and how its reader would see it."""

from typing import TypedDict

from salestrekker_portal.domains.notices.texts import Message
from salestrekker_portal.domains.notices.wording import cost_of
from salestrekker_portal.domains.outbox.content import button_place
from salestrekker_portal.kernel.sms import why_dearer


class WordingDraft(TypedDict):
    """The message that is being written; `key` is empty while there is none."""

    key: str
    title: str
    about: str
    subject: str
    email_text: str
    sms_text: str
    has_email: bool
    has_sms: bool
    has_own_words: bool
    is_mine: bool


class InsertRow(TypedDict):
    token: str
    about: str


class ShownWording(TypedDict):
    """The message as it would leave; the button stands between two parts of its paragraphs."""

    subject: str
    before: list[str]
    after: list[str]
    button: str
    sms: str
    size: str
    cost: str
    credits: int


NO_DRAFT = WordingDraft(
    key="", title="", about="", subject="", email_text="", sms_text="", has_email=False, has_sms=False,
    has_own_words=False, is_mine=False,
)  # fmt: skip
NO_SHOWN = ShownWording(subject="", before=[], after=[], button="", sms="", size="", cost="", credits=0)


def inserts_of(message: Message, *, sms: bool) -> list[InsertRow]:
    """What can be inserted, without what would be refused there."""
    return [
        InsertRow(token=field.token, about=field.about)
        for field in message.fields
        if not (field.why_not_sms if sms else field.why_not_email)
    ]


def shown_words(subject: str, said: list[str], sms: str, *, button: str, reader: str, credits: int = 0) -> ShownWording:
    """A message as a `reader` would read it, with its button where it stands and the price of its SMS."""
    place, size = button_place(said), cost_of(sms)
    segments = "1 segment" if size.segments == 1 else f"{size.segments} segments"
    cost = "1 credit" if size.segments == 1 else f"{size.segments} credits"
    return ShownWording(
        subject=subject,
        before=said[:place],
        after=said[place:],
        button=button,
        sms=sms,
        size=f"{size.characters} of {size.room} characters, {segments}{why_dearer(size)}",
        cost=f"Costs {cost} for each {reader}",
        credits=credits,
    )
