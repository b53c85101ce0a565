"""Every message to clients that a brokerage may put in its own words: what can stand in it, and our own text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from salestrekker_portal.domains.notifications.catalogue import Audience, Event, events_for
from salestrekker_portal.domains.notifications.wording import (
    EMAIL_LIMIT,
    SMS_LIMIT,
    SUBJECT_LIMIT,
    Field,
    Wording,
    cost_of,
    filled,
    problem_with,
    uses,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sms import sms_letters
from salestrekker_portal.kernel.text import clean, counted

INVITATION, PIN = "portal.invitation", "portal.pin"
ONE_SMS, ONE_WIDE_SMS = 160, 70
NO_PIN_BY_EMAIL = "A PIN never stands in an e-mail: the link and the PIN travel separately."
NO_LINK_BY_SMS = "A link never stands in an SMS: the link and the PIN travel separately."

_ALL_FIELDS = (
    Field(key="greeting", label="Greeting", about="Hello, or Kia ora", sample="Hello"),
    Field(key="client_first_name", label="Client first name", about="Who reads it", sample="Kim", sms_limit=20),
    Field(key="client_name", label="Client name", about="First and last name", sample="Kim Nguyen"),
    Field(key="everyone", label="Everyone applying", about="The reader and the others", sample="you and Sam"),
    Field(key="broker_first_name", label="Broker first name", about="Whose deal it is", sample="Alice", sms_limit=20),
    Field(key="broker_name", label="Broker name", about="First and last name", sample="Alice O’Rourke"),
    Field(key="firm_name", label="Firm", about="The name of your organisation", sample="Harbour Finance"),
    Field(key="firm_phone", label="Phone", about="Your organisation’s, or the broker’s", sample="(02) 4000 1000"),
    Field(
        key="signature",
        label="Signature",
        about="How to ask questions, and who writes",
        sample="Questions? Reply to this e-mail or call me on (02) 4000 1000. Alice O’Rourke, Harbour Finance",
        limit=400,
        why_not_sms="The signature speaks of replying to an e-mail.",
    ),
    Field(
        key="link",
        label="Link",
        about="The address of their page; the button leads there too",
        sample="https://portal.example.com/portal/…",
        why_not_sms=NO_LINK_BY_SMS,
    ),
    Field(
        key="pin_note",
        label="PIN note",
        about="Where the PIN went, and what to do without it",
        sample="You will need your PIN. We sent six digits by text to your mobile, •••• 156. Can’t find it? Ask for a "
        "new one on the page.",
        limit=400,
    ),
    Field(key="pin", label="PIN", about="The six digits", sample="482915", as_is=True, why_not_email=NO_PIN_BY_EMAIL),
    Field(
        key="documents",
        label="Documents",
        about="Their names, one a line",
        sample="• Payslips, last 3 months\n• Driver licence, by 14 Mar",
        lines=True,
        limit=12_000,
        sms_limit=120,
    ),
    Field(
        key="documents_short",
        label="Documents in short",
        about="The name of one, or how many",
        sample="2 documents",
    ),
    Field(
        key="reason",
        label="Reason",
        about="What you wrote about it",
        sample="The second page is missing.",
        limit=500,
        sms_limit=120,
    ),
    Field(key="due_date", label="Due date", about="The day they are due", sample="14 Mar"),
    Field(key="stage_name", label="Stage", about="In your words for clients", sample="With the lender"),
    Field(
        key="stage_meaning",
        label="Stage meaning",
        about="What the stage means for them",
        sample="The lender is looking at your application.",
        lines=True,
        limit=500,
        sms_limit=120,
    ),
)
FIELDS: dict[str, Field] = {field.key: field for field in _ALL_FIELDS}
ALWAYS = (
    "greeting",
    "client_first_name",
    "client_name",
    "broker_first_name",
    "broker_name",
    "firm_name",
    "firm_phone",
    "signature",
    "link",
)


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message and our own words for it. `values`: what it can say beside what every message can."""

    key: str
    standard: Wording
    values: tuple[str, ...] = ()
    link_label: str = "Open my page"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that can stand in it, what it is about first."""
        return tuple(FIELDS[key] for key in (*self.values, *ALWAYS))

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


def _of_event(event: Event) -> Message:
    return Message(
        key=event.key,
        values=tuple(key for key in event.fields if key not in ALWAYS),
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


def message_of(key: object) -> Message:
    """The message with this key. Raises Invalid (`event`)."""
    message = MESSAGES.get(key) if isinstance(key, str) else None
    if message is None:
        raise Invalid({"event": "Choose one of the messages shown."})
    return message


def sample_values() -> dict[str, str]:
    """A value for every field, for a preview without a deal."""
    return {key: field.sample for key, field in FIELDS.items()}


def checked_wording(key: object, typed: Mapping[str, object]) -> Wording:
    """What somebody wrote for a message. Raises Invalid (`subject`, `email_text`, `sms_text`, `event`)."""
    message = message_of(key)
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


def bracket_problem(key: str, part: str, text: str) -> str:
    """What is wrong with the values in one text of a message (`subject`, `email_text`, `sms_text`), or ""."""
    return _brackets(message_of(key), text, sms=part == "sms_text")


def _too_bare(text: str, limit: int, what: str) -> str:
    if not text:
        return f"Write what the {what} says, or use the standard wording."
    return f"Use at most {limit:,} characters. This has {len(text):,}." if len(text) > limit else ""


def _brackets(message: Message, text: str, *, sms: bool = False) -> str:
    return problem_with(text, message.fields, FIELDS.values(), sms=sms)


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
