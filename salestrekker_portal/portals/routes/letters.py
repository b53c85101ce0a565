"""The on-screen outbox's e-mails as mail programs get them, each in a frame of its own. Demo and development only."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import Mode, settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.kernel.errors import DomainError, NotFound
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import OutboxMessage, ShownMessage

# Opened by itself it can do no more than a mail program lets it: no script, no form; its links open the whole tab.
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation allow-same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "no-store",
}


async def letter(request: Request) -> Response:
    """GET the HTML of a message that /outbox shows; 404 for whoever may not read it there."""
    try:
        html = await _html_of(request)
    except DomainError:
        return PlainTextResponse(NotFound("page").message, 404)
    return HTMLResponse(html.replace("<head>", '<head><base target="_top">', 1), headers=HEADERS)


async def _html_of(request: Request) -> str:
    """Raises NotFound."""
    if not settings().is_local:
        raise NotFound("page")
    message_id = uuid_from(request.path_params["message_id"], "page")
    firm = None
    if settings().mode is Mode.EMBEDDED:
        actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
        if actor is None:
            raise NotFound("page")
        firm = actor.organisation_id
    async with reading() as session:
        shown = await session.get(ShownMessage, message_id)
        sent = await session.get(OutboxMessage, shown.message_id) if shown is not None else None
    if shown is None or not shown.html or (firm is not None and (sent is None or sent.organisation_id != firm)):
        raise NotFound("page")
    return shown.html


LETTER_ROUTES = [Route("/outbox/letter/{message_id}", letter, methods=["GET"])]
