"""Events travel by websocket, and over plain HTTP (long polling) where the network lets no websocket through.

Reflex compiles one of the two into the client and lets the server accept no other. Here the client is told to
choose (ui/connection/ways.js), and the server takes both. `PollingDoor` holds for polling what holds for a
websocket by its nature: who opened the connection is who speaks on it, and our own pages only. Either way there are so
many a place.
"""

from urllib.parse import parse_qs

import reflex as rx
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.config import settings
from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.portals.events.client_import import import_line, pointing_to
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.incoming.cookies import cookie_name, cookies_in
from salestrekker_portal.tables.access import Portal

CLIENT = "utils/state.js"
NAMES = "bothWays, waysIn"
ONE_WAY, EITHER_WAY = "[env.TRANSPORT]", "waysIn()"
MAKES = "=>\n  io(endpoint.href, {\n"
MADE = "    reconnection: false,\n  });\n"
AFTER = 'import io from "socket.io-client";\n'

EVENTS = "/_event"
_PLACE = "portal.place"
# Whichever way they take, and whoever opened them: each costs a quarter of a megabyte. An office behind one address
# stays below, with what its closed pages leave for two minutes.
MOST_FROM_ONE_PLACE = 1000
CROWDED = "Too many pages are open from your network at once. Close some and try again."
NOT_YOURS = "This connection was opened by somebody else."
NOT_OURS = "Events come from the portal's own pages."


def either_way(source: str, ways: str) -> str:
    """The client source that chooses its way in with the script `ways`; raises when it is no longer the known one."""
    before = pointing_to(source, NAMES, ways)
    if before is not None:
        return before
    if (source.count(ONE_WAY), source.count(MAKES), source.count(MADE), source.count(AFTER)) != (2, 1, 1, 1):
        # Loudly, at build time. A page that silently lost its second way would be noticed in a hotel, by a client.
        raise RuntimeError(f"{CLIENT} of this Reflex version differs: review portals/events/both_ways.py.")
    return (
        source.replace(AFTER, AFTER + import_line(NAMES, ways))
        .replace(ONE_WAY, EITHER_WAY)
        .replace(MAKES, MAKES.replace("io(", "bothWays(io("))
        .replace(MADE, MADE.replace("});", "}));"))
    )


class BothWaysPlugin(rx.plugins.Plugin):
    """Rewrites the compiled client."""

    def pre_compile(self, **context) -> None:
        """Register the rewrite with the compiler."""
        from salestrekker_portal.ui.connection import WAYS  # not before the app is there

        context["add_modify_task"](CLIENT, lambda source: either_way(source, WAYS))


def take_both_ways(app: rx.App) -> None:
    """Let the server accept polling, and a websocket later on the same connection."""
    engine = app.sio.eio
    engine.transports = ["websocket", "polling"]
    engine.allow_upgrades = True
    polling.attach(app)


class Polling:
    """The open connections, as far as the door needs to know them."""

    def __init__(self) -> None:
        self._sio = None

    def attach(self, app: rx.App) -> None:
        self._sio = app.sio

    def scope_of(self, sid: str) -> Scope | None:
        """The request that opened a connection; None when there is none of this id."""
        environ = self._sio.environ.get(sid) if self._sio else None
        return environ.get("asgi.scope") if environ else None

    def open_from(self, place: str) -> int:
        """How many connections are open from one place."""
        sockets = list(self._sio.eio.sockets.items()) if self._sio else []
        # They go on being listed for a while after they close.
        return sum(not socket.closed and self._place_of(sid) == place for sid, socket in sockets)

    def _place_of(self, sid: str) -> str:
        """Worked out once for each: a crowd's next member must not cost as much as the whole crowd."""
        environ = self._sio.environ.get(sid) if self._sio else None
        if environ is None or (scope := environ.get("asgi.scope")) is None:
            return ""
        if _PLACE not in environ:
            environ[_PLACE] = neighbourhood(client_address(HTTPConnection(scope)))
        return environ[_PLACE]


polling = Polling()


class PollingDoor:
    """Stands before the address of events. A websocket of its own passes; the engine looks at its origin."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"].rstrip("/") != EVENTS:
            await self.app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Policy violation. A websocket that was not accepted has no words to answer with.
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """The status and sentence that turn this request away, or None."""
    sid = parse_qs(scope["query_string"].decode("latin-1")).get("sid", [""])[0]
    if sid:
        opened = polling.scope_of(sid)
        if opened is not None and not _same_people(opened, scope):
            return 403, NOT_YOURS
    if scope["type"] == "http" and not _ours(scope):
        return 403, NOT_OURS
    # Only who opens one is counted; who is in already goes on.
    if not sid and polling.open_from(neighbourhood(client_address(HTTPConnection(scope)))) >= MOST_FROM_ONE_PLACE:
        return 429, CROWDED
    return None


def _same_people(opened: Scope, now: Scope) -> bool:
    """Whether everybody whom the connection speaks for is still signed in by this request: its id is no key."""
    before, after = _sessions(opened), _sessions(now)
    return all(after[name] == value for name, value in before.items() if value)


def _sessions(scope: Scope) -> dict[str, str]:
    cookies = cookies_in(Headers(scope=scope).get("cookie", ""))
    return {cookie_name(portal): cookies.get(cookie_name(portal), "") for portal in Portal}


def _ours(scope: Scope) -> bool:
    """A browser names the page that posts; of one that only asks, newer ones say whether it is ours."""
    headers = Headers(scope=scope)
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None:
        return origin in settings().allowed_origins
    if site is not None:
        return site in ("same-origin", "none")
    return scope["method"] == "GET"
