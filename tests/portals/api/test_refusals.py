"""Whoever comes without the right key reads nothing and changes nothing; generated over every route described."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.api_tokens.scopes import TokenScope
from salestrekker_portal.domains.api_tokens.service import MARK, end_token
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import new_token
from salestrekker_portal.portals.api.app import PREFIX, make_api
from salestrekker_portal.portals.api.door import A_MINUTE, BODY_LIMIT, WRONG_A_MINUTE
from salestrekker_portal.tables.api_tokens import ApiToken
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Membership, Role

pytestmark = pytest.mark.usefixtures("sqlite")

NEEDS = {
    ("get", "/deals"): TokenScope.DEALS_READ,
    ("get", "/deals/{deal_id}"): TokenScope.DEALS_READ,
    ("get", "/deals/{deal_id}/fact-find"): TokenScope.FACT_FINDS_READ,
    ("get", "/deals/{deal_id}/fact-find.csv"): TokenScope.FACT_FINDS_READ,
    ("get", "/deals/{deal_id}/fact-find.pdf"): TokenScope.FACT_FINDS_READ,
    ("get", "/contacts"): TokenScope.CONTACTS_READ,
    ("post", "/leads"): TokenScope.LEADS_WRITE,
}
ROUTES = [(method, path) for path, methods in make_api().openapi()["paths"].items() for method in methods]
LEAD = {"people": [{"first_name": "Wren", "last_name": "Finch", "email": "wren.finch@example.com"}]}


def test_every_route_says_what_a_key_needs_for_it():
    assert sorted(NEEDS) == sorted(ROUTES) and len(ROUTES) >= 4


def test_every_route_that_acts_wants_a_key_against_repeating():
    for path, methods in make_api().openapi()["paths"].items():
        for method, route in methods.items():
            wanted = {each["name"] for each in route.get("parameters", []) if each["required"]}
            assert method == "get" or "idempotency-key" in wanted, f"{method} {path}"


async def ask(web, route: tuple[str, str], cast, headers: dict[str, str]):
    method, path = route
    address = PREFIX + path.format(deal_id=cast.deal.id)
    if method == "get":
        return await web.get(address, headers=headers)
    return await web.post(address, json=LEAD, headers={"idempotency-key": new_token(), **headers})


async def how_many_deals() -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(Deal))


def is_problem(answer, status: int) -> bool:
    body = answer.json()
    return (answer.status_code, answer.headers["content-type"], body["status"]) == (
        status, "application/problem+json", status
    ) and bool(body["detail"])  # fmt: skip


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_no_key_or_none_that_opens(web, cast, key, route):
    before = await how_many_deals()
    for wrong in (
        "",
        "Bearer",
        f"Bearer {MARK}{new_token()}",
        "Basic YWxpY2U6aGFyYm91cg==",
        "Bearer ünd",
        "Bearer " + "x" * 9_000,
    ):
        answer = await ask(web, route, cast, {"authorization": wrong.encode("utf-8")} if wrong else {})
        assert is_problem(answer, 401), wrong
        assert answer.headers["www-authenticate"] == "Bearer"
    cookie = await ask(web, route, cast, {"cookie": cast.cookies["alice"]})
    assert is_problem(cookie, 401), "a browser's session is no key: another site could ask in its name"
    assert await how_many_deals() == before


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_each_scope_opens_its_own_routes_only(web, cast, key, route):
    for scope in TokenScope:
        answer = await ask(web, route, cast, await key(None, scope))
        if scope is NEEDS[route]:
            assert answer.status_code in (200, 201)
        else:
            assert is_problem(answer, 403)


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_an_ended_key_and_the_key_of_somebody_who_left(web, cast, key, route):
    ended, left = await key(), await key(cast.mallory)
    async with transaction() as session:
        rows = {token.organisation_id: token.id for token in await session.scalars(select(ApiToken))}
        await end_token(session, cast.alice, rows[cast.firm.id])
        await end_token(session, cast.alice, rows[cast.firm.id])  # twice is fine
        gone = update(Membership).where(Membership.user_id == cast.mallory.id)
        await session.execute(gone.values(disabled_at=utc_now() - timedelta(seconds=1)))
    for headers in (ended, left):
        assert is_problem(await ask(web, route, cast, headers), 401)


async def test_a_maker_who_lost_a_right_takes_it_from_the_key(web, cast, key):
    headers = await key()
    async with transaction() as session:
        mine = update(Membership).where(Membership.user_id == cast.alice.id)
        await session.execute(mine.values(role=Role.ASSISTANT))
    assert (await ask(web, ("get", "/deals"), cast, headers)).status_code == 200  # an assistant reads deals


async def test_nothing_of_another_firm(web, cast, key):
    theirs = await key(cast.mallory)
    listed = (await web.get(f"{PREFIX}/deals", headers=theirs)).json()["deals"]
    assert [deal["id"] for deal in listed] == [str(cast.other_deal.id)]
    assert (await web.get(f"{PREFIX}/contacts", headers=theirs)).json()["contacts"] == []
    hidden = await web.get(f"{PREFIX}/deals/{cast.deal.id}", headers=theirs)
    absent = await web.get(f"{PREFIX}/deals/{cast.firm.id}", headers=theirs)
    assert is_problem(hidden, 404) and hidden.json() == absent.json()
    taken = {**LEAD, "workflow_id": str(cast.workflow.id)}
    lead = await web.post(f"{PREFIX}/leads", json=taken, headers={**theirs, "idempotency-key": "one"})
    assert is_problem(lead, 404)


GARBAGE = [
    ("{", "application/json", 422),
    ("null", "application/json", 422),
    ("[]", "application/json", 422),
    (json.dumps({"people": []}), "application/json", 422),
    (json.dumps({"people": [{}]}), "application/json", 422),
    (json.dumps({"people": [{"first_name": "Wren", "email": "no address"}]}), "application/json", 422),
    (json.dumps({"people": [{"first_name": "Wren"}]}), "application/json", 422),
    (json.dumps({**LEAD, "summary": "é" * 1_001}), "application/json", 422),
    (json.dumps({**LEAD, "name": "n" * 201}), "application/json", 422),
    (json.dumps({**LEAD, "value_cents": -1}), "application/json", 422),
    (json.dumps({**LEAD, "value_cents": 10**30}), "application/json", 422),
    (json.dumps({**LEAD, "owner": "mine"}), "application/json", 422),
    (json.dumps(LEAD), "text/plain", 415),
    (" " * (BODY_LIMIT + 1), "application/json", 413),
]


@pytest.mark.parametrize(("body", "kind", "status"), GARBAGE, ids=range(len(GARBAGE)))
async def test_garbage_is_refused_in_words_and_adds_nothing(web, cast, key, body, kind, status):
    before = await how_many_deals()
    headers = {**await key(), "content-type": kind, "idempotency-key": "one"}
    answer = await web.post(f"{PREFIX}/leads", content=body, headers=headers)
    assert is_problem(answer, status), answer.text
    assert status != 422 or answer.json().get("errors")
    assert await how_many_deals() == before


async def test_a_body_without_a_length_is_cut_off_and_adds_nothing(web, cast, key):
    async def pieces():
        yield json.dumps(LEAD).encode()
        for _ in range(70):
            yield b" " * 1024

    headers = {**await key(), "content-type": "application/json", "idempotency-key": "one"}
    before = await how_many_deals()
    answer = await web.post(f"{PREFIX}/leads", content=pieces(), headers=headers)
    assert is_problem(answer, 413)
    assert await how_many_deals() == before


async def test_what_was_typed_is_not_repeated_in_a_refusal(web, cast, key):
    typed = {"people": [{"first_name": "Wren", "passport": "N1234567"}]}
    answer = await web.post(f"{PREFIX}/leads", json=typed, headers={**await key(), "idempotency-key": "one"})
    assert is_problem(answer, 422) and "N1234567" not in answer.text


@pytest.fixture
def one_minute(monkeypatch) -> None:
    """The clock of the counts stands still: a minute that turns would begin another count."""
    monkeypatch.setattr("salestrekker_portal.portals.http.counting.time.time", lambda: 1_800_000_010.0)


async def test_too_often_is_told_when_to_come_again(web, cast, key, one_minute):
    headers = await key()
    answers = [await web.get(f"{PREFIX}/deals?limit=1", headers=headers) for _ in range(A_MINUTE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200} and is_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    other = await key(cast.mallory)
    assert (await web.get(f"{PREFIX}/deals?limit=1", headers=other)).status_code == 200


async def test_guessing_keys_is_stopped_and_shuts_out_nobody_beside(web, cast, key, one_minute):
    guess = {"authorization": f"Bearer {MARK}guess"}
    answers = [await web.get(f"{PREFIX}/deals", headers=guess) for _ in range(WRONG_A_MINUTE + 1)]
    assert [answer.status_code for answer in answers] == [401] * WRONG_A_MINUTE + [429]
    assert (await web.get(f"{PREFIX}/deals", headers=await key())).status_code == 200, "from the same address"


async def test_addresses_that_are_none(web, cast, key):
    headers = await key()
    assert is_problem(await web.get(f"{PREFIX}/passports", headers=headers), 404)
    assert is_problem(await web.delete(f"{PREFIX}/deals", headers={**headers, "content-type": "application/json"}), 405)
    assert is_problem(await web.get(f"{PREFIX}/deals/not-an-id", headers=headers), 422)
    assert is_problem(await web.get(f"{PREFIX}/deals?limit=1000", headers=headers), 422)
