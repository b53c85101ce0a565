"""Requests and files of a deal, as words for the broker's screens."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.documents.held import held_words, is_held
from salestrekker_portal.domains.documents.queries import readers_of
from salestrekker_portal.domains.documents.review import said_by_client
from salestrekker_portal.domains.documents.sending import goes_by_itself_at
from salestrekker_portal.domains.documents.service import is_own
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, local, time_words
from salestrekker_portal.kernel.text import initials, joined
from salestrekker_portal.portals.shared.file_words import file_meta, is_picture, is_shown, when_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile, UploaderKind
from salestrekker_portal.tables.portal_access import PortalAccess

Filed = tuple[Document, StoredFile]
UNSENT, SAYS_NOT = "unsent", "says_not"
# state on screen -> (word, tone, icon)
STATES = {
    UNSENT: ("Not sent yet", "accent", "plus"),
    "requested": ("Requested", "plain", "send"),
    "uploaded": ("To review", "warn", "eye"),
    "accepted": ("Accepted", "ok", "check"),
    "asked_again": ("Asked again", "bad", "rotate-ccw"),
    SAYS_NOT: ("Says not needed", "warn", "eye"),
    "not_needed": ("Not needed", "outline", "minus"),
}
DONE = (RequestState.ACCEPTED, RequestState.NOT_NEEDED)
TO_REVIEW = ("uploaded", SAYS_NOT)


class RequestRow(TypedDict):
    """One request; `state` is a key of STATES."""

    id: str
    name: str
    note: str
    state: str
    due: str
    late: bool


class GroupRow(TypedDict):
    """One person's requests, or those of everybody."""

    key: str
    name: str
    initials: str
    fact: str
    rows: list[RequestRow]


class FileRow(TypedDict):
    """One file. `look` is how it is previewed: pdf, picture or none. `note`: it was sent with
    one and has its readers. `sees`: the client who sent it, and sees it whatever is switched; `others`: the deal has
    more clients, who don't. `held`: why nobody may open it, or empty.
    """

    id: str
    name: str
    meta: str
    look: str
    picture: bool
    request: str
    slot: str
    client: bool
    partner: bool
    note: bool
    sees: str
    others: bool
    held: str


class Review(TypedDict):
    """The request in the pane."""

    id: str
    name: str
    who: str
    why: str
    state: str
    said: str
    files: list[FileRow]
    known: list[str]


NO_REVIEW = Review(id="", name="", who="", why="", state="", said="", files=[], known=[])


def shown_state(request: DocumentRequest) -> str:
    if request.state is RequestState.NOT_NEEDED and said_by_client(request):
        return SAYS_NOT
    if request.sent_at is None and request.state is RequestState.REQUESTED:
        return UNSENT
    return request.state.value


def groups_of(
    requests: list[DocumentRequest], files: list[Filed], people: list[Contact], actor: Actor
) -> list[GroupRow]:
    """The requests by person in the deal's order, those for everybody last."""
    names = {contact.id: contact.name for contact in people}
    everybody = joined([contact.called for contact in people]) or "All applicants"
    groups = []
    for contact_id in [*names, *{r.contact_id for r in requests if r.contact_id not in names and r.contact_id}, None]:
        mine = [request for request in requests if request.contact_id == contact_id]
        if not mine:
            continue
        done = sum(request.state in DONE for request in mine)
        name = names.get(contact_id, "No longer on the deal") if contact_id else everybody
        groups.append(
            GroupRow(
                key=str(contact_id or "all"),
                name=name,
                initials=initials(name) if contact_id else str(len(people)),
                fact=f"{done} of {len(mine)}",
                rows=[_row(request, _of(files, request.id), actor) for request in mine],
            )
        )
    return groups


def _of(files: list[Filed], request_id: UUID) -> list[Filed]:
    return [(document, file) for document, file in files if document.request_id == request_id]


def _row(request: DocumentRequest, files: list[Filed], actor: Actor) -> RequestRow:
    open_yet = request.state not in DONE
    late = open_yet and request.due_on is not None and request.due_on < local(utc_now(), actor.time_zone).date()
    return RequestRow(
        id=str(request.id),
        name=request.name,
        note=_note(request, files, actor),
        state=shown_state(request),
        due=day_words(request.due_on) if open_yet else "",
        late=late,
    )


def _note(request: DocumentRequest, files: list[Filed], actor: Actor) -> str:
    zone = actor.time_zone
    by = "You" if request.decided_by_id == actor.id else request.decided_by_name
    many = f"{len(files)} file{'s' if len(files) != 1 else ''}"
    if request.state in (RequestState.ASKED_AGAIN, RequestState.NOT_NEEDED):
        return _said(by, request.reason)
    if request.state is RequestState.ACCEPTED:
        return f"{many}, accepted by {'you' if by == 'You' else by}" if by else f"{many}, accepted"
    if request.state is RequestState.UPLOADED and files:
        newest = files[0][0]
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        return f"{newest.name}{more}, {when_words(newest.created_at, zone)}"
    return f"Requested {when_words(request.sent_at, zone)}" if request.sent_at else request.why


def _said(by: str, reason: str) -> str:
    """You: “Page 2 is missing.”"""
    quoted = f"“{reason}”" if reason else ""
    return f"{by}: {quoted}" if by and quoted else by or quoted


def review_of(request: DocumentRequest, files: list[Filed], people: list[Contact], actor: Actor) -> Review:
    """Everything about one request."""
    names = {contact.id: contact.name for contact in people}
    who = names.get(request.contact_id, "") if request.contact_id else "All applicants"
    mine = _of(files, request.id)
    by = "You" if request.decided_by_id == actor.id else request.decided_by_name
    said = _said(by, request.reason) if request.reason and request.state is not RequestState.ACCEPTED else ""
    return Review(
        id=str(request.id),
        name=request.name,
        who=who,
        why=request.why,
        state=shown_state(request),
        said=said,
        files=[file_row(document, file, people, actor) for document, file in mine],
        known=[str(document.id) for document, _ in mine],
    )


def file_row(document: Document, file: StoredFile, people: list[Contact], actor: Actor) -> FileRow:
    """One file as the team sees it. `people`: the deal's applicants."""
    by_client = document.uploader_kind is UploaderKind.CLIENT
    own = is_own(actor, document)
    look = ("picture" if is_picture(file) else "pdf") if is_shown(file) and not is_held(file) else "none"
    return FileRow(
        id=str(document.id),
        name=document.name,
        meta=file_meta(document, file, actor.time_zone, by="You" if own else document.uploader_name)
        + (", with a note" if document.note_id else ""),
        look=look,
        picture=is_picture(file),
        request=str(document.request_id or ""),
        slot=document.slot.value if document.slot else "",
        client=document.shared_with_client_at is not None,
        partner=document.shared_with_partner_at is not None,
        note=document.note_id is not None,
        sees=document.uploader_name if by_client else "",
        others=len(people) > 1,
        held=held_words(file, for_staff=True),
    )


def unsent_bar(
    asked: list[DocumentRequest], accesses: list[PortalAccess], people: list[Contact], zone: str
) -> tuple[str, str, str, bool]:
    """The bar over what was not sent yet: its title, who gets a message, who must be invited first, and whether
    anything can go. Each count concerns the people who are named with it."""
    unsent = [each for each in asked if each.sent_at is None and each.state is not RequestState.NOT_NEEDED]
    readers = {each.id: {access.contact_id for access in readers_of(accesses, each)} for each in unsent}
    going = [each for each in unsent if readers[each.id]]
    kept = [each for each in unsent if not readers[each.id]]
    asking = {contact for each in going for contact in readers[each.id]}
    told = joined([each.called for each in people if each.id in asking])
    whose = {each.contact_id for each in kept}
    missing = [each.called for each in people if each.id in whose or None in whose]
    verb = "isn’t" if len(missing) == 1 else "aren’t"
    waiting = f"{joined(missing)} {verb} invited yet. The invitation asks for these too." if missing else ""
    if not going:
        return f"{_requests(len(kept))} for {joined(missing) or 'nobody yet'}, not sent yet", waiting, "", False
    at = goes_by_itself_at(accesses, asked)
    also = f"{len(kept)} more for {joined(missing)}, who {verb} invited yet." if kept else ""
    return f"{_requests(len(going))} for {told}, not sent yet", unsent_words(told, at, zone), also, True


def _requests(count: int) -> str:
    return f"{count} request{'s' if count != 1 else ''}"


def unsent_words(told: str, at: datetime | None, zone: str) -> str:
    """Who will be asked for what was not sent yet, and when that happens by itself."""
    if at is None:
        return f"One message goes to {told}."
    return f"One message goes to {told}: at {time_words(at, zone)} by itself, or now when you press Request."
