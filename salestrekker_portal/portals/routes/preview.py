"""Plain HTTP of previews: a broker opens the client portal as one client sees it, and leaves it again."""

from collections.abc import Mapping
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.domains.portal_access.preview import end_preview, open_preview
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import Busy, DomainError, NoRoom
from salestrekker_portal.portals.http.answers import forbidden, see, with_session
from salestrekker_portal.portals.http.posted import of_our_form, posted_again, posted_once
from salestrekker_portal.portals.http.requests import client_address, is_same_origin
from salestrekker_portal.portals.incoming.cookies import actor_in, cookie_name
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal

MOST_REQUESTS = 300
MOST_SECTIONS = 200


@posted_once
@of_our_form
async def start(request: Request, form: FormData) -> Response:
    """POST a deal, one of its clients and the options of an invitation: a session that only looks, and on.

    A client's own session on this browser ends up replaced; nothing of it is read.
    """
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    try:
        deal, contact = _whose(form)
        async with transaction() as session:
            token = await open_preview(
                session,
                actor,
                deal,
                contact,
                # The choices on the share panel, which are not saved yet: a preview shows what the client would get.
                _chosen(form),
                from_address=client_address(request),
                browser=request.headers.get("user-agent", ""),
            )
    # Not “back to the board”: it is tried once more by whoever runs the routes.
    except Busy:
        raise
    except NoRoom:
        raise
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        # Their own page of the deal says what is wrong with it, and the board that there is none.
        return see("/board")
    return with_session(see("/portal"), Portal.CLIENT, token)


@posted_again("a preview that ended stays ended")
async def end(request: Request) -> Response:
    """POST: end the preview of this browser, and back to the deal. A client's own session is left alone."""
    if not is_same_origin(request):
        return forbidden()
    token = request.cookies.get(cookie_name(Portal.CLIENT), "")
    async with transaction() as session:
        deal_id = await end_preview(session, token) if token else None
    if deal_id is None:
        return see("/board")
    answer = see(f"/deals/{deal_id}/share")
    answer.delete_cookie(
        cookie_name(Portal.CLIENT), path="/", secure=settings().is_https, httponly=True, samesite="lax"
    )
    return answer


def _whose(form: Mapping[str, object]) -> tuple[UUID, UUID]:
    """The deal and the client; both may come in one field, "deal:client". Raises NotFound."""
    deal, _, contact = str(form.get("who") or f"{form.get('deal')}:{form.get('contact')}").partition(":")
    return uuid_from(deal, "deal"), uuid_from(contact, "client")


def _chosen(form: Mapping[str, object]) -> Invitation:
    asked = [each for each in str(form.get("requests") or "").split(",") if each][:MOST_REQUESTS]
    return Invitation(
        flow_id=uuid_from(form["flow"], "flow") if form.get("flow") else None,
        sections=str(form["sections"]).split(",")[:MOST_SECTIONS] if form.get("sections") else None,
        sees_other_applicants=form.get("sees") == "yes",
        asks_bank_statements=form.get("statements") == "true",
        request_ids=[uuid_from(each, "document request") for each in asked],
    )


PREVIEW_ROUTES = [
    Route("/session/preview", start, methods=["POST"]),
    Route("/session/preview/end", end, methods=["POST"]),
]
