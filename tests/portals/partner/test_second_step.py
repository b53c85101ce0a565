"""A partner's second step: offered, set up, signed in with, lost, taken away by who may, and asked for by a firm."""

from datetime import timedelta

import httpx
import pyotp
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import grace, proof
from salestrekker_portal.domains.firm.partner_settings import ask_partners_for_factor
from salestrekker_portal.domains.partners import service
from salestrekker_portal.domains.partners.lost_factor import reset_partner_factor
from salestrekker_portal.domains.signing_in import partners_asked
from salestrekker_portal.domains.signing_in.second_step import is_asked
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.portals.broker.partners.one_state import OnePartnerState
from salestrekker_portal.portals.events.asking import PartnerProofState
from salestrekker_portal.portals.http import flash, half
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.partner.board.state import PartnerBoardState
from salestrekker_portal.portals.partner.settings.factor_state import PartnerFactorState as F
from salestrekker_portal.portals.partner.settings.factor_state import PartnerPasskeysState as K
from salestrekker_portal.portals.partner.settings.state import PartnerPasswordState
from salestrekker_portal.portals.routes.passkeys import ADDED, PASSKEY_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.portals.settings.partner_portal.state import PartnerPortalSettingsState
from salestrekker_portal.tables.access import Passkey, Portal, PortalSession, RecoveryCode, SecondFactor
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from tests import factories as make
from tests.domains.portal_access.world import sent
from tests.domains.signing_in.test_second_step import set_up
from tests.factories import PASSWORD
from tests.support.authenticator import Phone
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
PAGE = "/partner/settings/password"
CODE = "/partner/sign-in/code"
OUTSIDE_THE_DEMO = Settings(mode=Mode.EMBEDDED, secret="x" * 40)


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(app=Starlette(routes=[*ROUTES, *PASSKEY_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


@pytest.fixture
async def priya(cast):
    """Her form of the sign-in page."""
    async with transaction() as session:
        partner = await session.get(Partner, cast.priya.id)
        partner.password_hash = (await session.get(type(cast.alice_user), cast.alice.id)).password_hash
    return {"email": partner.email, "password": PASSWORD, "next": "/partner/results"}


def _said(answer: httpx.Response, path: str) -> dict[str, str]:
    return flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", path)[0]


async def test_an_app_is_set_up_signed_in_with_and_switched_off(cast, priya, web, frozen_clock):
    here = {"cookie": cast.cookies["priya"], "path": PAGE}
    async with Harness() as browser:
        state = await browser.call(F.load, **here)
        assert state.ready and not state.is_on and not state.is_due and not state.days_left
        state = await browser.call(F.begin, **here)
        app = pyotp.TOTP(state.letters.replace(" ", ""))
        state = await browser.call(F.confirm, {"form": {"code": "000000"}}, **here)
        assert "isn’t the number" in state.errors["code"] and not state.is_on
        state = await browser.call(F.confirm, {"form": {"code": app.at(frozen_clock)}}, **here)
        codes = state.codes
        assert state.is_on and len(codes) == 10 and not state.letters
    first = await web.post("/session/partner", data=priya)
    assert first.headers["location"] == CODE and "partner-session" not in first.cookies
    wrong = await web.post("/session/code", data={"code": "000000", "portal": "partner"})
    assert wrong.headers["location"] == CODE and "neither" in _said(wrong, CODE)["code"]
    clock.freeze(frozen_clock + timedelta(minutes=2))
    answer = await web.post("/session/code", data={"code": app.at(clock.utc_now()), "portal": "partner"})
    assert answer.headers["location"] == "/partner/results" and answer.cookies.get("partner-session")
    # Used up; the page says where to begin again in their own portal.
    again = await web.post("/session/code", data={"code": codes[0], "portal": "partner"})
    assert again.headers["location"] == "/partner/sign-in" and _said(again, "/partner/sign-in") == {"": half.OVER}
    async with Harness() as browser:
        state = await browser.call(F.switch_off, {"form": {"code": codes[0]}}, **here)
        assert not state.is_on
    web.cookies.clear()
    assert (await web.post("/session/partner", data=priya)).headers["location"] == "/partner/results"
    subjects = [each.subject for _, each in await sent(Channel.EMAIL, "account.changed")]
    assert [each for each in subjects if "second step" in each] == [
        "Your second step was switched on",
        "Your second step was switched off",
    ]
    assert "tell your broker" in (await sent(Channel.EMAIL, "account.changed"))[0][1].paragraphs[2]


async def test_a_passkey_is_added_once_and_lets_in(cast, priya, web):
    held = {"cookie": cast.cookies["priya"]}
    options = await web.post("/session/partner/passkey/ask", data={"page": PAGE}, headers=held)
    phone = Phone()
    form = {"answer": phone.make(options.text), "name": "My phone", "page": PAGE, "_intention": "1" * 36}
    for _ in range(2):  # pressed twice
        answer = await web.post("/session/partner/passkey", data=form, headers=held)
        assert answer.headers["location"] == PAGE and _said(answer, PAGE) == {"added": ADDED}
    stray = await web.post(
        "/session/partner/passkey", data={"answer": "{}", "name": "x", "page": "/second-step"}, headers=held
    )
    assert stray.headers["location"] == PAGE, "no page of staff"
    web.cookies.clear()
    first = await web.post("/session/partner", data=priya)
    assert first.headers["location"] == CODE
    options = await web.post("/session/code/passkey/ask", data={"x": "1"})
    answer = await web.post("/session/code/passkey", data={"answer": phone.use(options.text), "portal": "partner"})
    assert answer.headers["location"] == "/partner/results" and answer.cookies.get("partner-session")
    here = {"cookie": cast.cookies["priya"], "path": PAGE}
    async with Harness() as browser:
        state = await browser.call(K.load, **here)
        assert [each["name"] for each in state.keys] == ["My phone"] and not state.has_codes
        state = await browser.call(K.make_first_codes, **here)
        assert len(state.first_codes) == 10
        state = await browser.call(K.take_away, passkey_id=state.keys[0]["id"], **here)
        assert state.keys == []
    async with reading() as session:
        assert (await session.get(Partner, cast.priya.id)).factor_since is None


async def test_an_old_sign_in_is_asked_who_it_is_and_what_was_pressed_goes_on(cast, priya, frozen_clock, monkeypatch):
    monkeypatch.setattr(proof, "settings", lambda: OUTSIDE_THE_DEMO)
    async with transaction() as session:
        (await session.get(PortalSession, cast.priya.session_id)).created_at = frozen_clock
    here = {"cookie": cast.cookies["priya"], "path": PAGE}
    clock.freeze(frozen_clock + timedelta(minutes=20))
    async with Harness() as browser:
        await browser.call(F.begin, **here)
        async with reading() as session:
            assert await session.scalar(select(SecondFactor)) is None
        state = await browser.call(PartnerProofState.ask, press="", **here)
        assert state.asking and not state.by_app
        state = await browser.call(PartnerProofState.prove, {"form": {"password": "not hers at all"}}, **here)
        assert "isn’t your password" in state.errors["password"]
        state = await browser.call(PartnerProofState.prove, {"form": {"password": PASSWORD}}, **here)
        assert not state.asking and not state.errors
        assert (await browser.call(F.begin, **here)).letters


async def test_guesses_wait_and_other_portals_digits_open_nothing(cast, priya, web, frozen_clock):
    await set_up(cast.priya)
    app, _ = await set_up(cast.alice)
    await web.post("/session/partner", data=priya)
    clock.freeze(frozen_clock + timedelta(minutes=2))
    answer = await web.post("/session/code", data={"code": app.at(clock.utc_now()), "portal": "partner"})
    assert "partner-session" not in answer.cookies, "somebody else's digits"
    for _ in range(9):
        answer = await web.post("/session/code", data={"code": "000000", "portal": "partner"})
    assert "Too many numbers" in _said(answer, CODE)[""]


async def test_a_broker_takes_a_lost_one_away_and_nobody_else_does(cast, priya, web):
    await set_up(cast.priya)
    for stranger, refusal in ((cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.priya, NotPermitted),
                              (cast.mallory, NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            async with transaction() as session:
                await reset_partner_factor(session, stranger, cast.priya.id)
    here = {"cookie": cast.cookies["alice"], "path": "/partners"}
    async with Harness() as browser:
        state = await browser.call(OnePartnerState.ask_lost, partner_id=str(cast.priya.id), **here)
        assert state.shown == "lost"
        await browser.call(OnePartnerState.reset_factor, partner_id=str(cast.priya.id), **here)
        assert not browser.errors
        await browser.call(OnePartnerState.reset_factor, partner_id=str(cast.priya.id), **here)
        assert "has no second step" in browser.refusal
        for garbage in ("", "garbage", str(cast.alice.id)):
            await browser.call(OnePartnerState.reset_factor, partner_id=garbage, **here)
            assert browser.refusal
    async with reading() as session:
        assert not await is_asked(session, Portal.PARTNER, cast.priya.id)
        assert await session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
        assert await actor_of(session, Portal.PARTNER, cast.cookies["priya"].partition("=")[2]) is None
    told = (await sent(Channel.EMAIL, "account.changed"))[-1]
    assert told[0].recipient == priya["email"] and "took the second step" in told[1].paragraphs[1]
    assert (await web.post("/session/partner", data=priya)).cookies.get("partner-session")


async def test_no_firm_takes_away_what_guards_another_ones_clients(cast, priya):
    await set_up(cast.priya)
    async with transaction() as session:
        other = await make.make_organisation(session, name="Tussock Lending")
        session.add(PartnerMembership(partner_id=cast.priya.id, organisation_id=other.id))
    with pytest.raises(Conflict, match="other firms too"):
        async with transaction() as session:
            await reset_partner_factor(session, cast.alice, cast.priya.id)


async def test_who_is_switched_off_between_the_halves_comes_in_nowhere(cast, priya, web):
    _, codes = await set_up(cast.priya)
    await web.post("/session/partner", data=priya)
    async with transaction() as session:
        await service.disable_partner(session, cast.alice, cast.priya.id)
    answer = await web.post("/session/code", data={"code": codes[0], "portal": "partner"})
    cookie = f"partner-session={answer.cookies.get('partner-session', '')}"
    assert await actor_in(Portal.PARTNER, cookie) is None
    web.cookies.clear()
    assert (await web.post("/session/partner", data=priya)).headers["location"].startswith("/partner/sign-in?")


async def test_nobody_has_to_unless_the_firm_says_so(cast, priya, web, frozen_clock, monkeypatch):
    for module in (partners_asked, grace):
        monkeypatch.setattr(module, "settings", lambda: OUTSIDE_THE_DEMO)
    async with transaction() as session:
        places = await session.scalars(select(PartnerMembership).where(PartnerMembership.partner_id == cast.priya.id))
        places.one().created_at = frozen_clock - timedelta(days=30)
    clock.freeze(frozen_clock + timedelta(days=400))
    assert (await web.post("/session/partner", data=priya)).headers["location"] == "/partner/results"
    for stranger in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await ask_partners_for_factor(session, stranger, on=True)
    async with Harness() as browser:
        here = {"cookie": cast.cookies["alice"], "path": "/settings/partner-portal"}
        clock.freeze(frozen_clock)
        for _ in range(2):
            state = await browser.call(PartnerPortalSettingsState.ask_for_factor, on=True, **here)
            assert state.asks_factor and state.grace == "14 days"
    answer = await web.post("/session/partner", data=priya)
    assert answer.headers["location"] == "/partner/second-step?next=/partner/results"
    cookie = f"partner-session={answer.cookies['partner-session']}"
    clock.freeze(frozen_clock + timedelta(minutes=5))
    async with Harness() as browser:
        state = await browser.call(F.load, cookie=cookie, path="/partner/second-step")
        assert state.days_left == "14 days" and not state.is_due
        await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner")
        assert not browser.was_stopped
        await browser.call(PartnerPasswordState.load, cookie=cookie, path=PAGE)
    clock.freeze(frozen_clock + timedelta(days=14))
    answer = await web.post("/session/partner", data=priya)
    cookie = f"partner-session={answer.cookies['partner-session']}"
    assert await actor_in(Portal.PARTNER, cookie) is None, "files would open"
    async with Harness() as browser:
        await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner")
        assert browser.was_stopped
        state = await browser.call(F.load, cookie=cookie, path="/partner/second-step", tab="another")
        assert state.is_due and state.ready
    async with transaction() as session:
        await ask_partners_for_factor(session, cast.alice, on=False)
    async with reading() as session:
        ours = PartnerPortalSettings.organisation_id == cast.firm.id
        assert (await session.scalars(select(PartnerPortalSettings.asks_factor_since).where(ours))).one() is None
    assert await actor_in(Portal.PARTNER, cookie) is not None


async def test_a_key_of_hers_is_not_anothers(cast):
    async with transaction() as session:
        other = Partner(email="pat@example.com", first_name="Pat", last_name="Ioane")
        session.add(other)
        for whose in (cast.priya.id, other.id):
            session.add(Passkey(portal=Portal.PARTNER, person_id=whose, credential="QQ", credential_hash=str(whose),
                                public_key="QQ", name="Key"))  # fmt: skip
    async with reading() as session:
        theirs = await session.scalar(select(Passkey.id).where(Passkey.person_id == other.id))
    async with Harness() as browser:
        here = {"cookie": cast.cookies["priya"], "path": PAGE}
        for wrong in (str(theirs), "garbage", ""):
            await browser.call(K.take_away, passkey_id=wrong, **here)
            assert browser.errors
    async with reading() as session:
        assert await session.get(Passkey, theirs) is not None
