"""Plain HTTP of passkeys of staff and partners: adding one while signed in, and signing in with one."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.domains.signing_in import own_passkeys
from salestrekker_portal.domains.signing_in.proving import begin_passkey_proof
from salestrekker_portal.domains.signing_in.sign_in import SignedIn
from salestrekker_portal.kernel.errors import DomainError, Invalid, ProofNeeded
from salestrekker_portal.portals.http import flash, half
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.challenges import challenge, no_challenge
from salestrekker_portal.portals.http.posted import of_our_form, posted_again, posted_once, posting
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.sign_in import SIGN_IN, in_by
from salestrekker_portal.tables.access import Portal

# The pages on which one is added, the first of them unless the form says another.
PAGES = {
    Portal.BROKER: ("/settings/security", "/second-step"),
    Portal.PARTNER: ("/partner/settings/password", "/partner/second-step"),
}
ADDED = "Your passkey is added. From now on it is the second step of signing in."
OUT = "You are signed out. Sign in again."
OWN_CHALLENGE = "each press has a challenge of its own, which runs out by itself"


async def _who(request: Request, portal: Portal) -> Actor | None:
    # Also who may do nothing else until they have one.
    return await actor_in(portal, request.headers.get("cookie", ""), lacking_too=True)


def adding_routes(portal: Portal, at: str) -> list[Route]:
    """Adding a passkey while signed in to `portal`, and showing with one who sits there."""

    @posted_again(OWN_CHALLENGE)
    @of_our_form
    async def ask_to_add(request: Request, form: FormData) -> Response:
        """POST by who is signed in: what their browser makes a passkey from."""
        actor = await _who(request, portal)
        if actor is None:
            return no_challenge(OUT, 401)
        try:
            demand_proof(actor)
            async with transaction() as session:
                return challenge(await own_passkeys.begin_passkey(session, actor))
        except DomainError as refusal:
            return no_challenge(refusal.message, prove=isinstance(refusal, ProofNeeded))

    @posted_once
    @of_our_form
    async def add(request: Request, form: FormData) -> Response:
        """POST what the browser made, and a name for it."""
        actor = await _who(request, portal)
        if actor is None:
            return see(SIGN_IN[portal])
        page, name = str(form.get("page") or ""), str(form.get("name") or "")
        page = page if page in PAGES[portal] else PAGES[portal][0]
        try:
            async with posting() as session:
                await own_passkeys.add_passkey(session, actor, form.get("answer"), name)
        except DomainError as refusal:
            await note_refusal(refusal, request.url.path)
            errors = refusal.errors if isinstance(refusal, Invalid) else {"passkey": refusal.message}
            return flash.back(page, errors, {"name": name[:200]})
        return flash.back(page, {"added": ADDED})

    @posted_again(OWN_CHALLENGE)
    @of_our_form
    async def ask_for_proof(request: Request, form: FormData) -> Response:
        """POST by who is signed in and asked who they are: what their passkey is to sign."""
        actor = await _who(request, portal)
        if actor is None:
            return no_challenge(OUT, 401)
        try:
            async with transaction() as session:
                return challenge(await begin_passkey_proof(session, actor))
        except DomainError as refusal:
            return no_challenge(refusal.message)

    return [
        Route(f"{at}/passkey/ask", ask_to_add, methods=["POST"]),
        Route(f"{at}/passkey", add, methods=["POST"]),
        Route(f"{at}/proof/ask", ask_for_proof, methods=["POST"]),
    ]


@posted_again(OWN_CHALLENGE)
@of_our_form
async def ask_for_step(request: Request, form: FormData) -> Response:
    """POST by who gave the right password in this browser: what their passkey is asked to sign."""
    waiting = half.read(request)
    if waiting is None:
        return no_challenge(half.OVER, 401)
    try:
        async with transaction() as session:
            return challenge(await own_passkeys.begin_step(session, waiting[0], half.mark(request)))
    except DomainError as refusal:
        return no_challenge(refusal.message)


@posted_once
@of_our_form
async def take_step(request: Request, form: FormData) -> Response:
    """POST what the passkey signed. Right: in. Wrong: back, with a sentence."""

    async def signed(session: WriteSession, who: SignedIn) -> str:
        return await own_passkeys.take_step(session, who, half.mark(request), form.get("answer"))

    return await in_by(signed, request, form)


PASSKEY_ROUTES = [
    *adding_routes(Portal.BROKER, "/session"),
    *adding_routes(Portal.PARTNER, "/session/partner"),
    Route("/session/code/passkey/ask", ask_for_step, methods=["POST"]),
    Route("/session/code/passkey", take_step, methods=["POST"]),
]
