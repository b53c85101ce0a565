"""What somebody writes by hand: what can stand in it, what it may not carry, and how it reads. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from salestrekker_portal.domains.notices.fields import FIELDS
from salestrekker_portal.domains.notices.wording import (
    EMAIL_LIMIT,
    SMS_LIMIT,
    SUBJECT_LIMIT,
    TextField,
    paragraphs_of,
    problem_with,
    sms_of,
    subject_of,
    uses,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sms import SmsSize, sms_size
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel

AUDIENCES = (Audience.CLIENT, Audience.PARTNER)
_OF_US = ("broker_first_name", "broker_name", "firm_name", "firm_phone", "signature")
_KEYS = {
    Audience.CLIENT: ("greeting", "client_first_name", "client_name", "everyone", *_OF_US, "link"),
    Audience.PARTNER: ("greeting", "partner_first_name", "deal_name", *_OF_US),
}
_FIRST_NAME = {Audience.CLIENT: "[Client first name]", Audience.PARTNER: "[Partner first name]"}

# A link that lets a client in, at whatever name this portal is reached; and secrets that stand in an address of ours.
_CLIENTS_LINK = re.compile(r"/portal/[A-Za-z0-9_-]{16,}")
_ASKED_WITH = re.compile(r"\S*[?&#](?:token|code|link)=")
WAY_IN = (
    "There is a link in it that lets somebody into the portal. Take it out: put [Link] there, which reaches only who "
    "was invited at this address."
)
NOTHING = "Write what you want to tell them first."
_TOKEN = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is being written. A text has no subject."""

    channel: Channel
    audience: Audience
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterRead:
    """A draft as one person reads it: an e-mail's subject and paragraphs, or an SMS and what it makes."""

    subject: str = ""
    paragraphs: list[str]
    sms: str = ""
    size: SmsSize | None = None

    @property
    def credits(self) -> int:
        return self.size.segments if self.size is not None else 0


def fields_for(audience: Audience) -> tuple[TextField, ...]:
    """The values that can stand in what clients, or partners, read."""
    return tuple(FIELDS[key] for key in _KEYS[audience])


def start_of(channel: Channel, audience: Audience) -> str:
    """What a message begins with while nobody has chosen a template."""
    name = _FIRST_NAME[audience]
    if channel is Channel.SMS:
        return f"[Greeting] {name}, \n[Broker first name] at [Firm]"
    return f"[Greeting] {name},\n\n\n\n[Signature]"


def text_problem(draft: Draft, host: str) -> str:
    """What is wrong with the words, in a sentence; "" when nothing is. `host` is where this portal is reached."""
    limit = SMS_LIMIT if draft.channel is Channel.SMS else EMAIL_LIMIT
    if _says_nothing(draft):
        return NOTHING
    if len(draft.text) > limit:
        return f"Use at most {limit:,} characters. This has {len(draft.text):,}."
    return _brackets(draft, draft.text) or _way_in(draft.text, host)


def subject_problem(draft: Draft, host: str) -> str:
    """The same of an e-mail's subject."""
    if draft.channel is Channel.SMS:
        return ""
    if not draft.subject:
        return "Give the e-mail a subject."
    if len(draft.subject) > SUBJECT_LIMIT:
        return f"Use at most {SUBJECT_LIMIT:,} characters. This has {len(draft.subject):,}."
    if uses(draft.subject, "link", FIELDS.values()):
        return "A link never stands in a subject. Take [Link] out."
    return _brackets(draft, draft.subject) or _way_in(draft.subject, host)


def checked_draft(draft: Draft, host: str) -> None:
    """Raises Invalid (`subject`, `text`) for what can't leave like this."""
    errors = {"subject": subject_problem(draft, host), "text": text_problem(draft, host)}
    errors = {field: sentence for field, sentence in errors.items() if sentence}
    if errors:
        raise Invalid(errors)


def carries_way_in(text: str, host: str) -> bool:
    """Whether there is an address in it that lets somebody in, or sets a password."""
    if _CLIENTS_LINK.search(text):
        return True
    _, *after = text.casefold().split(f"{host.casefold()}/")
    return bool(host) and any(_ASKED_WITH.match(each) for each in after)


def puts_link(draft: Draft) -> bool:
    """Whether it asks for the link to the reader's own page."""
    return uses(draft.text, "link", FIELDS.values())


def as_read(draft: Draft, values: Mapping[str, str]) -> LetterRead:
    """The draft with its values: in one pass, so that a name with brackets in it stays a name."""
    fields = fields_for(draft.audience)
    if draft.channel is Channel.EMAIL:
        subject = subject_of(draft.subject, values, fields)
        return LetterRead(subject=subject, paragraphs=paragraphs_of(draft.text, values, fields))
    sms = sms_of(draft.text, values, fields)
    return LetterRead(paragraphs=[sms], sms=sms, size=sms_size(sms))


def _says_nothing(draft: Draft) -> bool:
    """Nothing beside its values, or what stood there when the drawer opened."""
    begun = clean(start_of(draft.channel, draft.audience), lines=True)
    bare = _TOKEN.sub("", draft.text)
    return not _WORD.search(bare) or " ".join(draft.text.split()) == " ".join(begun.split())


def _brackets(draft: Draft, text: str) -> str:
    return problem_with(text, fields_for(draft.audience), FIELDS.values(), sms=draft.channel is Channel.SMS)


def _way_in(text: str, host: str) -> str:
    return WAY_IN if carries_way_in(text, host) else ""
