"""The second try of plain routes, and a sentence after that: the app wraps every route of ours in it."""

from functools import wraps
from html import escape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.requests import safe_next
from salestrekker_portal.portals.incoming.again import tried_twice

MACHINES = "/webhooks/"


def over_http(route: Route) -> Route:
    """A plain route of ours with its second try, and a sentence after that. What it read of a body it must keep."""
    twice = tried_twice(route.endpoint)

    @wraps(route.endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await twice(request)
        except Busy as busy:
            return _sentence(request, busy)

    return Route(route.path, answered, methods=list(route.methods or ()))


def _sentence(request: Request, busy: Busy) -> Response:
    """For a form its own page with the sentence, for other machines that they come again, for the rest a page."""
    if request.url.path.startswith(MACHINES):
        return PlainTextResponse(busy.message, 503, headers={"retry-after": "5"})
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"ok": False, "refusal": busy.message}, 409)
    page = urlsplit(request.headers.get("referer", ""))
    if request.method == "POST" and page.path:
        address = f"{page.path}?{page.query}" if page.query else page.path
        return flash.back(safe_next(address, "/"), {"": busy.message})
    return plain_page("Try again", f"<h1>Try again</h1><p>{escape(busy.message)}</p>", status=409)
