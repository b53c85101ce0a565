"""`POST /session/security-log`: what an admin looked for in the security log, as CSV."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.firm.security_log import export_log
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.http.of_settings import of_settings
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.routes.downloads import content_disposition
from salestrekker_portal.portals.settings.security_log.state import sought_of

PAGE = "/settings/security-log"


@posted_again("each export is written down, and gives the same person the same rows")
@of_settings(PAGE, "")
async def export(request: Request, form: FormData, actor: Actor) -> Response:
    """The rows, at most 50,000."""
    # The button asks before the form leaves.
    demand_proof(actor)
    sought = sought_of(*(clean(form.get(name)) for name in ("area", "since", "until", "who")))
    async with transaction() as session:
        sheet = await export_log(session, actor, sought)
    headers = {
        "content-disposition": content_disposition("security-log.csv", inline=False),
        "cache-control": "private, no-store",
    }
    # With a mark of its encoding, or a spreadsheet shows an O’Rourke as gibberish.
    return Response(sheet.encode("utf-8-sig"), headers=headers, media_type="text/csv; charset=utf-8")


SECURITY_LOG_ROUTES = [Route("/session/security-log", export, methods=["POST"])]
