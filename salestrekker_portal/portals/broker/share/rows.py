"""What the share panel shows, in words: people, conditions, documents, messages."""

from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.notices.texts import INVITATION, PIN
from salestrekker_portal.domains.notifications.log import kind_words
from salestrekker_portal.domains.portal_access.client_words import Stored, words_of
from salestrekker_portal.domains.portal_access.messages import (
    HIDDEN_LINK,
    HIDDEN_PIN,
    People,
    invitation,
    link_address,
    pin_text,
)
from salestrekker_portal.domains.portal_access.rules import Check
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words, instant_words, time_words
from salestrekker_portal.kernel.sms import sms_size, why_dearer
from salestrekker_portal.kernel.text import initials, phone_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess


class PersonTab(TypedDict):
    id: str
    name: str
    initials: str
    state: str


class CheckRow(TypedDict):
    key: str
    state: str
    title: str
    reason: str
    fix_label: str
    fix_href: str


class SharedRequestRow(TypedDict):
    id: str
    name: str
    who: str
    allowed: bool
    ticked: bool


class OtherRow(TypedDict):
    """Another deal of the same client. `id` is that of the access; `live` says whether it can be ended."""

    id: str
    deal: str
    state: str
    path: str
    live: bool


class LogRow(TypedDict):
    id: str
    what: str
    status: str
    steps: str
    problem: str


class MessagePreview(TypedDict):
    subject: str
    lines: list[str]
    sms_to: str
    sms: str
    sms_size: str
    keeps: str
    cost: str


REPORTED = {Delivery.DELIVERED: "Delivered", Delivery.BOUNCED: "Came back"}

KEEPS = (
    "Link and PIN stay as they are, and nothing is sent. Only another e-mail or mobile sends a new link and a new PIN"
)
NO_PREVIEW = MessagePreview(subject="", lines=[], sms_to="", sms="", sms_size="", keeps="", cost="")

WAYS_IN = {"pin": "With link and PIN", "passkey": "With link and passkey (their own phone or computer)"}
PIN_BY_SMS = "A new PIN is on its way by SMS."
PIN_TO_OWNER = "The deal’s owner gets a new PIN by e-mail. Earlier ones stop working."
PIN_BY_EMAIL = "No SMS could go, so the deal’s owner gets the new PIN by e-mail."


def state_words(access: PortalAccess | None, zone: str) -> str:
    """Where one client stands, in the words beside their name."""
    if access is None:
        return "Not invited"
    if access.revoked_at is not None:
        return "Access ended"
    if not access.pin_hash:
        return "Link and PIN stopped, resend the link"
    if access.first_seen_at is None:
        return "Invited, link not opened"
    if access.consented_at is None:
        return "Signed in, not agreed yet"
    return f"Active, last seen {ago_words(access.last_seen_at or access.first_seen_at, utc_now(), zone)}"


def person_tab(contact: Contact, access: PortalAccess | None, zone: str) -> PersonTab:
    state = state_words(access, zone)
    return PersonTab(id=str(contact.id), name=contact.name, initials=initials(contact.name), state=state)


def check_row(check: Check) -> CheckRow:
    return CheckRow(
        key=check.key,
        state=check.state.value,
        title=check.title,
        reason=check.reason,
        fix_label=check.fix_label,
        fix_href=check.fix_href,
    )


def request_row(
    request: DocumentRequest, names: dict[UUID, str], contact_id: UUID, sees_others: bool, ticked: list[str]
) -> SharedRequestRow:
    """A document that can be asked for; one about somebody whom this client may not see can't be ticked."""
    whose = names.get(request.contact_id, "Everyone") if request.contact_id else "Everyone"
    allowed = sees_others or request.contact_id in (None, contact_id)
    about = f"{whose}, due {day_words(request.due_on)}" if request.due_on else whose
    if request.state is RequestState.ACCEPTED:
        about = f"{whose}, accepted"
    if not allowed:
        about = f"{whose} only, not shown"
    return SharedRequestRow(
        id=str(request.id),
        name=request.name,
        who=about,
        allowed=allowed,
        ticked=allowed and str(request.id) in ticked,
    )


def log_row(message: OutboxMessage, zone: str, country: str) -> LogRow:
    """One message and how far it got."""
    way = "by SMS" if message.channel is Channel.SMS else "by e-mail"
    to = phone_words(message.recipient, country) if message.channel is Channel.SMS else message.recipient
    steps = [f"Queued {time_words(message.created_at, zone)}"]
    if message.sent_at:
        steps.append(f"Sent {time_words(message.sent_at, zone)}")
    if message.reported_at and message.status in REPORTED:
        steps.append(f"{REPORTED[message.status]} {time_words(message.reported_at, zone)}")
    if message.credits_held and message.status in (Delivery.SENT, *REPORTED):
        steps.append("1 credit" if message.credits_held == 1 else f"{message.credits_held} credits")
    return LogRow(
        id=str(message.id),
        what=f"{kind_words(message.kind)} {way} to {to}",
        status=message.status.value,
        steps=" › ".join(steps),
        problem=message.problem if message.status is not Delivery.WITHDRAWN else "",
    )


def preview_of(people: People, credits: int, stored: Stored) -> MessagePreview:
    """Both messages as they will leave, in the words that apply, without the link and the PIN."""
    mail = invitation(people, link_address(HIDDEN_LINK), words_of(stored, INVITATION))
    words = words_of(stored, PIN)
    size = sms_size(pin_text(people, "0" * 6, words))
    cost = "1 credit" if size.segments == 1 else f"{size.segments} credits"
    segments = "1 segment" if size.segments == 1 else f"{size.segments} segments"
    return MessagePreview(
        subject=f"{mail.subject}",
        lines=mail.paragraphs,
        sms_to=phone_words(people.mobile, people.organisation.country) or "no mobile yet",
        sms=pin_text(people, HIDDEN_PIN, words),
        sms_size=f"{size.characters} of {size.room} characters, {segments}{why_dearer(size)}",
        keeps=f"{KEEPS}, which costs {cost}.",
        cost=f"Costs {cost}, leaves {max(0, credits - size.segments):,}",
    )


def access_facts(access: PortalAccess, granted_by: str, zone: str, requests: int, country: str) -> list[dict[str, str]]:
    """What was chosen and when, as lines of names and values."""
    documents = "none" if not requests else "1" if requests == 1 else str(requests)
    statements = ", and bank statements" if access.asks_bank_statements else ""
    elsewhere = []
    if access.other_email:
        elsewhere.append({"name": "Link goes to", "value": access.other_email})
    if access.other_mobile:
        elsewhere.append({"name": "PIN goes to", "value": phone_words(access.other_mobile, country)})
    return [
        {"name": "Other applicants’ details", "value": "Yes" if access.sees_other_applicants else "No"},
        {"name": "Flow", "value": access.flow_name},
        {"name": "Required documents", "value": documents + statements},
        *elsewhere,
        {"name": "Invited", "value": f"{instant_words(access.created_at, zone)}, by {granted_by}"},
        {"name": "Last seen", "value": instant_words(access.last_seen_at, zone) or "Never"},
        *([{"name": "Came in", "value": WAYS_IN[access.came_in_by]}] if access.came_in_by in WAYS_IN else []),
        {"name": "Ends", "value": "When the deal settles, or when you revoke it"},
    ]


def other_row(access: PortalAccess, deal: Deal, zone: str) -> OtherRow:
    """How a client stands in another deal; settled and archived ones say so."""
    stands = f"settled {day_words(deal.settled_on)}" if deal.locked_at and deal.settled_on else ""
    stands = "archived" if deal.archived_at else stands or ("settled" if deal.locked_at else "")
    ended = f"Access ended {instant_words(access.revoked_at, zone)}" if access.revoked_at else state_words(access, zone)
    return OtherRow(
        id=str(access.id),
        deal=deal.name,
        state=f"{ended}, {stands}" if stands else ended,
        path=f"/deals/{deal.id}/share",
        live=access.revoked_at is None,
    )
