"""Plain HTTP: signing in and out, which must set a cookie. Files are in uploads.py."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.partners.own_account import greet
from salestrekker_portal.domains.security_log.service import AtTheDoor, note, note_apart
from salestrekker_portal.domains.signing_in import sign_in
from salestrekker_portal.domains.signing_in.arriving import Browser, arrive
from salestrekker_portal.domains.signing_in.notices import accounts_of
from salestrekker_portal.domains.signing_in.partners_asked import is_partner_asked
from salestrekker_portal.domains.signing_in.second_step import begin_grace, check, is_asked
from salestrekker_portal.domains.signing_in.sessions import end_session
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid
from salestrekker_portal.kernel.text import email_from
from salestrekker_portal.portals.events.gate import SECOND_STEP
from salestrekker_portal.portals.http import flash, half
from salestrekker_portal.portals.http.answers import browser_of, see, with_secrets, without_session
from salestrekker_portal.portals.http.posted import of_our_form, posted_again, posted_once, posting
from salestrekker_portal.portals.http.requests import safe_next
from salestrekker_portal.portals.http.secret_links import held
from salestrekker_portal.portals.incoming.cookies import actor_in, cookie_name
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner

HOME = {Portal.BROKER: "/board", Portal.CLIENT: "/portal", Portal.PARTNER: "/partner"}
# Takes the second half of who waits for it: by what, in words. Raises DomainError.
Proof = Callable[[WriteSession, sign_in.SignedIn], Awaitable[str]]
SIGN_IN = {Portal.BROKER: "/sign-in", Portal.CLIENT: "/portal/ended", Portal.PARTNER: "/partner/sign-in"}


def sign_in_route(portal: Portal):
    """POST e-mail and password. Right: a new session and on to `next`. Wrong: back, with a sentence."""

    @posted_once
    @of_our_form
    async def post(request: Request, form: FormData) -> Response:
        email, password = str(form.get("email") or ""), str(form.get("password") or "")
        try:
            signed_in = await _signed_in(portal, email, password, browser_of(request, portal))
        except DomainError as refusal:
            await _note_refused(portal, email, refusal)
            errors = refusal.errors if isinstance(refusal, Invalid) else {"": refusal.message}
            return flash.back(_sign_in_again(portal, form.get("next")), errors, {"email": email[:254]})
        return await go_on(request, signed_in, safe_next(form.get("next"), HOME[portal]))

    return post


async def _note_refused(portal: Portal, typed: str, refusal: DomainError) -> None:
    """In the log of the firm whose account was tried; what was typed for no account at all is kept nowhere."""
    email = email_from(typed)
    async with reading() as session:
        account = await sign_in.find_account(session, portal, email) if email else None
    firm, person = (account[0].organisation_id, account[0].person_id) if account else (None, None)
    who = AtTheDoor(portal=portal, id=person, name=email if account and email else "")
    await note_apart("sign_in:refused", organisation_id=firm, by=who, why=refusal.message)


def _sign_in_again(portal: Portal, wanted: object) -> str:
    """The sign-in page, still knowing where the person wanted to go."""
    path = safe_next(wanted, "")
    return f"{SIGN_IN[portal]}?next={quote(path)}" if path else SIGN_IN[portal]


async def _signed_in(portal: Portal, typed: str, password: str, browser: Browser) -> sign_in.SignedIn:
    email = sign_in.checked_email(typed)
    async with transaction() as session:
        tried = await sign_in.begin_try(session, portal, email, browser.address, browser.device)
    # Outside the transaction: hashing takes a while, and nobody should wait for it.
    if not await passwords.matches(password, tried.password_hash) or tried.account is None:
        raise Conflict(sign_in.WRONG)
    async with transaction() as session:
        await sign_in.forgive(session, tried)
    return tried.account


async def go_on(request: Request, who: sign_in.SignedIn, path: str) -> Response:
    """Somebody proved one half. On to the second step where they have one, otherwise in."""
    async with reading() as session:
        is_half = await is_asked(session, who.portal, who.person_id)
    if is_half:
        return half.begin(who, path, f"{SIGN_IN[who.portal]}/code")
    return await start_session(request, who, path)


@posted_once
@of_our_form
async def second_step(request: Request, form: FormData) -> Response:
    """POST the six digits of the second step, or a recovery code. Right: in. Wrong: back, with a sentence."""

    async def digits(session: WriteSession, who: sign_in.SignedIn) -> str:
        device = browser_of(request, who.portal).device
        return await check(session, who.portal, who.person_id, form.get("code"), device)

    return await in_by(digits, request, form)


async def in_by(proof: Proof, request: Request, form: FormData) -> Response:
    """The second half of a sign-in, whichever way it is proved. A refusal stands in the security log."""
    waiting = half.read(request)
    if waiting is None:
        # Nothing says any more who it was; the page that was open does say in which portal.
        portal = Portal.PARTNER if form.get("portal") == Portal.PARTNER else Portal.BROKER
        return flash.back(SIGN_IN[portal], {"": half.OVER})
    who, path = waiting
    try:
        async with posting() as session:
            proved = await proof(session, who)
    except DomainError as refusal:
        async with reading() as session:
            door = await at_the_door(session, who)
        await note_apart("factor:refused", organisation_id=who.organisation_id, by=door, why=refusal.message)
        errors = refusal.errors if isinstance(refusal, Invalid) else {"": refusal.message}
        return flash.back(f"{SIGN_IN[who.portal]}/code", errors)
    return half.end(await start_session(request, who, path, way=f"with a password and {proved}"))


async def at_the_door(session: ReadSession, who: sign_in.SignedIn) -> AtTheDoor:
    """Somebody who proved one half, as the security log names them."""
    person: User | Partner = await existing(session, accounts_of(who.portal), who.person_id)
    return AtTheDoor(portal=who.portal, id=who.person_id, name=person.name)


async def start_session(
    request: Request,
    who: sign_in.SignedIn,
    path: str,
    *,
    remembers: bool = True,
    way: str = "with a password",
) -> Response:
    """A fresh session for somebody who proved who they are, and on to `path`; `way` is for the security log."""
    async with transaction() as session:
        browser = browser_of(request, who.portal)
        secrets = await arrive(
            session, who.portal, who.person_id, who.organisation_id, browser, remembers=remembers, way=way
        )
        if who.portal is Portal.PARTNER:
            await greet(session, who.person_id)
            is_asked_now = await is_partner_asked(session, who.person_id, who.organisation_id)
        else:
            is_asked_now = await begin_grace(session, who.person_id)
        if is_asked_now:
            path = f"{SECOND_STEP[who.portal]}?next={quote(path)}"
    return with_secrets(see(path), who.portal, secrets)


@posted_again("who is signed out stays signed out")
@of_our_form
async def sign_out(request: Request, form: FormData) -> Response:
    """POST: ends this browser's session in one portal."""
    try:
        portal = Portal(str(form.get("portal")))
    except ValueError:
        return see("/")
    token = request.cookies.get(cookie_name(portal))
    if token:
        actor = await actor_in(portal, request.headers.get("cookie", ""))
        async with transaction() as session:
            await end_session(session, portal, token[:200])
            if actor is not None:
                note(session, "sign_in:out", organisation_id=actor.organisation_id, by=actor)
    answer = see(SIGN_IN[portal] if portal is not Portal.CLIENT else "/portal/ended?signed-out=1")
    without_session(answer, portal)
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


@posted_once
@of_our_form
async def set_password(request: Request, form: FormData) -> Response:
    """POST a one-time token and a new password; signs in."""
    token = held(request.headers.get("cookie", ""), str(form.get("token") or ""))
    password = str(form.get("password") or "")
    try:
        async with posting() as session:
            who = await sign_in.set_password(session, token, password)
            person = await at_the_door(session, who)
            note(session, "factor:password_set", organisation_id=who.organisation_id, by=person)
    except DomainError as refusal:
        errors = refusal.errors if isinstance(refusal, Invalid) else {"": refusal.message}
        return flash.back(safe_next(form.get("page"), "/set-password"), errors)
    # A mailbox is one half as well: it doesn't stand for the second.
    return await go_on(request, who, HOME[who.portal])


ROUTES = [
    Route("/session/broker", sign_in_route(Portal.BROKER), methods=["POST"]),
    Route("/session/partner", sign_in_route(Portal.PARTNER), methods=["POST"]),
    Route("/session/code", second_step, methods=["POST"]),
    Route("/session/end", sign_out, methods=["POST"]),
    Route("/session/password", set_password, methods=["POST"]),
]
