"""What the drawer of a message shows, formatted."""

from typing import TypedDict

from salestrekker_portal.domains.letters.rules import Draft, fields_for
from salestrekker_portal.domains.letters.sending import LeavingLetter, LetterLook
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local, time_words, weekday_words
from salestrekker_portal.kernel.sms import why_dearer
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.outbox import Channel


class ReaderRow(TypedDict):
    """Somebody who could read it; `note` is where it goes, or why it can't."""

    key: str
    name: str
    note: str
    can: bool
    on: bool


class LetterValue(TypedDict):
    token: str
    about: str


class LetterShown(TypedDict):
    """The message as `whom` reads it."""

    whom: str
    subject: str
    lines: list[str]
    size: str
    cost: str
    left: str
    waits: list[str]
    may_now: bool
    several: bool


NOT_SHOWN = LetterShown(
    whom="", subject="", lines=[], size="", cost="", left="", waits=[], may_now=False, several=False
)


def reader_rows(look: LetterLook, to: list[str]) -> list[ReaderRow]:
    """Everybody of the deal, with a tick where it is on."""
    return [
        ReaderRow(
            key=each.key,
            name=each.name,
            note=each.why_not or each.where,
            can=not each.why_not,
            on=each.key in to and not each.why_not,
        )
        for each in look.readers
    ]


def inserts_of(draft: Draft) -> list[LetterValue]:
    """What can be inserted, without what would be refused there."""
    sms = draft.channel is Channel.SMS
    return [
        LetterValue(token=field.token, about=field.about)
        for field in fields_for(draft.audience)
        if not (field.why_not_sms if sms else field.why_not_email)
    ]


def shown_of(look: LetterLook, whose: str) -> LetterShown:
    """The message as one of those chosen reads it, with the price of all of them."""
    if not look.leaving:
        return NOT_SHOWN
    one = next((each for each in look.leaving if each.reader.key == whose), look.leaving[0])
    size = one.written.size
    return LetterShown(
        whom=one.reader.name,
        subject=one.written.subject,
        lines=one.written.paragraphs,
        size=""
        if size is None
        else f"{size.characters} of {size.room} characters, {counted(size.segments, 'segment')}{why_dearer(size)}",
        cost="" if size is None else _cost(look),
        left="" if size is None else f"{counted(look.balance, 'credit')} left",
        waits=_waits(look),
        may_now=any(each.may_now for each in look.leaving),
        several=len(look.leaving) > 1,
    )


def _cost(look: LetterLook) -> str:
    many = f" for {len(look.leaving)} people" if len(look.leaving) > 1 else ""
    return f"Costs {counted(look.credits, 'credit')}{many}"


def _waits(look: LetterLook) -> list[str]:
    """Who is asleep, and when theirs leaves, on their own clock."""
    now = utc_now()
    return [f"It reaches {each.reader.name} {_at(each)}, where they are." for each in look.leaving if each.at > now]


def _at(each: LeavingLetter) -> str:
    zone = each.reader.zone
    day, today = local(each.at, zone).date(), local(utc_now(), zone).date()
    return f"{'today' if day == today else weekday_words(day, today)} at {time_words(each.at, zone)}"


def told_words(leaving: list[LeavingLetter], way: str) -> str:
    """What the notice says after sending: to whom, and whether it waits."""
    now = utc_now()
    waits = [each for each in leaving if each.at > now]
    first = leaving[0].reader.name if len(leaving) == 1 else counted(len(leaving), "person", "people")
    if not waits:
        return f"On its way to {first} by {way}."
    if len(leaving) == 1:
        return f"Kept for {first}: it leaves {_at(waits[0])}, where they are."
    return f"On its way to {first} by {way}. {counted(len(waits), 'text')} of them will wait for the morning."
