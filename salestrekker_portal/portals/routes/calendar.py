"""A day for somebody's calendar, from the address in an e-mail: no session, and nothing that the e-mail doesn't say."""

import hashlib

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.calendar import calendar_file, day_behind
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound


async def day(request: Request) -> Response:
    """GET the file; 404 for an address that we didn't sign."""
    token = request.path_params["token"].removesuffix(".ics")
    try:
        found = day_behind(token, settings().secrets)
        text = calendar_file(found, key=hashlib.sha256(token.encode()).hexdigest(), now=utc_now())
    except (NotFound, ValueError):
        return PlainTextResponse(NotFound("page").message, 404)
    headers = {"content-disposition": 'attachment; filename="due.ics"', "cache-control": "no-store"}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


CALENDAR_ROUTES = [Route("/calendar/{token}", day, methods=["GET"])]
