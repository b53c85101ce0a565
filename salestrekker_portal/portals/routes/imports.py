"""`POST /session/import`: an admin's file of contacts and deals."""

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.domains.imports.reading import MOST_BYTES, NOTHING, TOO_LARGE
from salestrekker_portal.domains.imports.service import begin_import
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError, Invalid
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import posted_again, posting
from salestrekker_portal.portals.http.requests import is_same_origin
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal

PAGE = "/settings/import"
# The form around the file: its boundaries and headers.
_FORM_BYTES = 16 * 1024
NOT_ARRIVED = "That file didn’t arrive in one piece. Choose it again."


@posted_again("the same file again is the one that waits here already")
async def send(request: Request) -> Response:
    """POST a CSV as `file`."""
    if not is_same_origin(request):
        return forbidden()
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES + _FORM_BYTES:
        return flash.back(PAGE, {"file": TOO_LARGE})
    try:
        name, raw = await _file(request)
        async with posting() as session:
            await begin_import(session, actor, name, raw)
    except (FormParserError, MultiPartException, HTTPException):
        return flash.back(PAGE, {"file": NOT_ARRIVED})
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return flash.back(PAGE, refusal.errors if isinstance(refusal, Invalid) else {"file": refusal.message})
    return flash.forget(see(PAGE))


async def _file(request: Request) -> tuple[str, bytes]:
    """Name and bytes, kept for a second try."""
    if not hasattr(request.state, "sheet"):
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Invalid({"file": NOTHING})
            request.state.sheet = (file.filename or "", await file.read())
    return request.state.sheet


IMPORT_ROUTES = [Route("/session/import", send, methods=["POST"])]
