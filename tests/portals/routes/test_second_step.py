"""The second step over HTTP: a password, or a link from the mailbox, is one half and opens nothing by itself."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import grace
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.portals.settings.security.state import SecurityState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.domains.signing_in.test_second_step import set_up
from tests.factories import PASSWORD
from tests.support.harness import Harness
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ALICE = {"email": "alice@example.com", "password": PASSWORD, "next": "/deals/1"}


@pytest.fixture
async def web(tmp_path):
    files = file_routes(lambda: LocalFiles(tmp_path / "files", b"a secret for the tests only"), NoScanner)
    transport = httpx.ASGITransport(app=Starlette(routes=[*ROUTES, *files]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


async def test_the_password_leads_to_the_second_step_and_the_digits_lead_in(web, cast, frozen_clock):
    app, codes = await set_up(cast.alice)
    first = await web.post("/session/broker", data=ALICE)
    assert first.headers["location"] == "/sign-in/code" and "broker-session" not in first.cookies
    for wrong in ("000000", codes[0][:-1] + "0", ""):
        answer = await web.post("/session/code", data={"code": wrong})
        assert answer.headers["location"] == "/sign-in/code" and "broker-session" not in answer.cookies
        said = flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", "/sign-in/code")[0]
        assert "neither" in said["code"]
    clock.freeze(frozen_clock + timedelta(minutes=2))
    answer = await web.post("/session/code", data={"code": app.at(clock.utc_now())})
    assert answer.headers["location"] == "/deals/1" and answer.cookies.get("broker-session")
    assert await _logged() == [
        *[("factor:refused", "Alice O’Rourke", "", True)] * 3,
        ("sign_in:password", "Alice O’Rourke", "with a password and an authenticator app", False),
    ]  # fmt: skip
    # The half is used up, and so are the digits.
    again = await web.post("/session/code", data={"code": codes[0]})
    assert again.headers["location"] == "/sign-in" and "broker-session" not in again.cookies


async def _logged() -> list[tuple]:
    async with reading() as session:
        kinds = SecurityEvent.kind.in_(("factor:refused", "sign_in:password"))
        rows = await session.scalars(select(SecurityEvent).where(kinds).order_by(SecurityEvent.id))
        return [(row.kind, row.actor_name, row.facts.get("way", ""), row.refused) for row in rows]


async def test_a_recovery_code_that_let_in_is_called_so_in_the_log(web, cast):
    _, codes = await set_up(cast.alice)
    await web.post("/session/broker", data=ALICE)
    assert (await web.post("/session/code", data={"code": codes[0]})).cookies.get("broker-session")
    [(_, _, way, _)] = await _logged()
    assert way == "with a password and a recovery code"


async def test_half_a_sign_in_lasts_ten_minutes_and_is_made_up_by_nobody(web, cast, frozen_clock):
    _, codes = await set_up(cast.alice)
    await web.post("/session/broker", data=ALICE)
    clock.freeze(frozen_clock + timedelta(seconds=600))
    assert (await web.post("/session/code", data={"code": codes[0]})).headers["location"] == "/sign-in"
    web.cookies.set("half", "made-up")
    assert (await web.post("/session/code", data={"code": codes[0]})).headers["location"] == "/sign-in"


async def test_a_link_from_the_mailbox_does_not_stand_for_the_second_step(web, cast):
    await set_up(cast.alice)
    async with transaction() as session:
        token = (await password_link(session, Portal.BROKER, cast.alice.id)).partition("token=")[2]
    answer = await web.post("/session/password", data={"token": token, "password": "harbour ferry at nine"})
    assert answer.headers["location"] == "/sign-in/code" and "broker-session" not in answer.cookies


async def test_outside_the_demo_staff_are_asked_and_after_the_days_let_no_further(web, cast, frozen_clock, monkeypatch):
    for module in (second_step, grace):
        monkeypatch.setattr(module, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    answer = await web.post("/session/broker", data=ALICE)
    assert answer.headers["location"] == "/second-step?next=/deals/1"
    clock.freeze(frozen_clock + timedelta(days=14))
    answer = await web.post("/session/broker", data=ALICE)
    cookie = f"broker-session={answer.cookies['broker-session']}"
    assert await actor_in(Portal.BROKER, cookie) is None, "files would open"
    form, paper = {"portal": "broker", "deal": str(cast.deal.id)}, {"file": ("Payslip.pdf", PDF, "application/pdf")}
    sent = await web.post("/files", data=form, files=paper, headers={"cookie": cookie})
    assert sent.status_code == 401, sent.text
    async with Harness() as browser:
        await browser.call(BoardState.load, cookie=cookie, path="/board")
        assert browser.was_stopped
        state = await browser.call(SecurityState.load, cookie=cookie, path="/second-step", tab="another")
        assert state.is_due and state.ready
