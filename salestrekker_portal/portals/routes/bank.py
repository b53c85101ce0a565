"""Plain HTTP on the way to a bank data provider and back. A new tab can't be opened from an event of the page."""

from html import escape

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.bank_statements.consenting import RETURN_PATH
from salestrekker_portal.domains.bank_statements.opening import come_back, open_request
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.portals.http.posted import of_our_form, posted_once
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.wiring import bank_providers

DOCUMENTS = "/portal/documents"
MOST_WORDS = 12


@posted_once
@of_our_form
async def leave(request: Request, form: FormData) -> Response:
    """POST: the client has ticked the box. Their consent is kept, and the new tab goes on to the provider."""
    actor = await _client(request)
    if actor is None:
        return see("/portal/ended")
    if not actor.consented:
        return see("/portal/consent")
    wording = form.get("wording") if bool_from(form.get("agree")) else None
    try:
        request_id = uuid_from(form.get("request"), "request for bank statements")
        provider, started = await open_request(
            bank_providers(), actor, request_id, wording=wording, address=client_address(request)
        )
    except DomainError as refusal:
        body = (
            f"<h1>We can’t open your bank now</h1><p>{escape(refusal.message)}</p>"
            f'<p><a class="button" href="{DOCUMENTS}">Back to my documents</a></p>'
        )
        return plain_page("Bank statements", body, status=409)
    body = (
        f"<h1>Taking you to {escape(provider.name)}</h1>"
        f"<p>You choose your bank and accounts on <b>{escape(provider.host)}</b>. "
        "Your bank login is typed there, never here.</p>"
        f'<p><a class="button" rel="noreferrer" href="{escape(started.url, quote=True)}">Go on</a></p>'
    )
    return plain_page("Bank statements", body, go_to=started.url)


async def back(request: Request) -> Response:
    """GET: the client comes back. Nothing in the address is believed; the provider is asked instead."""
    actor = await _client(request)
    if actor is None:
        return see("/portal/ended")
    # Providers send three or four; more is somebody trying.
    if len(request.query_params) <= MOST_WORDS and actor.consented:
        await come_back(bank_providers(), actor, dict(request.query_params))
    return see(f"{DOCUMENTS}#bank")


async def _client(request: Request) -> Actor | None:
    return await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))


BANK_ROUTES = [
    Route("/bank/open", leave, methods=["POST"]),
    Route(RETURN_PATH, back, methods=["GET"]),
]
