"""What clients, partners and staff read: the texts with their values, and the sentences of the bell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from salestrekker_portal.domains.notices.catalogue import Event
from salestrekker_portal.domains.notices.texts import MESSAGES, PARTNER_MESSAGES, with_note
from salestrekker_portal.domains.notices.wording import (
    TEXTS,
    cut_plainly,
    own_or_standard,
    paragraphs_of,
    sms_of,
    subject_of,
)
from salestrekker_portal.kernel.sms import sms_letters
from salestrekker_portal.kernel.text import counted, shortened
from salestrekker_portal.tables.notifications import Audience, Notice

_FIELD = re.compile(r"\{(\w+)\}")
SUBJECT_LIMIT, NAME_IN_SMS = 200, 40


@dataclass(frozen=True, kw_only=True)
class Words:
    """One message, filled in. Paragraphs are the e-mail's."""

    subject: str
    paragraphs: list[str]
    sms: str
    # A small table of names and values; and whom an answer goes to, where that isn't the sender.
    facts: list[list[str]] = field(default_factory=list)
    reply_to: str = ""
    # Links that stand after the button: words and address.
    ways: list[list[str]] = field(default_factory=list)


def words_for(event: Event, kept: Mapping[str, object], values: Mapping[str, str]) -> Words:
    """In the firm's own texts where it `kept` some; otherwise in the catalogue's."""
    message = MESSAGES.get(event.key)
    if message is None and any(kept.get(part) for part in TEXTS):
        message = PARTNER_MESSAGES.get(event.key)
    if message is None:
        return _standard(event, values)
    said = own_or_standard(kept, message.standard)
    return Words(
        subject=subject_of(said.subject, values, message.fields),
        paragraphs=paragraphs_of(with_note(event.key, said.email_text), values, message.fields),
        sms=sms_of(said.sms_text, values, message.fields),
    )


def _standard(event: Event, values: Mapping[str, str]) -> Words:
    plain = {name: cut_plainly(value, NAME_IN_SMS) for name, value in values.items()}
    return Words(
        subject=shortened(_filled(event.subject, values), SUBJECT_LIMIT),
        paragraphs=[line for line in _filled(event.email_text, values).split("\n") if line.strip()],
        sms=_ended(sms_letters(_filled(event.sms_text, plain))),
    )


def _ended(text: str) -> str:
    """A sentence that ends with what was cut ends with its three dots, not with four."""
    return text.replace("....", "...")


def _filled(text: str, values: Mapping[str, str]) -> str:
    """One pass: what a value contains is never looked into."""
    return _FIELD.sub(lambda found: str(values.get(found[1], found[0])), text)


def names_of(notice: Notice) -> list[str]:
    """What the notice is about, by name, each once."""
    return list(dict.fromkeys(str(item.get("name", "")) for item in notice.items if item.get("name")))


def listed(notice: Notice) -> list[str]:
    """The same as lines of a list: what was said of one stands behind its name."""
    said = {str(item.get("name", "")): " ".join(str(item.get("why", "")).split()) for item in notice.items}
    return [f"• {name}: {said[name]}" if said[name] else f"• {name}" for name in names_of(notice)]


def items_in_words(notice: Notice) -> dict[str, str]:
    """What the notice is about as values of a text: as a list, in short, and why, of several each with its name."""
    lines = listed(notice)
    why = "; ".join(line.removeprefix("• ") for line in lines) if len(lines) > 1 else notice.facts.get("reason")
    return {
        "documents": "\n".join(lines),
        "documents_short": str(notice.facts.get("short") or short(names_of(notice))),
        "reason": str(why or ""),
    }


def short(names: list[str], kind: str = "document") -> str:
    """“Payslip”, or how many."""
    if len(names) == 1:
        return f"“{names[0]}”"
    return f"{len(names)} {kind}s" if names else f"a {kind}"


def _number(raw: object, one: str) -> str:
    """A number of days or credits that an activity told of; one that it did not tell is few or many."""
    return counted(raw, one) if isinstance(raw, int) else f"some {one}s"


def _many(count: int, one: str, more: str) -> str:
    return one if count == 1 else f"{count} {more}"


def _statements(facts: Mapping[str, object]) -> str:
    return f"Bank statements of {facts['contact']} arrived" if facts.get("contact") else "Bank statements arrived"


def sentence_of(notice: Notice) -> str:
    """The news in one sentence without a full stop, for the bell and as the subject of an e-mail."""
    who, names, facts = notice.author or "The portal", names_of(notice), notice.facts
    count = int(facts.get("count") or 0) or max(1, len(notice.items))
    sentences = {
        "client_uploaded": f"{who} sent {short(names)}",
        "client_wrote": f"{who} wrote {_many(count, 'a message', 'messages')}",
        "client_first_login": f"{who} signed in for the first time",
        "client_changed": f"{who} changed {_many(count, 'an answer', 'answers')}",
        "client_submitted": f"{who} submitted the profile",
        "client_declined": f"{who} says {short(names)} doesn’t apply",
        "bank_statements_returned": _statements(facts),
        "bank_statements_expired": f"Bank statements of {facts.get('contact', 'a client')} did not arrive in time",
        "team_note": f"{who} left {_many(count, 'a note', 'notes')}",
        "note_mention": f"{who} tells you of {_many(count, 'a note', 'notes')}",
        "settlement_due": "Expected to settle today",
        "deal_stale": f"Stale: {_number(facts.get('days'), 'day')} in {facts.get('stage', 'its stage')}",
        "stage_reached": f"{facts.get('stage') or 'A stage'}: {facts.get('words') or 'a deal is there'}",
        "partner_lead": f"{who} referred a lead",
        "lead_waits": "Nobody has called this lead yet",
        "promise_due": f"You promised {facts.get('partner', 'a partner')} an update by 4 pm",
        "partner_nudged": f"{who} asks for the update that was promised",
        "partner_thanked": f"{who} says thanks",
        "partner_received": "Received. Your broker calls them",
        "partner_called": f"{who} called them",
        "partner_first_login": f"{who} signed in for the first time",
        "partner_wrote": f"{who} left {_many(count, 'a note', 'notes')}",
        "partner_uploaded": f"{who} added {short(names, 'file')}",
        "partner_deal_shared": "You follow them now",
        "partner_stage": f"Moved to {facts.get('stage') or 'another stage'}",
        "partner_note": f"{who} wrote {_many(count, 'to you', 'notes')}",
        "partner_file": f"{who} shared {short(names, 'file')}",
        "partner_settled": "Settled. Thank you for sending them",
        "partner_ended": f"Not going ahead: {facts.get('outcome', 'it ended')}",
        "sms_low": f"SMS credits are low: {_number(facts.get('left'), 'credit')} left",
    }
    return sentences.get(notice.event, "Something happened")


_PAGES = {
    "client_uploaded": "required-documents",
    "client_declined": "required-documents",
    "client_wrote": "notes",
    "team_note": "notes",
    "note_mention": "notes",
    "partner_wrote": "notes",
    "client_changed": "profile",
    "client_submitted": "profile",
    "bank_statements_returned": "bank-statements",
    "bank_statements_expired": "bank-statements",
    "partner_uploaded": "documents",
}


def partner_path(event: str, deal_id: object) -> str:
    """Where a partner looks at news of a deal; one that ended has left their board."""
    return "/partner" if event == "partner_ended" else f"/partner/deals/{deal_id}"


def path_of(notice: Notice) -> str:
    """Where the news can be looked at, as a path of its reader's portal."""
    if notice.audience is Audience.PARTNER:
        return partner_path(notice.event, notice.deal_id)
    if notice.event == "sms_low":
        return "/settings/billing"
    if notice.deal_id is None:
        return "/partners"
    page = _PAGES.get(notice.event, "")
    path = f"/deals/{notice.deal_id}/{page}" if page else f"/deals/{notice.deal_id}"
    # To the note itself, however many were written since; of several, the newest.
    told = str(notice.items[-1].get("id", "")) if notice.event == "note_mention" and notice.items else ""
    return f"{path}?note={told}" if told else path


def staff_words(notice: Notice, deal_name: str, firm: str, quotes: str = "") -> Words:
    """An e-mail and an SMS to a member of staff; `quotes` is what somebody wrote, a line each."""
    sentence, names = sentence_of(notice), names_of(notice)
    about = f"{sentence}, in {deal_name}." if deal_name else f"{sentence}."
    lines = listed(notice) if len(names) > 1 else []
    reason = "" if lines else str(notice.facts.get("reason") or notice.facts.get("summary") or "")
    plain_deal = f" ({cut_plainly(deal_name, NAME_IN_SMS)})" if deal_name else ""
    return Words(
        subject=shortened(f"{sentence}: {deal_name}" if deal_name else sentence, SUBJECT_LIMIT),
        paragraphs=[about, *lines, *([reason] if reason else []), *quotes.splitlines()],
        sms=_ended(f"{cut_plainly(firm, NAME_IN_SMS)}: {cut_plainly(sentence, 80)}{plain_deal}."),
    )
