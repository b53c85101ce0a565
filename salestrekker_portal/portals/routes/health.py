"""For supervisors, proxies and monitors: whether the process lives, whether the portal can work, and its figures."""

import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.watching.metrics import exposition
from salestrekker_portal.watching.readiness import checks


async def health(_request: Request) -> Response:
    """200 while this process answers at all: a supervisor restarts what doesn't, and nothing else calls for that."""
    return PlainTextResponse("ok")


async def ready(request: Request) -> Response:
    """200 when every part works, otherwise 503; which ones don't is in the answer."""
    found = await checks(only_here=request.url.path.endswith("/here"))
    well = all(each.is_well for each in found)
    told = {"ready": well, "parts": {each.part: each.told for each in found}}
    return JSONResponse(told, 200 if well else 503, headers={"cache-control": "no-store"})


async def metrics(request: Request) -> Response:
    """For whoever knows the token; without one set, there is nothing here."""
    token, given = settings().metrics_token, request.headers.get("authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return PlainTextResponse("Not Found", 404)
    text = await exposition(subscriptions.open_tabs)
    return Response(text, media_type="text/plain; version=0.0.4", headers={"cache-control": "no-store"})


HEALTH_ROUTES = [
    Route("/health", health, methods=["GET"]),
    Route("/ready", ready, methods=["GET"]),
    Route("/ready/here", ready, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
]
