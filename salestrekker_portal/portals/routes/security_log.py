"""`POST /session/security-log`: what an admin looked for in the security log, as CSV."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.firm.security_log import export_log
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.posted import of_our_form, posted_again
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.downloads import content_disposition
from salestrekker_portal.portals.settings.security_log.state import sought_of
from salestrekker_portal.tables.access import Portal

PAGE = "/settings/security-log"


@posted_again("each export is written down, and gives the same person the same rows")
@of_our_form
async def export(request: Request, form: FormData) -> Response:
    """The rows, at most 50,000."""
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
    if actor is None:
        return see("/sign-in")
    try:
        # The button asks before the form leaves.
        demand_proof(actor)
        sought = sought_of(*(clean(form.get(name)) for name in ("area", "since", "until", "who")))
        async with transaction() as session:
            sheet = await export_log(session, actor, sought)
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return flash.back(PAGE, {"": refusal.message})
    headers = {
        "content-disposition": content_disposition("security-log.csv", inline=False),
        "cache-control": "private, no-store",
    }
    # With a mark of its encoding, or a spreadsheet shows an O’Rourke as gibberish.
    return Response(sheet.encode("utf-8-sig"), headers=headers, media_type="text/csv; charset=utf-8")


SECURITY_LOG_ROUTES = [Route("/session/security-log", export, methods=["POST"])]
