"""Plain HTTP of a client's passkey: making one while signed in, and coming in with one by their link."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.portal_access import phone
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.domains.signing_in.arriving import arrive
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import browser_of, see, with_secrets
from salestrekker_portal.portals.http.challenges import challenge, no_challenge
from salestrekker_portal.portals.http.posted import of_our_form, posted_again, posted_once, posting
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.client_entry import entry_page, link_in, onward
from salestrekker_portal.tables.access import Portal

KEPT = "From now on this phone or computer lets you in with one press, without a text."
SIGNED_OUT = "You are signed out. Open your link again."
PAGES = ("/portal", "/portal/privacy")


@posted_again("each press has a challenge of its own, which runs out by itself")
@of_our_form
async def ask_to_keep(request: Request, form: FormData) -> Response:
    """POST by a signed-in client: what their browser makes a passkey from."""
    actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
    if actor is None:
        return no_challenge(SIGNED_OUT, 401)
    try:
        async with transaction() as session:
            return challenge(await phone.begin_phone(session, actor))
    except DomainError as refusal:
        return no_challenge(refusal.message)


@posted_once
@of_our_form
async def keep(request: Request, form: FormData) -> Response:
    """POST what the browser made: the next visit needs no PIN here."""
    actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
    if actor is None:
        return see("/portal/ended")
    page = str(form.get("page") or "")
    page = page if page in PAGES else PAGES[0]
    try:
        async with posting() as session:
            await phone.remember_phone(session, actor, form.get("answer"), request.headers.get("user-agent", ""))
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return flash.back(page, {"phone": refusal.message})
    return flash.back(page, {"kept": KEPT})


@posted_again("each press has a challenge of its own, which runs out by itself")
@of_our_form
async def ask_to_enter(request: Request, form: FormData) -> Response:
    """POST a link's name: what a passkey of its client is asked to sign."""
    _, token = link_in(request, form)
    try:
        async with transaction() as session:
            return challenge(await phone.begin_entry(session, token, address=client_address(request)))
    except DomainError as refusal:
        return no_challenge(refusal.message)


@posted_once
@of_our_form
async def enter(request: Request, form: FormData) -> Response:
    """POST a link's name and what the passkey signed. Right: a session and on. Wrong: back, with a sentence."""
    (named, token), browser = link_in(request, form), browser_of(request, Portal.CLIENT)
    try:
        # A refusal commits as well: it stands in the security log.
        async with transaction() as session:
            tried = await phone.enter(session, token, form.get("answer"), address=browser.address)
            access = tried.access
            if access is not None:
                secrets = await arrive(session, Portal.CLIENT, access.id, access.organisation_id, browser)
    except DomainError as refusal:
        return flash.back(entry_page(named), {"": refusal.message})
    if access is None:
        return flash.back(entry_page(named), tried.errors)
    path = onward(form.get("to")) if access.consented_at else "/portal/consent"
    return with_secrets(see(path), Portal.CLIENT, secrets)


PHONE_ROUTES = [
    Route("/session/client/phone/ask", ask_to_keep, methods=["POST"]),
    Route("/session/client/phone", keep, methods=["POST"]),
    Route("/session/client/passkey/ask", ask_to_enter, methods=["POST"]),
    Route("/session/client/passkey", enter, methods=["POST"]),
]
