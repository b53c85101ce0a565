"""`POST /files`: one file from a person's device into the private store, streamed, or a sentence why not.

Our own route and not Reflex's `/_upload`: that one takes files from anybody, without a limit that the
server enforces, spools the whole of each to disk before our code sees a byte, and serves its folder to
the public. `without_reflex_uploads` therefore closes it for good.

Order of things: same origin, fields, authority, first bytes, then storage. Whatever goes wrong on the way,
and also when the sender just goes, nothing stays on disk. Except a virus: that is filed, closed to everybody, so
that the brokerage knows of it. What could not be checked yet is taken and stays closed until it was.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.domains.documents.arriving import NewFile, WrongContent, receive
from salestrekker_portal.domains.documents.checks import MAX_FILE_BYTES, too_large
from salestrekker_portal.domains.documents.orphans import discard
from salestrekker_portal.domains.documents.ports import FileStore, FileTooLarge, Scanner, StoreUnreachable
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import Busy, Conflict, DomainError, Invalid, NotFound, NotPermitted, NotSignedIn
from salestrekker_portal.portals.http.multipart import OVERHEAD_BYTES, FormStream, Malformed
from salestrekker_portal.portals.http.requests import is_same_origin, length_of
from salestrekker_portal.portals.incoming.again import tried_twice
from salestrekker_portal.portals.routes.upload_once import Stored

log = logging.getLogger(__name__)

# A browser reads our answer only once it has sent its body; so some of it is taken and thrown away, little of a
# stranger's.
_STRANGER_DRAIN_BYTES = 1024 * 1024
_GUEST_DRAIN_BYTES = MAX_FILE_BYTES + MAX_FILE_BYTES // 2
_ELSEWHERE = "Send files from the portal's own page. Open it again and try once more."
_OURS = "Something went wrong on our side. Nothing was kept. Please try again."


Accept = Callable[[NewFile], Awaitable[UUID | Stored]]
"""Record the file in one transaction: its id, or Stored by an earlier try. When it raises, nothing is committed."""


@dataclass(frozen=True, slots=True)
class UploadGrant:
    """Leave to store one file, of at most `max_bytes`, and what is done with it once it is in."""

    organisation_id: UUID
    accept: Accept
    max_bytes: int = MAX_FILE_BYTES


Authorise = Callable[[Request, Mapping[str, str]], Awaitable[UploadGrant | Stored]]
"""Who is this, and may they send this here? Stored: it came in already, and only the answer was lost.

Raises DomainError. The fields are untrusted text."""


class Uploads:
    """The route with what it depends on."""

    def __init__(self, *, files: FileStore, scanner: Scanner, authorise: Authorise) -> None:
        self._files, self._scanner = files, scanner
        # The body can't be read twice, so each half has its own second try.
        self._authorise = tried_twice(authorise)

    async def receive_upload(self, request: Request) -> Response:
        """201 `{ok, id}`, or `{ok, refusal}` with the status that fits; the refusal is for the person."""
        form, drain = None, _STRANGER_DRAIN_BYTES
        try:
            if not is_same_origin(request):
                raise NotPermitted(_ELSEWHERE)
            form = FormStream(request)
            fields, raw_name = await form.open_file()
            grant = await self._authorise(request, fields)
            drain = _GUEST_DRAIN_BYTES
            if isinstance(grant, Stored):
                await _drain(form, drain)
                return _as_before(grant)
            # Told before a byte is stored, where the browser says how much comes.
            _check_length(request, grant)
            content, limit = _all_of(form), grant.max_bytes
            file = await receive(self._files, self._scanner, grant.organisation_id, raw_name, content, limit=limit)
            document_id = await self._hand_over(grant, file)
            if isinstance(document_id, Stored):
                return _as_before(document_id)
            if file.refusal:
                raise WrongContent(file.refusal)
            return JSONResponse({"ok": True, "id": str(document_id)}, 201)
        # They went away: nobody reads an answer, and nothing is kept.
        except ClientDisconnect:
            return Response(status_code=400)
        except TimeoutError:
            return _refusal(Malformed("silent"))
        except DomainError as refusal:
            await note_refusal(refusal, request.url.path)
            if form:
                await _drain(form, drain)
            return _refusal(refusal)
        except Exception:
            log.exception("upload failed")
            return JSONResponse({"ok": False, "refusal": _OURS}, 500)

    async def _hand_over(self, grant: UploadGrant, file: NewFile) -> UUID | Stored:
        """The id; or Stored, when another try of the same file was faster and this copy isn't needed."""
        # Shielded: cancelled half way we could not know whether the row was committed, and a row without
        # its file is worse than a file without its row.
        try:
            accepted = await asyncio.shield(tried_twice(grant.accept)(file))
        except DomainError:
            # Refused before anything was committed. After any other failure the answer to a commit may be all that
            # was lost: the row would stay without its file. What really has no row, the sweep takes after a day.
            await discard(self._files, file.key)
            raise
        if isinstance(accepted, Stored):
            await discard(self._files, file.key)
        return accepted


def _as_before(stored: Stored) -> JSONResponse:
    """The answer of the first try."""
    if stored.refusal:
        return _refusal(WrongContent(stored.refusal))
    return JSONResponse({"ok": True, "id": stored.id}, 201)


def status_of(refusal: DomainError) -> int:
    """The HTTP status that fits a refusal."""
    statuses = {
        NotSignedIn: 401,
        NotPermitted: 403,
        NotFound: 404,
        Conflict: 409,
        Busy: 409,
        FileTooLarge: 413,
        WrongContent: 415,
        StoreUnreachable: 503,
        Invalid: 422,
        Malformed: 400,
    }
    return next((status for kind, status in statuses.items() if isinstance(refusal, kind)), 400)


def without_reflex_uploads(app: ASGIApp) -> ASGIApp:
    """Reflex opens `/_upload` to everybody once any page uses its upload component: it never answers."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].lstrip("/").split("/", 1)[0] == "_upload":
            return await PlainTextResponse("Not found", 404)(scope, receive, send)
        return await app(scope, receive, send)

    return guarded


def _check_length(request: Request, grant: UploadGrant) -> None:
    length = length_of(request)
    # Overhead is generous, so that a file of exactly the cap passes; the writer counts for real.
    if length is not None and length > grant.max_bytes + OVERHEAD_BYTES:
        raise FileTooLarge(too_large(length, grant.max_bytes))


async def _all_of(form: FormStream) -> AsyncIterator[bytes]:
    """The file's content. What must not follow it is refused while nothing is kept yet."""
    async for piece in form.data():
        yield piece
    await form.finish()


async def _drain(form: FormStream, limit: int) -> None:
    try:
        await form.drain(limit)
    except ClientDisconnect:
        return


def _refusal(refusal: DomainError) -> JSONResponse:
    if isinstance(refusal, Malformed):
        log.info("malformed upload: %s", refusal.detail)
    return JSONResponse({"ok": False, "refusal": refusal.message}, status_of(refusal))
