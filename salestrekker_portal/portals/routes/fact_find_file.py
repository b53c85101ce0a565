"""`POST /deals/fact-find`: a broker takes the fact find of a deal as PDF, CSV or JSON."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.exporting import KINDS, fact_find_file, record_taken
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import Busy, DomainError, NoRoom, NotFound
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.http.requests import is_same_origin, small_form
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.routes.downloads import content_disposition
from salestrekker_portal.tables.access import Portal


@posted_again("each download is written down, and gives the same person the same answers")
async def take(request: Request) -> Response:
    """A form: `deal`, `kind` (pdf, csv, json) and `of` (a contact, "household", or nothing for everybody)."""
    if not is_same_origin(request):
        return forbidden()
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    form = await small_form(request) or {}
    try:
        deal_id = uuid_from(form.get("deal"), "deal")
        async with reading() as session:
            taken = await fact_find_file(session, actor, deal_id, str(form.get("kind")), str(form.get("of") or ""))
        async with transaction() as session:
            record_taken(session, actor, taken)
    except (Busy, NoRoom):
        raise
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return PlainTextResponse(NotFound("deal").message, 404)
    headers = {
        "content-disposition": content_disposition(taken.name, inline=False),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
    }
    return Response(taken.content, media_type=KINDS[taken.kind], headers=headers)


FACT_FIND_ROUTES = [Route("/deals/fact-find", take, methods=["POST"])]
