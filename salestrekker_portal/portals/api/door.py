"""Stands in front of every API request: the key first, then how often, then how much; only then is a body read."""

from collections import OrderedDict
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.domains.api_tokens.bearers import NOTED_EVERY, actor_with, note_use
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.portals.api.problems import problem
from salestrekker_portal.portals.http.counting import Counts
from salestrekker_portal.portals.http.requests import client_address, length_of

PUBLIC = ("/openapi.json", "/docs", "/fact-find.schema.json")
BODY_LIMIT = 64 * 1024
A_MINUTE = 600
WRONG_A_MINUTE = 30
NO_KEY = "Send a key of your firm as “Authorization: Bearer stp_…”. An admin makes them in Settings, API."
TOO_OFTEN = "Too many requests in a minute. Wait as long as Retry-After says."
TOO_LARGE = "The body may be 64 KB at most."
_REMEMBERED = 5_000
NOT_JSON = "Send the body as application/json."


class ApiDoor:
    """ASGI middleware. Leaves the actor in `request.state.actor`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._by_key, self._wrong = Counts(A_MINUTE), Counts(WRONG_A_MINUTE)
        self._noted: OrderedDict[UUID, datetime] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].endswith(PUBLIC):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        async with reading() as session:
            actor = await actor_with(session, _key_in(request))
        # Wrong keys are counted by themselves: who sends junk from an office shuts out no program in it.
        if actor is None:
            wait = self._wrong.wait(neighbourhood(client_address(request)))
        else:
            wait = self._by_key.wait(str(actor.session_id))
        if wait:
            await problem(429, TOO_OFTEN, headers={"retry-after": str(wait)})(scope, receive, send)
            return
        if actor is None:
            await problem(401, NO_KEY)(scope, receive, send)
            return
        refusal = _body_refusal(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope.setdefault("state", {})["actor"] = actor
        await self._note(actor)
        await self.app(scope, _bounded(receive), send)

    async def _note(self, actor: Actor) -> None:
        """A use is written down once in a while: a program that only reads must not wait for whoever writes."""
        now = utc_now()
        last = self._noted.get(actor.session_id)
        if last is not None and now - last < NOTED_EVERY:
            return
        self._noted[actor.session_id] = now
        self._noted.move_to_end(actor.session_id)
        while len(self._noted) > _REMEMBERED:
            self._noted.popitem(last=False)
        with suppress(Busy):
            await note_use(actor)


def _key_in(request: Request) -> str:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _body_refusal(request: Request):
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if "transfer-encoding" not in request.headers:
        length = length_of(request) if "content-length" in request.headers else 0
        if length is None or length > BODY_LIMIT:
            return problem(413, TOO_LARGE)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return problem(415, NOT_JSON)
    return None


def _bounded(receive: Receive) -> Receive:
    """The body, refused where it turns out larger than it may be: of a chunked one that isn't known before."""
    arrived = 0

    async def next_piece() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > BODY_LIMIT:
            raise HTTPException(413, TOO_LARGE)
        return message

    return next_piece
