"""What plain HTTP routes answer with, and the session cookie that goes with it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from salestrekker_portal.config import settings
from salestrekker_portal.domains.signing_in.arriving import Browser, Secrets
from salestrekker_portal.domains.signing_in.devices import KEPT
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.incoming.cookies import cookie_name, device_cookie, device_in
from salestrekker_portal.tables.access import Portal

# Says no more than that a client signed out in this browser.
LEFT_COOKIE = "client-left"

# A session cookie outlives its session, so that the page can tell who timed out from who was never there.
REMEMBERED_SECONDS = 30 * 24 * 3600


def forbidden() -> Response:
    return PlainTextResponse("This form must be sent from the portal's own page. Go back and try again.", 403)


def browser_of(request: Request, portal: Portal) -> Browser:
    """Where whoever sent this sits, and what their browser holds of us."""
    return Browser(
        address=client_address(request),
        name=request.headers.get("user-agent", ""),
        device=device_in(request.headers.get("cookie", "")),
        session=request.cookies.get(cookie_name(portal), ""),
    )


def with_secrets(answer: Response, portal: Portal, secrets: Secrets) -> Response:
    """Hand the browser its session, and what it is known by."""
    if secrets.device:
        answer.set_cookie(
            device_cookie(),
            secrets.device,
            max_age=int(KEPT.total_seconds()),
            httponly=True,
            secure=settings().is_https,
            samesite="lax",
            path="/",
        )
    return with_session(answer, portal, secrets.session)


def with_session(answer: Response, portal: Portal, token: str) -> Response:
    """Hand the browser its session secret."""
    answer.set_cookie(
        cookie_name(portal),
        token,
        max_age=settings().session_hours * 3600 + REMEMBERED_SECONDS,
        httponly=True,
        secure=settings().is_https,
        samesite="lax",
        path="/",
    )
    if portal is Portal.CLIENT:
        answer.delete_cookie(LEFT_COOKIE, secure=settings().is_https, httponly=True, samesite="lax")
    return answer


def without_session(answer: Response, portal: Portal) -> Response:
    """Take the secret back; a client's browser remembers that they left by themselves."""
    options = {"secure": settings().is_https, "httponly": True, "samesite": "lax"}
    answer.delete_cookie(cookie_name(portal), path="/", **options)
    if portal is Portal.CLIENT:
        answer.set_cookie(LEFT_COOKIE, "1", max_age=REMEMBERED_SECONDS, path="/", **options)
    return answer


def see(path: str) -> Response:
    return RedirectResponse(path, 303)
