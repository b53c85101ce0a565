"""Plain HTTP of people who are not in yet: a forgotten password, and the first organisation."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.firm.details import LIMITS
from salestrekker_portal.domains.firm.founding import demand_first_run, found_organisation
from salestrekker_portal.domains.signing_in import sign_in
from salestrekker_portal.domains.signing_in.own_password import send_password_link
from salestrekker_portal.kernel.errors import DomainError, Invalid, noting
from salestrekker_portal.kernel.names import person_names
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.portals.http.posted import of_our_form, posted_once, posting
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.http.same_time import taking
from salestrekker_portal.portals.incoming.parse import choice_from, text_from
from salestrekker_portal.portals.routes.first_run import check_set_up_code
from salestrekker_portal.portals.routes.sign_in import start_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Country, User

# Longer than writing an e-mail takes, so that nobody learns from the time whether there was one to write.
FORGOT_SECONDS = 0.25
FORGOT = {Portal.BROKER: "/forgot-password", Portal.PARTNER: "/partner/forgot-password"}
SET_UP = "/setup"
KEPT = ("code", "organisation", "country", "time_zone", "first_name", "last_name", "email")


def forgot_route(portal: Portal):
    """POST an e-mail address: the same answer whether or not it is known."""

    @posted_once
    @of_our_form
    async def post(request: Request, form: FormData) -> Response:
        typed = str(form.get("email") or "")
        try:
            email = sign_in.checked_email(typed)
            async with taking(FORGOT_SECONDS), posting() as session:
                await send_password_link(session, portal, email, client_address(request))
        except DomainError as refusal:
            return flash.back(FORGOT[portal], _errors(refusal), {"email": typed[:254]})
        return see(f"{FORGOT[portal]}?sent=1")

    return post


@posted_once
@of_our_form
async def set_up(request: Request, form: FormData) -> Response:
    """POST the first organisation and its admin; signs the admin in. Only while there is no organisation,
    and with the code that the console shows."""
    try:
        # First of all, and before a password costs anything: strangers get no further.
        async with reading() as session:
            await demand_first_run(session)
        check_set_up_code(form.get("code"))
        facts = _set_up_facts(form)
        password_hash = await passwords.hashed(facts.pop("password"))
        async with posting() as session:
            # On a server that writes in parallel, two first organisations would collide on this row.
            await count_try(session, "set-up", 50, "Too many tries. Wait 15 minutes and try again.", survives=True)
            await demand_first_run(session)
            admin = User(
                email=facts["email"],
                first_name=facts["first_name"],
                last_name=facts["last_name"],
                password_hash=password_hash,
            )
            founded = await found_organisation(
                session,
                name=facts["organisation"],
                country=facts["country"],
                time_zone=facts["time_zone"],
                admin=admin,
            )
    except DomainError as refusal:
        typed = {name: str(form.get(name) or "")[:254] for name in KEPT}
        return flash.back(SET_UP, _errors(refusal), typed)
    who = sign_in.SignedIn(Portal.BROKER, founded.admin.id, founded.organisation.id)
    return await start_session(request, who, "/board")


def _set_up_facts(form: FormData) -> dict:
    """Every field, checked; Invalid names all that are wrong at once."""
    checks = {
        "organisation": lambda raw: text_from(
            raw, "organisation", limit=LIMITS["name"], least=2, say="Enter the name of your firm."
        ),
        "country": lambda raw: choice_from(raw, Country, "country"),
        "time_zone": lambda raw: text_from(raw, "time_zone", limit=60, least=3, say="Choose a time zone."),
        "email": sign_in.checked_email,
    }
    facts, errors = {}, {}
    for name, check in checks.items():
        with noting(errors):
            facts[name] = check(form.get(name))
    facts |= person_names(form.get("first_name"), form.get("last_name"), errors)
    password = str(form.get("password") or "")
    with noting(errors):
        names = [str(facts.get(name, "")) for name in ("organisation", "first_name", "last_name")]
        passwords.check_new_password(password, email=str(facts.get("email", "")), names=names)
    if errors:
        raise Invalid(errors)
    return facts | {"password": password}


def _errors(refusal: DomainError) -> dict[str, str]:
    return refusal.errors if isinstance(refusal, Invalid) else {"": refusal.message}


ACCOUNT_ROUTES = [
    Route("/session/forgot", forgot_route(Portal.BROKER), methods=["POST"]),
    Route("/session/partner/forgot", forgot_route(Portal.PARTNER), methods=["POST"]),
    Route("/session/set-up", set_up, methods=["POST"]),
]
