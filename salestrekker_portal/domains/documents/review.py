"""What becomes of a request: accepted, asked for again, not needed; and the client's "doesn't apply to me"."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.queries import (
    access_request,
    files_counted,
    files_left,
    live_accesses,
    readers_of,
    who_sees,
)
from salestrekker_portal.domains.documents.rules import OPEN_STATES, UPLOADER, checked_words, demand_open
from salestrekker_portal.domains.documents.sending import expose
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState, UploaderKind


async def accept_request(session: WriteSession, actor: Actor, request_id: UUID) -> DocumentRequest:
    """What was sent is what was needed. Raises Conflict when nothing was sent; NotFound, NotPermitted."""
    deal, request = await _in_review(session, actor, request_id)
    left, waiting = await files_counted(session, request.id)
    if not left:
        raise Conflict(f"Nothing has been uploaded for “{request.name}” yet.")
    # A file in quarantine may yet be thrown away; the request would then be accepted with nothing.
    if waiting:
        raise Conflict("Its files are still being checked for viruses. Accept it once they open.")
    await _decide(session, actor, deal, request, RequestState.ACCEPTED, "")
    return request


async def ask_again(session: WriteSession, actor: Actor, request_id: UUID, reason: object) -> DocumentRequest:
    """It has to be sent again, and the client reads why, on their page and by e-mail.

    Raises Invalid (`reason`), Conflict when it was never sent; NotFound, NotPermitted.
    """
    deal, request = await _in_review(session, actor, request_id)
    why = checked_words(reason, "reason", least="Say what is missing, so that they send the right thing.")
    if request.state is RequestState.REQUESTED:
        raise Conflict(f"“{request.name}” has not been sent yet, so there is nothing to ask for again.")
    inside = await live_accesses(session, deal.id)
    # Left out for everybody, and asked for now all the same: then it is asked of whom it is about.
    sees = (await who_sees(session, inside, [request]))[request.id] or readers_of(inside, request)
    await expose(session, request, sees)
    await _decide(session, actor, deal, request, RequestState.ASKED_AGAIN, why)
    return request


async def mark_not_needed(session: WriteSession, actor: Actor, request_id: UUID, reason: object = "") -> None:
    """The deal goes on without it. A client's own reason stays when no other is given."""
    deal, request = await _in_review(session, actor, request_id)
    why = checked_words(reason, "reason")
    # The client's own words, which the broker confirms by pressing the same button.
    if not why and request.state is RequestState.NOT_NEEDED:
        why = request.reason
    await _decide(session, actor, deal, request, RequestState.NOT_NEEDED, why)


async def say_it_does_not_apply(session: WriteSession, actor: Actor, request_id: UUID, reason: object) -> None:
    """A client says that they don't have this, and why; their broker hears of it and may ask again."""
    if not actor.is_client:
        raise NotPermitted("Only the client says that. Mark it as not needed instead.")
    request = await access_request(session, actor, request_id, Permission.DOCUMENT_UPLOAD)
    deal = await access_deal(session, actor, request.deal_id, Permission.DOCUMENT_UPLOAD)
    demand_open(actor, deal)
    if request.contact_id not in (None, actor.id):
        raise NotPermitted("Only the person it is asked of can say that.")
    why = checked_words(reason, "reason", least="Say in a few words why, for example “I rent”.")
    if request.state not in OPEN_STATES:
        raise Conflict("Your broker has this already.")
    await _decide(session, actor, deal, request, RequestState.NOT_NEEDED, why)


async def reopen_request(session: WriteSession, actor: Actor, request_id: UUID) -> None:
    """It is needed after all. Staff may always; a client while the word was their own."""
    permission = Permission.DOCUMENT_REVIEW if actor.is_staff else Permission.DOCUMENT_UPLOAD
    request = await access_request(session, actor, request_id, permission)
    deal = await access_deal(session, actor, request.deal_id, permission)
    demand_open(actor, deal)
    if request.state is not RequestState.NOT_NEEDED:
        raise Conflict("This is asked for already.")
    if not actor.is_staff and not said_by_client(request):
        raise NotPermitted(REFUSALS[Permission.DOCUMENT_REVIEW])
    state = RequestState.UPLOADED if await files_left(session, request.id) else RequestState.REQUESTED
    await _decide(session, actor, deal, request, state, "")


def said_by_client(request: DocumentRequest) -> bool:
    """Whether a client gave the request its present state."""
    return request.decided_by_kind is UploaderKind.CLIENT


async def _in_review(session: WriteSession, actor: Actor, request_id: UUID) -> tuple[Deal, DocumentRequest]:
    request = await access_request(session, actor, request_id, Permission.DOCUMENT_REVIEW)
    deal = await access_deal(session, actor, request.deal_id, Permission.DOCUMENT_REVIEW)
    demand_open(actor, deal)
    return deal, request


async def _decide(
    session: WriteSession, actor: Actor, deal: Deal, request: DocumentRequest, state: RequestState, reason: str
) -> None:
    """Set the state and say who decided. Whoever has to hear of it is told from the activity."""
    request.state, request.reason, request.decided_at = state, reason, utc_now()
    request.decided_by_kind, request.decided_by_id = UPLOADER[actor.portal], actor.id
    request.decided_by_name = actor.name
    kind = {
        RequestState.ACCEPTED: "request:accepted",
        RequestState.ASKED_AGAIN: "request:asked_again",
        RequestState.NOT_NEEDED: "request:not_needed",
    }.get(state, "request:reopened")
    if kind == "request:not_needed" and actor.is_client:
        kind = "request:does_not_apply"
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=request.id,
           name=request.name, reason=reason)  # fmt: skip
    deal_touched(session, deal.id)
