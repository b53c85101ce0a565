"""Plain HTTP of the firm's logo: an admin sends or removes it, and anybody's browser or mail program shows it."""

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.organisations.logo import MIME, MOST_BYTES, TOO_HEAVY, keep_logo, logo_at, remove_logo
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError, Invalid, NotFound
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import posted_again, posted_once, posting
from salestrekker_portal.portals.http.requests import is_same_origin
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal

PAGE = "/settings/organisation"
# The form around the picture: its boundaries and headers.
_FORM_BYTES = 16 * 1024
NO_PICTURE = "That picture didn’t arrive in one piece. Choose it again."


@posted_again("the same picture again is the same picture")
async def send(request: Request) -> Response:
    """POST a picture as `logo`, from the organisation's settings."""
    if not is_same_origin(request):
        return forbidden()
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES + _FORM_BYTES:
        return flash.back(PAGE, {"logo": TOO_HEAVY})
    try:
        raw = await _picture(request)
        async with posting() as session:
            await keep_logo(session, actor, raw)
    except (FormParserError, MultiPartException, HTTPException):
        return flash.back(PAGE, {"logo": NO_PICTURE})
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        errors = refusal.errors if isinstance(refusal, Invalid) else {"logo": refusal.message}
        return flash.back(PAGE, errors)
    return flash.forget(see(PAGE))


async def _picture(request: Request) -> bytes:
    """What was sent, kept for a second try."""
    if not hasattr(request.state, "picture"):
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("logo")
            request.state.picture = await file.read() if isinstance(file, UploadFile) else b""
    return request.state.picture


@posted_once
async def remove(request: Request) -> Response:
    """POST: our own mark again."""
    if not is_same_origin(request):
        return forbidden()
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    try:
        async with posting() as session:
            await remove_logo(session, actor)
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return flash.back(PAGE, {"logo": refusal.message})
    return flash.forget(see(PAGE))


async def show(request: Request) -> Response:
    """GET the picture. Its address changes with it, so it may be kept for ever."""
    try:
        organisation_id = uuid_from(request.path_params["organisation_id"], "logo")
        async with reading() as session:
            picture = await logo_at(session, organisation_id, request.path_params["key"])
    except DomainError:
        return PlainTextResponse(NotFound("logo").message, 404)
    headers = {
        "cache-control": "public, max-age=31536000, immutable",
        # Opened by itself the address shows a picture and can do nothing, whatever is in it.
        "content-security-policy": "default-src 'none'; sandbox",
        # Mail programs that read in a browser show it on another site.
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(picture, media_type=MIME, headers=headers)


LOGO_ROUTES = [
    Route("/session/logo", send, methods=["POST"]),
    Route("/session/logo/remove", remove, methods=["POST"]),
    Route("/logo/{organisation_id}/{key}", show, methods=["GET"]),
]
