"""The second try of plain routes, and a sentence after that: the app wraps every route of ours in it."""

import errno
import logging
import secrets
from functools import wraps
from html import escape
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.domains.security_log.whence import come_from
from salestrekker_portal.kernel.errors import NO_ROOM, Busy, NoRoom
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.bodies import TooSlow
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.requests import client_address, safe_next
from salestrekker_portal.portals.incoming.again import tried_twice

log = logging.getLogger(__name__)

MACHINES = "/webhooks/"


def over_http(route: Route) -> Route:
    """A plain route of ours with its second try, and a sentence after that. What it read of a body it must keep."""
    twice = tried_twice(route.endpoint)

    @wraps(route.endpoint)
    async def answered(request: Request) -> Response:
        come_from(client_address(request), request.headers.get("user-agent", ""))
        try:
            return await twice(request)
        except (Busy, NoRoom) as refusal:
            return _sentence(request, refusal.message)
        except (HTTPException, ClientDisconnect, TooSlow):
            raise
        except Exception as problem:
            return _sentence(request, *_apology(problem))

    return Route(route.path, answered, methods=list(route.methods or ()))


def _apology(problem: Exception) -> tuple[str, int]:
    """The words and the status for what should not have happened, which the log tells whoever runs the portal."""
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("there is no room left for files", exc_info=problem)
        return NO_ROOM, 409
    number = secrets.token_hex(4)
    log.error("unhandled %s", number, exc_info=problem)
    return f"Something went wrong on our side. Try again; if it keeps happening, quote {number}.", 500


def _sentence(request: Request, words: str, status: int = 409) -> Response:
    """For a form its own page with the sentence, for other machines that they come again, for the rest a page."""
    if request.url.path.startswith(MACHINES):
        return PlainTextResponse(words, 503 if status == 409 else status, headers={"retry-after": "5"})
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"ok": False, "refusal": words}, status)
    page = urlsplit(request.headers.get("referer", ""))
    if request.method == "POST" and page.path:
        address = f"{page.path}?{page.query}" if page.query else page.path
        return flash.back(safe_next(address, "/"), {"": words})
    return plain_page("Try again", f"<h1>Try again</h1><p>{escape(words)}</p>", status=status)
