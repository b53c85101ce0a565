"""Plain HTTP that is asked first who sits there, and the proof with a passkey."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import proof
from salestrekker_portal.domains.signing_in.proving import note_proof
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import PROVE_AGAIN, NotSignedIn
from salestrekker_portal.portals.events.asking import ProofState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.everything import EVERYTHING_ROUTES
from salestrekker_portal.portals.routes.passkeys import PASSKEY_ROUTES
from salestrekker_portal.portals.routes.security_log import SECURITY_LOG_ROUTES
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.support.authenticator import Phone
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
PAGE = "/settings/security"


@pytest.fixture
async def web(monkeypatch):
    monkeypatch.setattr(proof, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    transport = httpx.ASGITransport(app=Starlette(routes=[*PASSKEY_ROUTES, *SECURITY_LOG_ROUTES, *EVERYTHING_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


async def _sit_for_an_hour() -> None:
    async with transaction() as session:
        await session.execute(update(PortalSession).values(created_at=utc_now() - timedelta(hours=1), proved_at=None))


async def _is_stale(cookie: str) -> bool:
    return (await actor_in(Portal.BROKER, cookie)).is_stale


async def test_a_passkey_is_the_proof_once_and_for_its_own_session(cast, web):
    alice, bob = ({"cookie": cast.cookies[name]} for name in ("alice", "bob"))
    options = await web.post("/session/passkey/ask", data={"page": PAGE}, headers=alice)
    phone = Phone()
    await web.post("/session/passkey", data={"answer": phone.make(options.text), "name": "Desk"}, headers=alice)
    await _sit_for_an_hour()
    # Another one is made by nobody who does not show first that it is them; the script opens the question.
    asked = await web.post("/session/passkey/ask", data={"page": PAGE}, headers=alice)
    assert asked.status_code == 409 and asked.json() == {"error": PROVE_AGAIN, "prove": True}
    asked = await web.post("/session/proof/ask", data={"x": "1"}, headers=alice)
    answer = phone.use(asked.text)
    async with Harness() as tabs:
        for cookie, given in ((bob["cookie"], answer), (alice["cookie"], "garbage"), (alice["cookie"], answer[:-9])):
            form = {"form": {"answer": given}}
            state = await tabs.call(ProofState.prove_by_passkey, form, cookie=cookie, path=PAGE, tab=cookie[:24])
            assert "no answer that fits" in state.errors["passkey"] and await _is_stale(cookie)
        asked = await web.post("/session/proof/ask", data={"x": "1"}, headers=alice)
        right = {"form": {"answer": phone.use(asked.text)}}
        here = {**alice, "path": PAGE, "tab": "alice"}
        state = await tabs.call(ProofState.prove_by_passkey, right, **here)
        assert not state.errors and not await _is_stale(alice["cookie"]) and await _is_stale(bob["cookie"])
        await _sit_for_an_hour()
        state = await tabs.call(ProofState.prove_by_passkey, right, **here)
        assert state.errors and await _is_stale(alice["cookie"]), "the same answer twice"
    assert (await web.post("/session/proof/ask", data={"x": "1"}, headers=bob)).status_code == 409
    async with reading() as session:
        proved = (await session.scalars(select(SecurityEvent).where(SecurityEvent.kind == "factor:proved"))).all()
    assert [(each.actor_name, each.facts["way"]) for each in proved] == [("Alice O’Rourke", "a passkey")]


@pytest.mark.parametrize(
    ("route", "page", "field"),
    [
        ("/session/security-log", "/settings/security-log", ""),
        ("/session/everything", "/settings/import", "everything"),
    ],
)
async def test_sheets_of_many_leave_only_after_a_proof(cast, web, route, page, field):
    alice = {"cookie": cast.cookies["alice"]}
    assert (await web.post(route, data={}, headers=alice)).status_code == 200
    await _sit_for_an_hour()
    answer = await web.post(route, data={}, headers=alice)
    assert answer.status_code == 303
    kept = f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}"
    assert flash.read(kept, page)[0] == {field: PROVE_AGAIN}


async def test_a_session_that_ended_meanwhile_is_proved_by_nothing(cast, web):
    async with transaction() as session:
        await session.execute(update(PortalSession).values(ended_at=utc_now()))
    with pytest.raises(NotSignedIn):
        async with transaction() as session:
            await note_proof(session, cast.alice, "the password")
