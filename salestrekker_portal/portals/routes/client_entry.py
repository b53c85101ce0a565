"""Plain HTTP of the client's front door: the PIN, a new PIN, the current link. Forms of the arrival page post here."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access import entry
from salestrekker_portal.domains.portal_access.consent import consents_of
from salestrekker_portal.domains.portal_access.several import switch_application
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.domains.signing_in.arriving import arrive
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import AlreadyDone, DomainError
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import browser_of, see, with_secrets
from salestrekker_portal.portals.http.posted import of_our_form, posted_once, posting
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.http.secret_links import held
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal

BY_SMS = "A new PIN is on its way. Older ones no longer work."
BY_BROKER = "We couldn’t text you, so your broker has the new PIN. Call them and they will read it to you."
# Where the button of a message may lead; asked for in its address, after the PIN.
DEEP_PAGES = ("documents", "messages", "privacy", "profile")
FRESH_BY_SMS = (
    "Your earlier PIN is good only where you used it within the last 30 days. We have texted you a new one: type that."
)
FRESH_BY_BROKER = (
    "Your earlier PIN is good only where you used it within the last 30 days. We couldn’t text you a new one, so your "
    "broker has it. Call them and they will read it to you."
)
LINK_SENT = "Your current link is on its way by e-mail. Check your spam folder too."


@posted_once
@of_our_form
async def enter(request: Request, form: FormData) -> Response:
    """POST a link's name and its PIN. Right: a session and on. Wrong: back, with the tries that are left."""
    named, token = link_in(request, form)
    pin = str(form.get("pin") or "")
    browser = browser_of(request, Portal.CLIENT)
    try:
        # A refusal commits as well: the wrong try has to count.
        async with transaction() as session:
            tried = await entry.enter(session, token, pin, address=browser.address, device=browser.device)
            access = tried.access
            if access is not None:
                secrets = await arrive(session, Portal.CLIENT, access.id, access.organisation_id, browser)
    except DomainError as refusal:
        return flash.back(entry_page(named), {"": refusal.message})
    if tried.asks_fresh:
        return await _send_pin(request, form, FRESH_BY_SMS, FRESH_BY_BROKER)
    if access is None:
        return flash.back(entry_page(named), tried.errors)
    path = onward(form.get("to")) if access.consented_at else "/portal/consent"
    return with_secrets(see(path), Portal.CLIENT, secrets)


@posted_once
@of_our_form
async def new_pin(request: Request, form: FormData) -> Response:
    """POST a link's name: a new PIN leaves by SMS, or goes to the broker where it can't."""
    return await _send_pin(request, form, BY_SMS, BY_BROKER)


async def _send_pin(request: Request, form: FormData, by_sms: str, by_broker: str) -> Response:
    named, token = link_in(request, form)
    try:
        async with posting() as session:
            texted = await entry.ask_for_pin(session, token, address=client_address(request))
    except AlreadyDone as done:
        return flash.back(entry_page(named), {"done": done.message})
    except DomainError as refusal:
        return flash.back(entry_page(named), {"": refusal.message})
    return flash.back(entry_page(named), {"done": by_sms if texted else by_broker})


@posted_once
@of_our_form
async def current_link(request: Request, form: FormData) -> Response:
    """POST a replaced link's name: the link that works goes to the client's own e-mail address."""
    named, token = link_in(request, form)
    try:
        async with posting() as session:
            await entry.send_current_link(session, token, address=client_address(request))
    except AlreadyDone as done:
        return flash.back(entry_page(named), {"done": done.message})
    except DomainError as refusal:
        return flash.back(entry_page(named), {"": refusal.message})
    return flash.back(entry_page(named), {"done": LINK_SENT})


@posted_once
@of_our_form
async def switch(request: Request, form: FormData) -> Response:
    """POST another application's access: a session for that one instead of this, where it is the same client's."""
    actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
    if actor is None:
        return see("/portal/ended")
    try:
        async with transaction() as session:
            access, span = await switch_application(session, actor, uuid_from(form.get("access"), "application"))
            browser = browser_of(request, Portal.CLIENT)
            secrets = await arrive(session, Portal.CLIENT, access.id, access.organisation_id, browser, span=span)
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        return flash.back("/portal", {"": refusal.message})
    answer = flash.forget(see("/portal" if access.consented_at else "/portal/consent"))
    return with_secrets(answer, Portal.CLIENT, secrets)


async def receipt(request: Request) -> Response:
    """GET the receipt of what a signed-in client agreed to, as a text file."""
    actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
    if actor is None:
        return see("/portal/ended")
    async with reading() as session:
        consents = await consents_of(session, actor.access_id)
        lines = [
            line
            for consent in consents
            for line in (
                f"{actor.name} agreed on {instant_words(consent.agreed_at, actor.time_zone)} ({actor.time_zone})",
                *[f"  {each['name']}, version {each.get('version') or 'as linked'}" for each in consent.documents],
                f"  from {consent.from_address}" if consent.from_address else "",
                "",
            )
        ]
    headers = {
        "content-disposition": 'attachment; filename="consent-receipt.txt"',
        "cache-control": "private, no-store",
    }
    return PlainTextResponse("\n".join(lines) or "Nothing has been agreed to yet.\n", headers=headers)


def onward(to: object) -> str:
    """The page that the message was about: one of ours, whatever an address says."""
    return f"/portal/{to}" if to in DEEP_PAGES else "/portal"


def link_in(request: Request, form: FormData) -> tuple[str, str]:
    """What the form calls a link, and the link."""
    named = str(form.get("token") or "")
    return named, held(request.headers.get("cookie", ""), named)


def entry_page(named: str) -> str:
    """The arrival page of a link; what can't be one leads to the page for links that we don't know."""
    safe = named if 0 < len(named) <= 200 and all(c.isalnum() or c in "-_" for c in named) else "unknown"
    return f"/portal/{safe}"


CLIENT_ROUTES = [
    Route("/portal/receipt", receipt, methods=["GET"]),
    Route("/session/client", enter, methods=["POST"]),
    Route("/session/client/pin", new_pin, methods=["POST"]),
    Route("/session/client/link", current_link, methods=["POST"]),
    Route("/session/client/switch", switch, methods=["POST"]),
]
