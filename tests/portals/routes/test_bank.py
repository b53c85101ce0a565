"""On the way to a provider and back, the page of the invented bank, and the words of the client's card."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.config import BadSettings, Mode, Settings, read_settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from salestrekker_portal.portals.client.documents.bank_state import card_of
from salestrekker_portal.portals.routes.bank import BANK_ROUTES
from salestrekker_portal.portals.routes.demo_bank import DEMO_BANK_ROUTES
from salestrekker_portal.tables.bank_statements import Problem, StatementRequest, StatementState
from salestrekker_portal.wiring import demonstration_bank
from tests.adapters.bank_cases import asked
from tests.bank import make_statement_request

ORIGIN = "http://localhost:8000"
OURS = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
S = StatementState


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(Starlette(routes=[*BANK_ROUTES, *DEMO_BANK_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


async def test_after_agreeing_the_new_tab_goes_on_to_the_provider(sqlite, cast, web):
    async with transaction() as session:
        request = await make_statement_request(session, cast.kim_access, cast.alice_user)
    form = {"request": str(request.id), "wording": WORDING_VERSION, "agree": "yes"}
    headers = {**OURS, "cookie": cast.cookies["kim"]}
    for lacking in ({"agree": ""}, {"wording": "older"}, {"request": "nonsense"}):
        answer = await web.post("/bank/open", data=form | lacking, headers=headers)
        assert answer.status_code == 409 and "refresh" not in answer.text
    answer = await web.post("/bank/open", data=form, headers=headers)
    assert answer.status_code == 200 and 'http-equiv="refresh" content="1;url=/demo-bank/' in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_invented_bank_says_so_and_exists_in_demo_and_development_only(sqlite, web, monkeypatch):
    started = await demonstration_bank().start(asked(first_name="<b>Kim</b>"))
    page = await web.get(started.url)
    assert "Invented bank, for the demonstration" in page.text and "&lt;b&gt;Kim" in page.text
    assert "password" not in page.text.lower()
    real = Settings(mode=Mode.EMBEDDED, secret="x" * 40)
    monkeypatch.setattr("salestrekker_portal.portals.routes.demo_bank.settings", lambda: real)
    assert (await web.get(started.url)).status_code == 404
    assert (await web.post(started.url, data={"outcome": "good"}, headers=OURS)).status_code == 403


async def test_what_was_not_offered_can_not_be_chosen_at_the_invented_bank(sqlite, web):
    started = await demonstration_bank().start(asked())
    assert (await web.post(started.url, data={"outcome": "riches"}, headers=OURS)).status_code == 404
    assert demonstration_bank().visit(started.subject).outcome == ""


def test_half_a_bank_stops_the_start():
    for lacking in ({"PORTAL_BASIQ_API_KEY": "x"}, {"PORTAL_AKAHU_APP_SECRET": "x"}):
        with pytest.raises(BadSettings, match="both"):
            read_settings({"PORTAL_MODE": "dev", **lacking})
    with pytest.raises(BadSettings, match="invented"):
        read_settings({"PORTAL_MODE": "demo", "PORTAL_ILLION_API_KEY": "x"})


def card(state: StatementState, **facts):
    times = {"sent_at": NOW, "opened_at": NOW, "finished_at": NOW, "expires_at": NOW + timedelta(hours=1)}
    request = StatementRequest(
        **{"provider": "demonstration", "reference": "x", "state": state, "months": 3, **times, **facts}
    )
    return card_of(request, "Harbour Finance", "Alice", "Australia/Sydney", NOW, kept=True)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (S.SENT, "ask"),
        (S.OPENED, "ask"),
        (S.IN_PROGRESS, "working"),
        (S.PARTIAL, "ask"),
        (S.FAILED, "ask"),
        (S.COMPLETE, "done"),
        (S.EXPIRED, "over"),
        (S.WITHDRAWN, ""),
    ],
)
def test_the_card_says_in_plain_words_how_far_it_is(state, step):
    shown = card(state)
    assert shown["step"] == step and bool(shown["title"]) == bool(step)


def test_the_card_says_who_gets_what_for_how_long_and_that_no_login_passes():
    said = " ".join(card(S.SENT)["shares"])
    for words in ("Harbour Finance gets", "last 3 months", "login never reaches", "pay or move", "at the latest on"):
        assert words in said


def test_a_problem_is_told_and_a_consent_that_was_withdrawn_is_remembered():
    assert "online banking" in card(S.FAILED, problem=Problem.WRONG_LOGIN)["problem"]
    assert card(S.WITHDRAWN, problem=Problem.CONSENT_WITHDRAWN)["step"] == "stopped"
    assert card(S.SENT, expires_at=NOW)["step"] == "over"
    assert "Add each of your banks" in card(S.SENT, multi_bank=True)["text"]
