"""`POST /session/everything`: all that an admin's firm holds, as sheets in a zip."""

from collections.abc import AsyncIterator

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.insights.everything import Everything, begin_taking, gather_everything
from salestrekker_portal.portals.http.of_settings import of_settings
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.http.zip_stream import ZipEntry, once, zip_stream
from salestrekker_portal.portals.routes.downloads import content_disposition

PAGE = "/settings/import"


@posted_again("each time is written down, and gives the same admin what there is then")
@of_settings(PAGE, "everything")
async def take_everything(request: Request, form: FormData, actor: Actor) -> Response:
    """The zip, written while it is sent."""
    # The button asks before the form leaves.
    demand_proof(actor)
    async with transaction() as session:
        await begin_taking(session, actor)
    async with reading() as session:
        everything = await gather_everything(session, actor)
    headers = {
        "content-disposition": content_disposition("everything.zip", inline=False),
        "cache-control": "private, no-store",
    }
    return StreamingResponse(zip_stream(_entries(everything)), headers=headers, media_type="application/zip")


async def _entries(everything: Everything) -> AsyncIterator[ZipEntry]:
    for name, text in everything.sheets.items():
        yield ZipEntry(name=name, content=once(text.encode()), at=everything.at, packed=False)


EVERYTHING_ROUTES = [Route("/session/everything", take_everything, methods=["POST"])]
