"""Every message that a brokerage may put in its own words: what can stand in it, and our own text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from salestrekker_portal.domains.notices.catalogue import Event, events_for
from salestrekker_portal.domains.notices.fields import ALWAYS, ALWAYS_TO_PARTNERS, FIELDS
from salestrekker_portal.domains.notices.wording import (
    EMAIL_LIMIT,
    SMS_LIMIT,
    SUBJECT_LIMIT,
    TextField,
    Wording,
    cost_of,
    filled,
    problem_with,
    uses,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sms import sms_letters
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.tables.notifications import Audience

INVITATION, PIN, NOTE_SHARED = "portal.invitation", "portal.pin", "note_shared"
ONE_SMS, ONE_WIDE_SMS = 160, 70


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message and our own words for it. `values`: what it can say beside what every message can."""

    key: str
    standard: Wording
    values: tuple[str, ...] = ()
    always: tuple[str, ...] = ALWAYS
    link_label: str = "Open my page"

    @property
    def fields(self) -> tuple[TextField, ...]:
        """Everything that can stand in it, what it is about first."""
        return tuple(FIELDS[key] for key in (*self.values, *self.always))

    @property
    def has_email(self) -> bool:
        return bool(self.standard.email_text)

    @property
    def has_sms(self) -> bool:
        return bool(self.standard.sms_text)


_OURS = (
    Message(
        key=INVITATION,
        values=("pin_note", "everyone"),
        standard=Wording(
            subject="[Broker first name] at [Firm] has invited you",
            email_text="[Greeting] [Client first name],\n\n"
            "I’ve opened a secure page where [Everyone applying] can tell us what a lender needs to know, send "
            "documents and write to us. What you type is saved as you go, so you can stop at any time.\n\n"
            "[PIN note]\n\n[Signature]",
        ),
    ),
    Message(
        key=PIN,
        values=("pin",),
        standard=Wording(
            sms_text="[Firm]: your PIN is [PIN]. Open the link in the e-mail from [Broker first name] and type it "
            "there. Never share this PIN."
        ),
    ),
)


def _in_brackets(text: str, between: str = "\n") -> str:
    """A text of the catalogue, which names its values by key, as people write it."""
    named = re.sub(r"\{(\w+)\}", lambda found: FIELDS[found[1]].token, text)
    return named.replace("\n", between)


def _of_event(event: Event, always: tuple[str, ...] = ALWAYS) -> Message:
    return Message(
        key=event.key,
        values=tuple(key for key in event.fields if key not in always),
        always=always,
        standard=Wording(
            subject=_in_brackets(event.subject) if event.offered.email else "",
            email_text=_in_brackets(event.email_text, "\n\n") if event.offered.email else "",
            sms_text=_in_brackets(event.sms_text) if event.offered.sms else "",
        ),
        link_label=event.link_label,
    )


MESSAGES: dict[str, Message] = {
    message.key: message for message in (*_OURS, *map(_of_event, events_for(Audience.CLIENT)))
}

PARTNER_MESSAGES: dict[str, Message] = {
    event.key: _of_event(event, ALWAYS_TO_PARTNERS) for event in events_for(Audience.PARTNER)
}


def message_of(key: object) -> Message:
    """The message to clients with this key. Raises Invalid (`event`)."""
    return _found(MESSAGES, key)


def partner_message_of(key: object) -> Message:
    """The message to partners with this key. Raises Invalid (`event`)."""
    return _found(PARTNER_MESSAGES, key)


def _found(messages: Mapping[str, Message], key: object) -> Message:
    message = messages.get(key) if isinstance(key, str) else None
    if message is None:
        raise Invalid({"event": "Choose one of the messages shown."})
    return message


def sample_values() -> dict[str, str]:
    """A value for every field, for a preview without a deal."""
    return {key: field.sample for key, field in FIELDS.items()}


def checked_wording(key: object, typed: Mapping[str, object]) -> Wording:
    """What somebody wrote for a message to clients. Raises Invalid (`subject`, `email_text`, `sms_text`, `event`)."""
    return checked_words(message_of(key), typed)


def checked_words(message: Message, typed: Mapping[str, object]) -> Wording:
    """What somebody wrote for a message. Raises Invalid (`subject`, `email_text`, `sms_text`)."""
    errors: dict[str, str] = {}
    wording = Wording(
        subject=clean(typed.get("subject")) if message.has_email else "",
        email_text=clean(typed.get("email_text"), lines=True) if message.has_email else "",
        sms_text=clean(typed.get("sms_text"), lines=True) if message.has_sms else "",
    )
    if message.has_email:
        errors["subject"] = _too_bare(wording.subject, SUBJECT_LIMIT, "subject") or _brackets(message, wording.subject)
        text = wording.email_text
        errors["email_text"] = _too_bare(text, EMAIL_LIMIT, "e-mail") or _brackets(message, text)
    if message.has_sms:
        text = wording.sms_text
        errors["sms_text"] = (
            _too_bare(text, SMS_LIMIT, "SMS") or _brackets(message, text, sms=True) or _pin_price(message, text)
        )
    errors = {field: sentence for field, sentence in errors.items() if sentence}
    if errors:
        raise Invalid(errors)
    return wording


def bracket_problem(message: Message, part: str, text: str) -> str:
    """What is wrong with the values in one text of a message (`subject`, `email_text`, `sms_text`), or ""."""
    return _brackets(message, text, sms=part == "sms_text")


def _too_bare(text: str, limit: int, what: str) -> str:
    if not text:
        return f"Write what the {what} says, or use the standard wording."
    return f"Use at most {limit:,} characters. This has {len(text):,}." if len(text) > limit else ""


def _brackets(message: Message, text: str, *, sms: bool = False) -> str:
    return problem_with(text, message.fields, FIELDS.values(), sms=sms)


def with_note(key: str, text: str) -> str:
    """The e-mail with what the firm shows of a note, whether or not the writer of its words thought of it."""
    if key != NOTE_SHARED or uses(text, "note", FIELDS.values()):
        return text
    return f"{text}\n{FIELDS['note'].token}"


def with_pin(text: str) -> str:
    """The SMS with the PIN, whether or not its writer thought of it."""
    return text if uses(text, "pin", FIELDS.values()) else f"{text} PIN: [PIN]"


def _pin_price(message: Message, text: str) -> str:
    """Its own words cost one credit however long names are. Names in Unicode cost more, as the invitation says."""
    if message.key != PIN:
        return ""
    longest = {field.key: "0" * (6 if field.key == "pin" else field.sms_limit) for field in message.fields}
    size = cost_of(sms_letters(filled(with_pin(text), longest, message.fields, sms=True)))
    if size.segments == 1:
        return ""
    room = ONE_WIDE_SMS if size.wide else ONE_SMS
    why = ", because some of its letters need Unicode" if size.wide else ""
    over = f"With long names this is {counted(size.characters - room, 'character')} too long."
    return f"{over} A PIN has to fit into one SMS: {room} characters{why}."
