"""`POST /session/demo`: enter as one of the demo's people. Exists in demo mode only."""

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, reading, transaction
from salestrekker_portal.demo import cast
from salestrekker_portal.domains.signing_in.arriving import arrive
from salestrekker_portal.domains.signing_in.sign_in import find_account
from salestrekker_portal.portals.http.answers import browser_of, forbidden, see, with_secrets
from salestrekker_portal.portals.http.posted import posted_once
from salestrekker_portal.portals.http.requests import is_same_origin, small_form
from salestrekker_portal.portals.routes.sign_in import HOME, start_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.portal_access import PortalAccess

_BY_PASSWORD = {
    **{person.key: (Portal.BROKER, person.email) for person in cast.STAFF},
    **{person.key: (Portal.PARTNER, person.email) for person in cast.REFERRERS},
}
_CLIENTS = {door.key: door for door in cast.CLIENT_DOORS}


@posted_once
async def enter(request: Request) -> Response:
    """Signs in without a password or PIN, because everybody here is invented."""
    if not settings().is_demo or not is_same_origin(request):
        return forbidden()
    form = await small_form(request)
    key = str(form.get("person")) if form is not None else ""
    if key in _BY_PASSWORD:
        portal, email = _BY_PASSWORD[key]
        async with reading() as session:
            found = await find_account(session, portal, email)
        if found is None:
            return see("/")
        # These doors are one press for everybody: nobody is told of a new device.
        return await start_session(request, found[0], HOME[portal], remembers=False)
    return await _enter_client(request, key)


async def _enter_client(request: Request, key: str) -> Response:
    async with reading() as session:
        access = await _demo_access(session, key)
    if access is None:
        return see("/")
    browser = browser_of(request, Portal.CLIENT)
    async with transaction() as session:
        secrets = await arrive(session, Portal.CLIENT, access.id, access.organisation_id, browser, remembers=False)
    return with_secrets(see(HOME[Portal.CLIENT]), Portal.CLIENT, secrets)


async def _demo_access(session: ReadSession, key: str) -> PortalAccess | None:
    door = _CLIENTS.get(key)
    if door is None:
        return None
    return await session.scalar(
        select(PortalAccess)
        .join(Contact, Contact.id == PortalAccess.contact_id)
        .where(PortalAccess.revoked_at.is_(None), Contact.first_name == door.first, Contact.last_name == door.last)
        .order_by(PortalAccess.created_at)
        .limit(1)
    )


DEMO_ROUTES = [Route("/session/demo", enter, methods=["POST"])]
