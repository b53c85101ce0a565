"""Plain HTTP of the firm's logo: an admin sends or removes it, and anybody's browser or mail program shows it."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.organisations.logo import MIME, MOST_BYTES, TOO_HEAVY, keep_logo, logo_at, remove_logo
from salestrekker_portal.kernel.errors import DomainError, NotFound
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.of_settings import file_of_settings, of_settings
from salestrekker_portal.portals.http.posted import posted_again, posted_once, posting
from salestrekker_portal.portals.incoming.parse import uuid_from

PAGE = "/settings/organisation"
NO_PICTURE = "That picture didn’t arrive in one piece. Choose it again."


@posted_again("the same picture again is the same picture")
@file_of_settings(PAGE, "logo", most=MOST_BYTES, too_large=TOO_HEAVY, lost=NO_PICTURE)
async def send(actor: Actor, name: str, raw: bytes) -> Response:
    """POST a picture as `logo`, from the organisation's settings."""
    async with posting() as session:
        await keep_logo(session, actor, raw)
    return flash.forget(see(PAGE))


@posted_once
@of_settings(PAGE, "logo")
async def remove(request: Request, form: FormData, actor: Actor) -> Response:
    """POST: our own mark again."""
    async with posting() as session:
        await remove_logo(session, actor)
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
