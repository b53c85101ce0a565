"""Plain HTTP of staff's passkeys: adding one while signed in, and the second step of signing in with one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.domains.security_log.service import note_apart
from salestrekker_portal.domains.signing_in import own_passkeys
from salestrekker_portal.kernel.errors import DomainError, Invalid
from salestrekker_portal.portals.http import flash, half
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.challenges import challenge, no_challenge
from salestrekker_portal.portals.http.posted import posted_again, posted_once, posting
from salestrekker_portal.portals.http.requests import is_same_origin, small_form
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.sign_in import SIGN_IN, at_the_door, start_session
from salestrekker_portal.tables.access import Portal

PAGES = ("/settings/security", "/second-step")
ADDED = "Your passkey is added. From now on it is the second step of signing in."


@posted_again("each press has a challenge of its own, which runs out by itself")
async def ask_to_add(request: Request) -> Response:
    """POST by signed-in staff: what their browser makes a passkey from."""
    form = await small_form(request) if is_same_origin(request) else None
    if form is None:
        return forbidden()
    # Also who may do nothing else until they have one.
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""), lacking_too=True)
    if actor is None:
        return no_challenge("You are signed out. Sign in again.", 401)
    try:
        async with transaction() as session:
            return challenge(await own_passkeys.begin_passkey(session, actor))
    except DomainError as refusal:
        return no_challenge(refusal.message)


@posted_once
async def add(request: Request) -> Response:
    """POST what the browser made, and a name for it."""
    form = await small_form(request) if is_same_origin(request) else None
    if form is None:
        return forbidden()
    actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""), lacking_too=True)
    if actor is None:
        return see(SIGN_IN[Portal.BROKER])
    page, name = str(form.get("page") or ""), str(form.get("name") or "")
    page = page if page in PAGES else PAGES[0]
    try:
        async with posting() as session:
            await own_passkeys.add_passkey(session, actor, form.get("answer"), name)
    except DomainError as refusal:
        await note_refusal(refusal, request.url.path)
        errors = refusal.errors if isinstance(refusal, Invalid) else {"passkey": refusal.message}
        return flash.back(page, errors, {"name": name[:200]})
    return flash.back(page, {"added": ADDED})


@posted_again("each press has a challenge of its own, which runs out by itself")
async def ask_for_step(request: Request) -> Response:
    """POST by who gave the right password in this browser: what their passkey is asked to sign."""
    form = await small_form(request) if is_same_origin(request) else None
    if form is None:
        return forbidden()
    waiting = half.read(request)
    if waiting is None:
        return no_challenge(half.OVER, 401)
    try:
        async with transaction() as session:
            return challenge(await own_passkeys.begin_step(session, waiting[0], half.mark(request)))
    except DomainError as refusal:
        return no_challenge(refusal.message)


@posted_once
async def take_step(request: Request) -> Response:
    """POST what the passkey signed. Right: in. Wrong: back, with a sentence."""
    form = await small_form(request) if is_same_origin(request) else None
    if form is None:
        return forbidden()
    waiting = half.read(request)
    if waiting is None:
        return flash.back(SIGN_IN[Portal.BROKER], {"": half.OVER})
    who, path = waiting
    try:
        async with posting() as session:
            proof = await own_passkeys.take_step(session, who, half.mark(request), form.get("answer"))
    except DomainError as refusal:
        async with reading() as session:
            door = await at_the_door(session, who)
        await note_apart("factor:refused", organisation_id=who.organisation_id, by=door, why=refusal.message)
        return flash.back(f"{SIGN_IN[who.portal]}/code", {"": refusal.message})
    return half.end(await start_session(request, who, path, way=f"with a password and {proof}"))


PASSKEY_ROUTES = [
    Route("/session/passkey/ask", ask_to_add, methods=["POST"]),
    Route("/session/passkey", add, methods=["POST"]),
    Route("/session/code/passkey/ask", ask_for_step, methods=["POST"]),
    Route("/session/code/passkey", take_step, methods=["POST"]),
]
