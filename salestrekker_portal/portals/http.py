"""What every plain HTTP route shares: who posts it, from where, and the headers that leave with every answer."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salestrekker_portal.config import settings
from salestrekker_portal.portals.gate import cookie_name
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal

FORM_LIMIT = 64 * 1024
# Says no more than that a client signed out in this browser.
LEFT_COOKIE = "client-left"
# A session cookie outlives its session, so that the page can tell who timed out from who was never there.
REMEMBERED_SECONDS = 30 * 24 * 3600

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=()",
    # Reflex starts with inline scripts and evaluates its own callbacks; everything else stays at home.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; "
        # The two players that a video may be shown in once a client asked for it; our own frames show documents.
        "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
}


def is_same_origin(request: Request) -> bool:
    """Whether a form or upload comes from our own pages. CORS does not stop plain posts, so we do."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return site is not None
    return origin in settings().allowed_origins or origin == f"{request.url.scheme}://{request.url.netloc}"


def forbidden() -> Response:
    return PlainTextResponse("This form must be sent from the portal's own page. Go back and try again.", 403)


async def small_form(request: Request) -> FormData | None:
    """The posted form, or None when it is too large to be one of ours."""
    if int(request.headers.get("content-length") or FORM_LIMIT + 1) > FORM_LIMIT:
        return None
    return await request.form(max_files=0, max_fields=60)


def client_address(request: Request) -> str:
    """The browser's address: the last hop that is none of the proxies that the operator named.

    X-Forwarded-For is believed only as far as named proxies wrote it; anybody else could write it.
    """
    peer = request.client.host if request.client else ""
    return address_behind(peer, ",".join(request.headers.getlist("x-forwarded-for")))


def address_behind(peer: str, forwarded: str) -> str:
    """The same for an event: who is connected, and what X-Forwarded-For says. An address that is none is ""."""
    hops = [part.strip() for part in forwarded.split(",") if part.strip()]
    while hops and _is_trusted(peer):
        peer = hops.pop()
    return peer if _address(peer) else ""


def _address(raw: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(raw)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(raw: str) -> bool:
    address = _address(raw)
    return address is not None and any(address in network for network in settings().trusted_proxies)


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


def safe_next(raw: object, otherwise: str) -> str:
    """A local address to go on to; anything else is replaced. "//evil" and "/\\evil" are not local."""
    text = str(raw or "")
    local = text.startswith("/") and not text.startswith(("//", "/\\")) and "\n" not in text and "\r" not in text
    return text if local and len(text) < 300 else otherwise


def see(path: str) -> Response:
    return RedirectResponse(path, 303)


class SecurityHeaders:
    """Adds the headers to every HTTP answer, and long caching to the built assets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                for name, value in SECURITY_HEADERS.items():
                    if name.encode() not in present:
                        message["headers"].append((name.encode(), value.encode()))
                if b"cache-control" not in present:
                    message["headers"].append((b"cache-control", _caching(scope["path"])))
            await send(message)

        await self.app(scope, receive, with_headers)


class StableAddresses:
    """Serves /board at /board: the static files would send the browser on to /board/ first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] in REGISTRY:
            path = scope["path"].rstrip("/") + "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)


def _caching(path: str) -> bytes:
    return b"public, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"
