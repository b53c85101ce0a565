"""Plain HTTP of assets/idle.js: somebody is there, or how long the session still lasts."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in.idle import is_worth_writing, seconds_left, somebody_is_there
from salestrekker_portal.portals.http.answers import forbidden
from salestrekker_portal.portals.http.posted import of_our_form, posted_again
from salestrekker_portal.portals.incoming.cookies import cookie_name
from salestrekker_portal.tables.access import Portal


@posted_again("being there twice is being there")
@of_our_form
async def presence(request: Request, form: FormData) -> Response:
    """POST which portal's page is open and, with `there`, that somebody is at it: how many seconds are left."""
    try:
        portal = Portal(str(form.get("portal")))
    except ValueError:
        return forbidden()
    token = request.cookies.get(cookie_name(portal), "")
    async with reading() as session:
        # Most of the time nothing is written: strangers, and who said so just now, wait for nobody.
        says_more = bool(form.get("there")) and await is_worth_writing(session, portal, token)
        left = await seconds_left(session, portal, token)
    if says_more:
        async with transaction() as session:
            await somebody_is_there(session, portal, token)
            left = await seconds_left(session, portal, token)
    return JSONResponse({"left": left}, headers={"cache-control": "no-store"})


PRESENCE_ROUTES = [Route("/session/presence", presence, methods=["POST"])]
