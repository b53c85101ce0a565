"""Sign-in, forgotten and new passwords and the first organisation, over HTTP with a browser's headers."""

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.public.account_state import PasswordLinkState, SetUpState, SignInState
from salestrekker_portal.portals.routes.account import ACCOUNT_ROUTES, FORGOT_SECONDS
from salestrekker_portal.portals.routes.first_run import set_up_code
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import PartnerMembership
from tests.factories import PASSWORD
from tests.support.harness import Harness

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
FOUNDING = {
    "code": set_up_code().lower(),
    "organisation": "Harbour Finance",
    "country": "AU",
    "time_zone": "Australia/Sydney",
    "first_name": "Alice",
    "last_name": "O’Rourke",
    "email": "alice@example.com",
    "password": "harbour ferry at nine",
}


@pytest.fixture
async def web(sqlite):
    app = Starlette(routes=[*ROUTES, *ACCOUNT_ROUTES])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def _flash(answer, path):
    return flash.read(f"{flash.COOKIE}={answer.cookies.get(flash.COOKIE, '')}", path)


async def test_the_right_password_signs_in_and_goes_on_to_the_page_asked_for(web, cast):
    form = {"email": "Alice@Example.com", "password": PASSWORD, "next": "/deals/1"}
    answer = await web.post("/session/broker", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/deals/1")
    assert "httponly" in answer.headers["set-cookie"].lower()


async def test_a_wrong_password_keeps_the_email_and_the_way(web, cast):
    form = {"email": "alice@example.com", "password": "wrong", "next": "/deals/1"}
    answer = await web.post("/session/broker", data=form)
    assert answer.headers["location"] == "/sign-in?next=/deals/1"
    errors, typed = _flash(answer, "/sign-in")
    assert "don't match" in errors[""] and typed == {"email": "alice@example.com"}
    assert "broker-session" not in answer.cookies
    async with Harness() as browser:
        cookie = f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}"
        state = await browser.call(SignInState.load, cookie=cookie, path="/sign-in?next=/deals/1")
    assert state.refusal == errors[""] and state.email == "alice@example.com"


@pytest.mark.parametrize("next_path", ["//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)"])
async def test_next_never_leaves_the_portal(web, cast, next_path):
    form = {"email": "alice@example.com", "password": PASSWORD, "next": next_path}
    assert (await web.post("/session/broker", data=form)).headers["location"] == "/board"
    bad = await web.post("/session/broker", data=form | {"password": "x"})
    assert bad.headers["location"] == "/sign-in"


async def test_staff_do_not_sign_in_as_partners_nor_partners_as_staff(web, cast):
    for route, email in (("/session/partner", "alice@example.com"), ("/session/broker", "priya@example.com")):
        answer = await web.post(route, data={"email": email, "password": PASSWORD})
        assert "sign-in" in answer.headers["location"] and "-session" not in str(answer.cookies)


async def test_a_disabled_partner_cannot_sign_in(web, cast):
    async with transaction() as session:
        member = (
            await session.scalars(
                select(PartnerMembership).where(PartnerMembership.partner_id == cast.priya_partner.id)
            )
        ).one()
        member.disabled_at = utc_now()
    answer = await web.post("/session/partner", data={"email": "priya@example.com", "password": PASSWORD})
    assert answer.headers["location"] == "/partner/sign-in"


async def test_forms_from_other_sites_are_refused(web, cast):
    for path in ("/session/forgot", "/session/set-up", "/session/broker"):
        answer = await web.post(path, data={"email": "a@example.com"}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403


async def test_a_forgotten_password_answers_the_same_for_everybody(web, cast):
    known = await web.post("/session/forgot", data={"email": "alice@example.com"})
    unknown = await web.post("/session/forgot", data={"email": "nobody@example.com"})
    assert known.headers["location"] == unknown.headers["location"] == "/forgot-password?sent=1"
    assert min(known.elapsed, unknown.elapsed).total_seconds() >= FORGOT_SECONDS, "nor does the time tell"
    async with reading() as session:
        messages = [opened(message) for message in await session.scalars(select(OutboxMessage))]
    assert [message.recipient for message in messages] == ["alice@example.com"]
    assert "/set-password?token=" in messages[0].content.link


async def test_links_are_not_sent_without_end_and_who_asks_reads_nothing_of_it(web, cast):
    for _ in range(8):
        answer = await web.post("/session/forgot", data={"email": "alice@example.com"})
        assert answer.headers["location"] == "/forgot-password?sent=1"
    async with reading() as session:
        assert len(list(await session.scalars(select(OutboxMessage)))) == 1  # those of a moment ago are one


async def test_a_link_sets_a_password_once(web, cast):
    async with transaction() as session:
        link = await password_link(session, Portal.PARTNER, cast.priya_partner.id)
    token = link.partition("token=")[2]
    page = f"/partner/set-password?link={token}"
    short = await web.post("/session/password", data={"token": token, "password": "short", "page": page})
    assert short.headers["location"] == page
    good = {"token": token, "password": "a rather long new one", "page": page}
    answer = await web.post("/session/password", data=good)
    assert answer.headers["location"] == "/partner" and "partner-session" in answer.cookies
    again = await web.post("/session/password", data=good)
    assert again.headers["location"] == page
    async with Harness() as browser:
        state = await browser.call(PasswordLinkState.load, path=page)
    assert "used or has expired" in state.gone


async def test_the_first_organisation_signs_its_admin_in(web):
    answer = await web.post("/session/set-up", data=FOUNDING)
    assert answer.headers["location"] == "/board" and "broker-session" in answer.cookies
    async with Harness() as browser:
        state = await browser.call(SetUpState.load, path="/setup")
    assert state.ready and not state.open
    second = await web.post("/session/set-up", data=FOUNDING | {"organisation": "Second"})
    assert "set up already" in _flash(second, "/setup")[0][""]
    async with reading() as session:
        assert list(await session.scalars(select(Organisation.name))) == ["Harbour Finance"]


async def test_a_wrong_set_up_names_every_field_and_keeps_what_was_typed(web):
    form = FOUNDING | {"country": "XX", "email": "nope", "password": "short", "first_name": "x" * 10_000}
    answer = await web.post("/session/set-up", data=form)
    errors, typed = _flash(answer, "/setup")
    assert set(errors) == {"country", "email", "password", "first_name"}
    assert typed["organisation"] == "Harbour Finance" and "password" not in typed


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "é" * 500, "\x00"])
async def test_a_stranger_founds_no_firm(web, code, monkeypatch):
    """Without the console's code nothing is founded, and no password is hashed for them."""
    monkeypatch.setattr(passwords, "hashed", None)
    answer = await web.post("/session/set-up", data=FOUNDING | {"code": code})
    errors, typed = _flash(answer, "/setup")
    assert set(errors) == {"code"} and typed["organisation"] == "Harbour Finance"
    async with reading() as session:
        assert not list(await session.scalars(select(Organisation.name)))
