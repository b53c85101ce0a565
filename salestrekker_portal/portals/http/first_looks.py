"""What a page shows with its first answer, before any script has run: `@first_look_of(route, portal=...)`.

The built page has a place for it (ui: `BEGIN` ... `END`); a GET by somebody who may see the page is answered with
their own data in that place, by the same reading and the same rules as the page's event, and is kept by nobody.
Whoever is signed out, in a preview or refused gets the built page as it is; its events say what there is to say.
"""

import gzip
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.build import WEB
from salestrekker_portal.database.session import ReadSession, reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.served import current
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.at_once import BEGIN, END

log = logging.getLogger(__name__)

Query = Callable[[str], str]
Look = Callable[[ReadSession, Actor, Query], Awaitable[str]]
LEVEL = 4  # of gzip: a fifth of the size, in a few milliseconds


@dataclass(frozen=True, kw_only=True)
class FirstLook:
    """Who sees it, and what writes it: a session, who asks and what the address says give HTML, "" for none."""

    portal: Portal
    write: Look


LOOKS: dict[str, FirstLook] = {}


def first_look_of(route: str, *, portal: Portal) -> Callable[[Look], Look]:
    """Mark what writes the first look of a page. It reads what the page's `load` reads, in the same way."""

    def keep(write: Look) -> Look:
        LOOKS[route] = FirstLook(portal=portal, write=write)
        return write

    return keep


class FirstLooks:
    """Answers a GET of such a page with the look in its place."""

    def __init__(self, app: ASGIApp, bundle: Path | None = None) -> None:
        self.app = app
        # The version that this server started with: a build beside it changes nothing.
        self.bundle = bundle or (current(WEB) or WEB) / "build" / "client"
        self._built: dict[str, tuple[float, bytes, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = LOOKS.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        answer = await self._answer(scope, wanted) if wanted else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope, wanted: FirstLook) -> Response | None:
        headers = Headers(scope=scope)
        around = self._around(scope["path"])
        if around is None:
            return None
        try:
            look = await written(wanted, headers.get("cookie", ""), scope["query_string"].decode("latin-1"))
        except Exception:
            # The page's own events read the same again, and tell the person.
            log.exception("a first look could not be drawn")
            return None
        return _sent(around[0] + look.encode() + around[1], headers) if look else None

    def _around(self, path: str) -> tuple[bytes, bytes] | None:
        """The built page before and after the place; None when it has none."""
        file = self.bundle / path.strip("/") / "index.html"
        try:
            made = file.stat().st_mtime
            if self._built.get(path, (0.0,))[0] != made:
                before, begin, rest = file.read_bytes().partition(BEGIN.encode())
                _, end, after = rest.partition(END.encode())
                if not end:
                    return None
                self._built[path] = (made, before + begin, end + after)
        except OSError:
            return None
        return self._built[path][1:]


async def written(wanted: FirstLook, cookies: str, asked: str) -> str:
    """The look for the holder of these cookies at an address that asks this; "" for whoever may not have it."""
    actor = await actor_in(wanted.portal, cookies)
    if actor is None or not actor.consented:
        return ""
    values = parse_qs(asked)
    async with reading() as session:
        try:
            return await wanted.write(session, actor, lambda name: values.get(name, [""])[0])
        except DomainError:
            return ""


def _sent(page: bytes, headers: Headers) -> Response:
    answer = {"cache-control": "no-store", "vary": "cookie, accept-encoding"}
    if "gzip" in headers.get("accept-encoding", ""):
        page, answer["content-encoding"] = gzip.compress(page, LEVEL), "gzip"
    return Response(page, media_type="text/html", headers=answer)
