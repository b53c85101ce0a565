"""Which events follow from what happened: from the kind of an activity, who did it, and its facts."""

from collections.abc import Mapping
from datetime import timedelta

from salestrekker_portal.domains.notices.catalogue import AT_ONCE, REQUESTS_SETTLE

_STAFF, _CLIENT, _PARTNER = "broker", "client", "partner"

# (kind, portal of who did it, "" for anybody) -> events. What needs a look at the facts is in `events_of`.
_EVENTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("note:added", _CLIENT): ("client_wrote",),
    ("note:added", _PARTNER): ("partner_wrote",),
    ("note:mentioned", _STAFF): ("note_mention",),
    ("document:uploaded", _CLIENT): ("client_uploaded",),
    ("document:uploaded", _PARTNER): ("partner_uploaded",),
    ("request:added", _STAFF): ("documents_added",),
    ("request:asked_again", _STAFF): ("document_asked_again",),
    ("request:does_not_apply", _CLIENT): ("client_declined",),
    ("deal:moved", ""): ("stage_changed", "partner_stage"),
    ("deal:settled", ""): ("partner_settled",),
    ("referral:by_link", ""): ("partner_received",),
    ("lead:called", _STAFF): ("partner_called",),
    ("lead:uncalled", ""): ("lead_waits",),
    ("partner:promise_due", ""): ("promise_due",),
    ("partner:nudged", _PARTNER): ("partner_nudged",),
    ("partner:thanked", _PARTNER): ("partner_thanked",),
    ("deal:lost", ""): ("partner_ended",),
    ("deal:declined", ""): ("partner_ended",),
    ("deal:withdrawn", ""): ("partner_ended",),
    ("profile:changed", _CLIENT): ("client_changed",),
    ("profile:submitted", _CLIENT): ("client_submitted",),
    ("bank_statements:expired", ""): ("bank_statements_expired",),
    ("bank_statements:returned", ""): ("bank_statements_returned",),
    ("partner:shared", _STAFF): ("partner_deal_shared",),
    ("partner:first_seen", ""): ("partner_first_login",),
    ("referral:added", _PARTNER): ("partner_lead",),
    ("billing:low", ""): ("sms_low",),
    ("automation:told", ""): ("stage_reached",),
    ("deal:stale", ""): ("deal_stale", "deal_stale_client"),
    ("deal:settlement_due", ""): ("settlement_due",),
}


# How a deal ended that did not settle, as its partner reads it: never why.
OUTCOMES = {
    "deal:lost": "they went another way",
    "deal:declined": "the lender declined it",
    "deal:withdrawn": "it was withdrawn",
}


def events_of(kind: str, portal: str, facts: Mapping[str, object]) -> tuple[str, ...]:
    """Keys of the catalogue, empty for what nobody is told of."""
    if facts.get("with_lead") or facts.get("closed"):
        return ()  # the partner's first note, which the news of the lead contains; a file that nobody may open
    found = _EVENTS.get((kind, portal)) or _EVENTS.get((kind, ""), ())
    if kind == "note:added" and portal == _STAFF:
        shared = (("note_shared", facts.get("with_client")), ("partner_note", facts.get("with_partner")))
        found = ("team_note", *(event for event, on in shared if on))
    elif kind == "note:shared":
        found = ("note_shared",) if "client" in str(facts.get("audience")) else ("partner_note",)
    elif kind == "document:shared":
        found = ("file_shared",) if "client" in str(facts.get("audience")) else ("partner_file",)
    elif kind == "portal_access:signed_in" and facts.get("first"):
        found = ("client_first_login",)
    return found


def tell_after(kind: str, portal: str, facts: Mapping[str, object]) -> timedelta | None:
    """How long the worker waits before it tells people; None when there is nobody to tell."""
    events = events_of(kind, portal, facts)
    if not events:
        return None
    return REQUESTS_SETTLE if "documents_added" in events else AT_ONCE
