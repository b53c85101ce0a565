"""Plain HTTP: whom a client can phone, for a network through which the pages themselves don't come."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.portals.client.frame import FIRM_AND_BROKER
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal

UNKNOWN = (
    "<h1>Call us</h1><p>We don’t know any more who you are. The number to call is in the e-mail with your link, and "
    "on your broker’s website.</p>"
)


async def call(request: Request) -> Response:
    """GET the name and number of a signed-in client's broker; it changes nothing and tells a stranger nothing."""
    actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
    if actor is None:
        return plain_page("Call us", UNKNOWN, status=403)
    async with reading() as session:
        firm, owner = (await session.execute(FIRM_AND_BROKER.where(Deal.id == actor.deal_id))).one()
    number = firm.phone or owner.mobile
    broker = said_in(actor.country, "broker")
    if not number:
        said = f"<p>{escape(firm.name)} has given no number. Reply to the e-mail with your link instead.</p>"
        return plain_page(f"Call your {broker}", f"<h1>Call your {broker}</h1>{said}")
    words = f"Call {owner.first_name}, {phone_words(number, firm.country)}"
    return plain_page(
        f"Call your {broker}",
        f"<h1>{escape(owner.first_name)} at {escape(firm.name)}</h1>"
        "<p>What you typed stays on the page that you came from. Keep it open until the connection is back.</p>"
        f'<p><a class="button" href="tel:{escape(number, quote=True)}">{escape(words)}</a></p>',
    )


CALL_ROUTES = [Route("/portal/call", call, methods=["GET"])]
