"""`POST /session/import`: an admin's file of contacts and deals."""

from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.imports.reading import MOST_BYTES, TOO_LARGE
from salestrekker_portal.domains.imports.service import begin_import
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.of_settings import file_of_settings
from salestrekker_portal.portals.http.posted import posted_again, posting

PAGE = "/settings/import"
NOT_ARRIVED = "That file didn’t arrive in one piece. Choose it again."


@posted_again("the same file again is the one that waits here already")
@file_of_settings(PAGE, "file", most=MOST_BYTES, too_large=TOO_LARGE, lost=NOT_ARRIVED)
async def send(actor: Actor, name: str, raw: bytes) -> Response:
    """POST a CSV as `file`."""
    async with posting() as session:
        await begin_import(session, actor, name, raw)
    return flash.forget(see(PAGE))


IMPORT_ROUTES = [Route("/session/import", send, methods=["POST"])]
