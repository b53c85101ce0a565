"""The client's piles of boxes, as words for the screen."""

from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.documents.held import held_words
from salestrekker_portal.domains.documents.review import said_by_client
from salestrekker_portal.domains.documents.rules import OPEN_STATES, minutes_to_undo
from salestrekker_portal.domains.documents.service import is_own
from salestrekker_portal.domains.documents.sides import Card, card_of, side_of, sides_there
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, instant_words, local
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.shared.file_words import file_meta, is_picture, weekday_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile, UploaderKind

Filed = tuple[Document, StoredFile]


class OwnFileRow(TypedDict):
    """One file. `undo` says how long it can still be taken back, `held` why nobody may open it; or they are empty."""

    id: str
    name: str
    meta: str
    picture: bool
    held: str
    undo: str


class BoxRow(TypedDict):
    """One request. `state` is the one of the request; `whose` names the people when it isn't only oneself."""

    id: str
    name: str
    why: str
    whose: str
    # Of a card with two sides: how many of them are there.
    sides: str
    state: str
    due: str
    late: bool
    reason: str
    reason_title: str
    reason_at: str
    said: str
    note: str
    mine: bool
    primary: bool
    files: list[OwnFileRow]
    known: list[str]


class BoxPeople:
    """Names for the boxes: oneself, the other applicants, the broker."""

    def __init__(self, actor: Actor, others: list[Contact], broker: str) -> None:
        self.actor, self.broker = actor, broker
        self._others = {contact.id: contact.called for contact in others}

    def whose(self, contact_id: UUID | None) -> str:
        if contact_id == self.actor.id:
            return ""
        if contact_id is not None:
            return f"For {self._others.get(contact_id, 'the other applicant')}"
        return f"For {joined(['you', *self._others.values()])}" if self._others else ""

    def sender(self, document: Document) -> str:
        if document.uploader_kind is UploaderKind.CLIENT and document.uploader_id == self.actor.id:
            return "You"
        return document.uploader_name


def boxes(requests: list[DocumentRequest], files: list[Filed], people: BoxPeople) -> list[BoxRow]:
    """Every request with its files: what was asked again first, then by the day it is due."""
    by_request: dict[UUID, list[Filed]] = {}
    for document, file in reversed(files):
        if document.request_id is not None:
            by_request.setdefault(document.request_id, []).append((document, file))
    order = _in_order(requests)
    rows = [_box(request, by_request.get(request.id, []), people) for request in order]
    cards = sides_there(requests)
    for row, request in zip(rows, order, strict=True):
        if (card := card_of(request)) is not None:
            row["sides"] = cards.get(card, "")
    first = next((row for row in rows if row["state"] in OPEN_STATES), None)
    if first is not None:
        first["primary"] = True
    return rows


def _in_order(requests: list[DocumentRequest]) -> list[DocumentRequest]:
    """What was asked again first, then by the day it is due; the sides of a card together, its front first."""

    def place(request: DocumentRequest) -> tuple[bool, str]:
        return request.state is not RequestState.ASKED_AGAIN, str(request.due_on or "9")

    found = sorted(requests, key=place)
    first: dict[Card, int] = {}
    for number, each in enumerate(found):
        if (card := card_of(each)) is not None:
            first.setdefault(card, number)
    at = {each.id: number for number, each in enumerate(found)}
    return sorted(found, key=lambda each: (first.get(card_of(each) or (None, ""), at[each.id]), side_of(each)))


def _box(request: DocumentRequest, files: list[Filed], people: BoxPeople) -> BoxRow:
    zone = people.actor.time_zone
    again = request.state is RequestState.ASKED_AGAIN
    own_word = request.state is RequestState.NOT_NEEDED and said_by_client(request)
    mine = request.decided_by_id == people.actor.id
    today = local(utc_now(), zone).date()
    return BoxRow(
        id=str(request.id),
        name=request.name,
        why=request.why,
        whose=people.whose(request.contact_id),
        sides="",
        state="says_not" if own_word else request.state.value,
        due=f"Due {weekday_words(request.due_on)}" if request.due_on else "",
        late=request.due_on is not None and request.due_on < today,
        reason=f"“{request.reason}”" if again else "",
        reason_title=f"{request.decided_by_name.split(' ')[0] or people.broker} asked again" if again else "",
        reason_at=instant_words(request.decided_at, zone) if again else "",
        said=f"{'You' if mine else request.decided_by_name} said this doesn’t apply: “{request.reason}”"
        if own_word
        else "",
        note=_note(request, zone),
        mine=request.contact_id in (None, people.actor.id),
        primary=False,
        files=[file_row(document, file, people, request) for document, file in files],
        known=[str(document.id) for document, _ in files],
    )


def _note(request: DocumentRequest, zone: str) -> str:
    """What became of it, for the accepted pile."""
    on = f" {day_words(local(request.decided_at, zone).date())}" if request.decided_at else ""
    if request.state is RequestState.ACCEPTED:
        return f"Accepted{on}"
    return f"Not needed any more{on}" if request.state is RequestState.NOT_NEEDED else ""


def file_row(document: Document, file: StoredFile, people: BoxPeople, request: DocumentRequest | None) -> OwnFileRow:
    """One file of a box, or a loose one."""
    left = minutes_to_undo(document.created_at, utc_now()) if is_own(people.actor, document) else 0
    if request is not None and request.state is RequestState.ACCEPTED:
        left = 0
    return OwnFileRow(
        id=str(document.id),
        name=document.name,
        meta=file_meta(document, file, people.actor.time_zone, by=people.sender(document)),
        picture=is_picture(file),
        held=held_words(file, for_staff=False),
        undo=f"You can undo for {left} more {'minute' if left == 1 else 'minutes'}." if left else "",
    )
