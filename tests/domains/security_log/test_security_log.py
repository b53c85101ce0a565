"""What happened at the doors is written down, with who, where and which device; refusals stay written down too."""

import json
import logging

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.security_log import service
from salestrekker_portal.domains.security_log.service import note, note_apart
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.portals.incoming.again import tried_twice
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.fact_find_file import FACT_FIND_ROUTES
from salestrekker_portal.portals.routes.preview import PREVIEW_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.portals.settings.users.state import UsersState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal
from tests.factories import PASSWORD
from tests.support.harness import Harness

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36"


@pytest.fixture
def browser():
    """A phone with an address of its own, connected to every door."""
    app = Starlette(
        routes=[over_http(route) for route in (*ROUTES, *CLIENT_ROUTES, *FACT_FIND_ROUTES, *PREVIEW_ROUTES)]
    )
    transport = httpx.ASGITransport(app=app, client=("203.0.113.24", 4711))
    headers = {**OURS, "user-agent": PHONE}
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=headers)


async def rows(**wanted) -> list[SecurityEvent]:
    async with reading() as session:
        found = select(SecurityEvent).filter_by(**wanted).order_by(SecurityEvent.created_at, SecurityEvent.id)
        return list(await session.scalars(found))


@pytest.mark.usefixtures("sqlite")
async def test_who_signs_in_stands_there_with_place_and_device(cast, browser, caplog):
    caplog.set_level(logging.INFO, "salestrekker_portal.security")
    form = {"email": "alice@example.com", "password": PASSWORD}
    signed_in = await browser.post("/session/broker", data=form)
    assert signed_in.headers["location"] == "/board"
    [row] = await rows(kind="sign_in:password")
    assert (row.actor_name, row.actor_id, row.organisation_id) == ("Alice O’Rourke", cast.alice.id, cast.firm.id)
    assert (row.place, row.device, row.refused, row.area) == ("203.0.113.24", "Chrome on Android", False, "sign_in")
    [line] = [json.loads(each.getMessage()) for each in caplog.records if each.name.endswith("security")]
    assert line["event"] == "sign_in:password" and line["person"] == str(cast.alice.id)
    assert "Alice" not in str(line) and "alice" not in str(line)
    await browser.post("/session/end", data={"portal": "broker"})
    assert [each.actor_id for each in await rows(kind="sign_in:out")] == [cast.alice.id]


@pytest.mark.usefixtures("sqlite")
async def test_a_wrong_password_stays_written_down_and_nothing_that_was_typed(cast, browser):
    await browser.post("/session/broker", data={"email": "alice@example.com", "password": "a guess of mine"})
    await browser.post("/session/broker", data={"email": "her.secret@example.com", "password": "another guess"})
    known, unknown = await rows(kind="sign_in:refused")
    assert (known.organisation_id, known.actor_id, known.refused) == (cast.firm.id, cast.alice.id, True)
    assert (unknown.organisation_id, unknown.actor_id, unknown.actor_name) == (None, None, "")
    assert "guess" not in f"{known.facts}{unknown.facts}" and "her.secret" not in str(unknown)


@pytest.mark.usefixtures("sqlite")
async def test_a_wrong_pin_and_the_right_one(cast, browser, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token, right_pin = await newest_token(), await newest_pin()
    for pin in ("000000" if right_pin != "000000" else "111111", right_pin):
        await browser.post("/session/client", data={"token": token, "pin": pin})
    [wrong] = await rows(kind="sign_in:pin_refused")
    [right] = await rows(kind="portal_access:signed_in")
    assert wrong.facts == {"why": "wrong PIN"} and wrong.refused and wrong.deal_id == deal.id
    assert right.actor_id == robin.id and right.place == "203.0.113.24" and not right.refused


@pytest.mark.usefixtures("sqlite")
async def test_what_is_refused_in_a_handler_stays_though_everything_else_is_undone(cast):
    async with Harness() as tabs:
        await tabs.call(UsersState.choose_role, cookie=cast.cookies["bob"], path="/settings/users",
                        user_id=str(cast.alice.id), role="assistant")  # fmt: skip
        await tabs.call(OverviewState.load, cookie=cast.cookies["mallory"], path=f"/deals/{cast.deal.id}", tab="m")
    by_bob = await rows(actor_id=cast.bob.id)
    assert [each.kind for each in by_bob] == ["refused:permission"] and by_bob[0].refused
    assert [each.kind for each in await rows(actor_id=cast.mallory.id)] == ["refused:hidden"]


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("path", ["/deals/fact-find", "/session/preview"])
async def test_what_a_route_answers_with_nothing_is_a_refusal_all_the_same(cast, browser, path):
    form = {"deal": str(cast.deal.id), "contact": str(cast.kim_contact.id), "kind": "pdf"}
    await browser.post(path, data=form, headers={"cookie": cast.cookies["mallory"]})
    assert [each.kind for each in await rows(actor_id=cast.mallory.id)] == ["refused:hidden"]


@pytest.mark.usefixtures("sqlite")
async def test_who_is_refused_a_thousand_times_fills_no_disk(cast, monkeypatch):
    monkeypatch.setattr(service, "_refusals", service._Refusals())
    times = [0.0]
    monkeypatch.setattr(service, "monotonic", lambda: times[0])
    for _ in range(1000):
        await note_apart("refused:permission", organisation_id=cast.firm.id, by=cast.bob, what="x")
    assert len(await rows(kind="refused:permission")) == service.MOST_A_MINUTE
    times[0] = 61.0
    await note_apart("refused:permission", organisation_id=cast.firm.id, by=cast.bob, what="x")
    [more] = await rows(kind="refused:more")
    assert more.facts == {"count": 1000 - service.MOST_A_MINUTE}


@pytest.mark.usefixtures("sqlite")
async def test_a_line_of_the_log_can_not_be_forged(cast, caplog):
    caplog.set_level(logging.INFO, "salestrekker_portal.security")
    async with transaction() as session:
        row = note(session, "sign_in:refused", organisation_id=None, why="x")
        row.device = 'x"}\n{"event": "sign_in:password"'
    [record] = [each for each in caplog.records if each.name.endswith("security")]
    assert "\n" not in record.getMessage() and json.loads(record.getMessage())["event"] == "sign_in:refused"


async def test_a_role_stands_in_both_logs_and_falls_with_what_happened(database, cast):
    class Regretted(Exception):
        pass

    with pytest.raises(Regretted):
        async with transaction() as session:
            await members.change_role(session, cast.alice, cast.bob.id, members.Role.BROKER)
            raise Regretted
    assert await rows(kind="member:role") == []
    async with transaction() as session:
        await members.change_role(session, cast.alice, cast.bob.id, members.Role.BROKER)
    [row] = await rows(kind="member:role")
    assert (row.area, row.facts) == ("settings", {"who": "Bob Tran", "role": "broker"})


@pytest.mark.usefixtures("sqlite")
async def test_a_refusal_that_can_not_be_written_down_is_a_refusal_all_the_same(cast, monkeypatch):
    def no_database():
        raise RuntimeError("no database")

    monkeypatch.setattr(service, "transaction", no_database)

    async def handler():
        await actor_in(Portal.BROKER, cast.cookies["mallory"])
        async with reading() as session:
            await access_deal(session, cast.mallory, cast.deal.id, Permission.DEAL_READ)

    with pytest.raises((NotFound, NotPermitted)):
        await tried_twice(handler)()
