"""An address with a secret in it is exchanged at once for one that only says which: the secret goes into a cookie.

So no link stands in an address bar, a history, a referrer or a bookmark, and no log sees it but at its first visit.
Pressing it uses nothing up: mail scanners open every link, and people press theirs for years. Several links live side
by side in one browser, each under its own name, so two clients' tabs, Back and reload keep apart.
"""

import re
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.config import settings
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.incoming.cookies import cookies_in

# A client's own link stands in the path; these pages are asked for with a secret after the ?, called so.
IN_THE_PATH = "/portal/"
ASKED_WITH = {
    "/set-password": "token",
    "/partner/set-password": "token",
    "/portal/lost-link": "token",
    "/setup": "code",
}
FIELD = "link"
UNKNOWN = "/portal/unknown"
# A browser keeps a limited number of cookies for a site: strange links must not push out what signs somebody in.
MOST_HELD = 8
DAY_SECONDS = 24 * 3600
KEPT_SECONDS, KEPT_ONCE_SECONDS = 400 * DAY_SECONDS, 7 * DAY_SECONDS

_NAME = re.compile(r"link-[0-9a-f]{10}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{4,200}")
# No page of ours has so long a name. What a mail program added behind a link (a full stop, a bracket) is left out.
_LONG = re.compile(r"[A-Za-z0-9_-]{16,}")


def name_of(secret: str) -> str:
    """What an address calls a secret: told to anybody, it opens nothing."""
    return f"link-{token_hash(secret)[:10]}"


def is_name(said: str) -> bool:
    return _NAME.fullmatch(said) is not None


def held(cookie_header: str, said: str) -> str:
    """The secret that an address or a form names, "" where this browser doesn't hold it. What is no name is the
    secret itself: a tab that was open before an update."""
    return cookies_in(cookie_header).get(_cookie(said), "") if is_name(said) else said


def exchanged(path: str, query: str) -> tuple[str, str] | None:
    """The clean address and the secret ("" where it can't be one) of an address that carries one; None for others."""
    asked = ASKED_WITH.get(path.rstrip("/"))
    if asked:
        return _from_query(path.rstrip("/"), asked, query)
    found = _LONG.match(path.removeprefix(IN_THE_PATH)) if path.startswith(IN_THE_PATH) else None
    if found is None or is_name(found[0]):
        return None
    if not _SECRET.fullmatch(found[0]):
        return UNKNOWN, ""
    onward = f"?{query}" if query else ""
    return f"{IN_THE_PATH}{name_of(found[0])}{onward}", found[0]


def _from_query(path: str, asked: str, query: str) -> tuple[str, str] | None:
    values = parse_qsl(query, keep_blank_values=True)
    secrets = [value for name, value in values if name == asked]
    if not secrets:
        return None
    rest = [(name, value) for name, value in values if name not in (asked, FIELD)]
    secret = secrets[0] if _SECRET.fullmatch(secrets[0]) else ""
    if secret:
        rest.append((FIELD, name_of(secret)))
    return (f"{path}?{urlencode(rest)}" if rest else path), secret


class CleanAddresses:
    """Stands before the pages and answers every GET of an address with a secret."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            found = exchanged(scope["path"], scope["query_string"].decode("latin-1"))
        await (_exchange(scope, *found) if found else self.app)(scope, receive, send)


def _exchange(scope: Scope, clean: str, secret: str) -> Response:
    answer = see(clean)
    answer.headers["cache-control"] = "no-store"
    answer.headers["referrer-policy"] = "no-referrer"
    if secret:
        own = _cookie(name_of(secret))
        lasts = KEPT_SECONDS if clean.startswith(f"{IN_THE_PATH}link-") else KEPT_ONCE_SECONDS
        # Lax: the first visit comes from a mail program or its website, and so does the one after the exchange.
        answer.set_cookie(own, secret, max_age=lasts, httponly=True, secure=settings().is_https, samesite="lax")
        for older in _too_many(scope, own):
            answer.delete_cookie(older, httponly=True, secure=settings().is_https, samesite="lax")
    return answer


def _too_many(scope: Scope, own: str) -> list[str]:
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    # Browsers send what they got first first.
    others = [name for name in cookies_in(header) if is_name(name.removeprefix("__Host-")) and name != own]
    return others[: -(MOST_HELD - 1)]


def _cookie(name: str) -> str:
    return f"__Host-{name}" if settings().is_https else name
