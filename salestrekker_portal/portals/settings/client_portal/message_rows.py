"""Messages to clients in words: the lines of the matrix, and one message as its reader would see it."""

from typing import TypedDict

from salestrekker_portal.domains.notices.catalogue import BY_KEY, events_for
from salestrekker_portal.domains.notices.rules import wanted_ways
from salestrekker_portal.domains.notices.texts import INVITATION, PIN, Message
from salestrekker_portal.domains.notices.wording import Wording
from salestrekker_portal.domains.notifications.choosing import Decided, preview
from salestrekker_portal.domains.portal_access.client_words import Shows, has_own_words, ways_of
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.portals.settings.wording_rows import ShownWording, WordingDraft, shown_words
from salestrekker_portal.tables.notifications import Audience

ON, OFF, ALWAYS, NEVER = "on", "off", "always", "never"


class MessageKindRow(TypedDict):
    """`email` and `sms`: on, off, always, or never. `words`: "", "own" (a broker's) or "firm"."""

    key: str
    label: str
    note: str
    email: str
    sms: str
    words: str
    mine: bool


_FIRST = {
    INVITATION: ("Invitation", "The link. It keeps its button and says where the PIN went.", ALWAYS, NEVER),
    PIN: ("PIN", "Six digits, apart from the link.", NEVER, ALWAYS),
}


def _named(key: str) -> tuple[str, str]:
    """What a message is called, and when it goes."""
    if key in _FIRST:
        return _FIRST[key][:2]
    return BY_KEY[key].label, BY_KEY[key].explanation


def message_rows(page: Decided) -> list[MessageKindRow]:
    """The matrix, line by line: the invitation first, then everything that may follow."""
    rows = [_row(page, key, label, note, email, sms) for key, (label, note, email, sms) in _FIRST.items()]
    for event in events_for(Audience.CLIENT):
        wanted = wanted_ways(event, ways_of(page.stored, event))
        ways = {
            way: ALWAYS if getattr(event.fixed, way) else ON if getattr(wanted, way) else OFF
            for way in ("email", "sms")
            if getattr(event.offered, way)
        }
        note = f"{event.explanation} {event.needs}".strip()
        rows.append(_row(page, event.key, event.label, note, ways.get("email", NEVER), ways.get("sms", NEVER)))
    return rows


def _row(page: Decided, key: str, label: str, note: str, email: str, sms: str) -> MessageKindRow:
    own_words = has_own_words(page.stored, key)
    return MessageKindRow(
        key=key,
        label=label,
        note=note,
        email=email,
        sms=sms,
        words=("own" if key in page.own else "firm") if own_words else "",
        mine=key in page.own,
    )


def draft_of(message: Message, words: Wording, page: Decided) -> WordingDraft:
    """The texts to change, as they stand."""
    title, about = _named(message.key)
    return WordingDraft(
        key=message.key,
        title=title,
        about=about,
        subject=words.subject,
        email_text=words.email_text,
        sms_text=words.sms_text,
        has_email=message.has_email,
        has_sms=message.has_sms,
        has_own_words=has_own_words(page.stored, message.key),
        is_mine=message.key in page.own,
    )


def shown_of(people: People, key: str, words: Wording, credits: int, shows: Shows) -> ShownWording:
    """The preview of a message to clients, with the price of its SMS."""
    email, sms = preview(people, key, words, shows)
    return shown_words(
        email.subject if email else "",
        email.paragraphs if email else [],
        sms,
        button=email.link_label if email else "",
        reader="client",
        credits=credits,
    )
