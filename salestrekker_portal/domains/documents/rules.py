"""What follows from a request's or a document's facts, without a database."""

from datetime import date, datetime, timedelta

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState, Slot, UploaderKind
from salestrekker_portal.tables.organisations import Country

UNDO = timedelta(minutes=30)
NAME_LIMIT = 160
WORDS_LIMIT = 400
MOST_REQUESTS = 200
MOST_WITH_NOTE = 10

SLOTS = {
    Country.AU: (Slot.CREDIT_GUIDE, Slot.PRIVACY_DISCLOSURE),
    Country.NZ: (Slot.ACKNOWLEDGEMENT, Slot.ADVISER_GUIDE, Slot.ROMA),
}
# What a deal may hold besides; nobody has to agree to it before they come in.
LATER_SLOTS = {
    Country.AU: (Slot.PRELIMINARY_ASSESSMENT, Slot.CREDIT_PROPOSAL),
    Country.NZ: (),
}
SLOT_NAMES = {
    Slot.PRELIMINARY_ASSESSMENT: "Preliminary assessment",
    Slot.CREDIT_PROPOSAL: "Credit proposal disclosure",
    Slot.CREDIT_GUIDE: "Credit guide",
    Slot.PRIVACY_DISCLOSURE: "Privacy disclosure",
    Slot.ACKNOWLEDGEMENT: "Acknowledgement and declaration",
    Slot.ADVISER_GUIDE: "Adviser guide",
    Slot.ROMA: "ROMA",
}
UPLOADER = {Portal.BROKER: UploaderKind.USER, Portal.CLIENT: UploaderKind.CLIENT, Portal.PARTNER: UploaderKind.PARTNER}
OPEN_STATES = frozenset({RequestState.REQUESTED, RequestState.ASKED_AGAIN})

LOCKED = "This deal is settled and locked. Unlock it first to change its documents."
LOCKED_OUTSIDE = "This application is settled, so its documents can't change any more. Call your broker about it."
ARCHIVED = "This deal is archived. Restore it first to change its documents."
ARCHIVED_OUTSIDE = "This application was put away, so its documents can't change any more. Call your broker about it."
ACCEPTED_ALREADY = "Your broker has accepted this already. Send anything else as an extra document."


def demand_open(actor: Actor, deal: Deal) -> None:
    """Raises Conflict for an archived or a settled deal, in words for this person."""
    if deal.archived_at is not None:
        raise Conflict(ARCHIVED if actor.is_staff else ARCHIVED_OUTSIDE)
    if deal.locked_at is not None:
        raise Conflict(LOCKED if actor.is_staff else LOCKED_OUTSIDE)


def checked_words(raw: object, field: str, *, least: str = "", limit: int = WORDS_LIMIT) -> str:
    """A sentence or two. `least` is what an empty one is told; without it empty is fine. Raises Invalid."""
    text = clean(raw, lines=limit > NAME_LIMIT)
    if least and not text:
        raise Invalid({field: least})
    if len(text) > limit:
        raise Invalid({field: f"Use at most {limit} characters. This has {len(text):,}."})
    return text


def checked_due(raw: object) -> date | None:
    """The day until when, or None for no day. Raises Invalid keyed `due`."""
    if isinstance(raw, date) or raw is None:
        return raw
    text = clean(raw)
    if not text:
        return None
    day, sentence = read_day(text, utc_now().date(), ahead=99)
    if day is None:
        raise Invalid({"due": sentence or "Enter a day like 13/3/2026."})
    return day


def state_without_files(request: DocumentRequest) -> RequestState:
    """Where a request stands again when its last file is taken away; one that was accepted is not done any more."""
    if request.state not in (RequestState.UPLOADED, RequestState.ACCEPTED):
        return request.state
    return RequestState.ASKED_AGAIN if request.reason else RequestState.REQUESTED


def state_with_file_back(request: DocumentRequest, sent_at: datetime) -> RequestState:
    """Where a request stands when a removed file is put back: to be reviewed, unless it was asked again after that."""
    waits = request.state is RequestState.REQUESTED or (
        request.state is RequestState.ASKED_AGAIN and (request.decided_at is None or sent_at > request.decided_at)
    )
    return RequestState.UPLOADED if waits else request.state


def minutes_to_undo(added_at: datetime, now: datetime) -> int:
    """Whole minutes in which the sender may still take a file back, rounded up; 0 when it is too late."""
    left = (added_at + UNDO - now).total_seconds()
    return max(0, -int(-left // 60))
