"""The security log through the gate: for admins only, filtered, exported, checked, and kept as long as they say."""

import csv
import io
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.log_keeping import sweep_security_log
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.security_log.checking import check_logs
from salestrekker_portal.domains.security_log.kinds import SETTINGS, SIGN_INS
from salestrekker_portal.domains.security_log.sealing import seal_logs
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.portals.routes.security_log import SECURITY_LOG_ROUTES
from salestrekker_portal.portals.settings.security_log.state import SecurityLogState
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.security_log import LogHead, SecurityEvent
from tests.support.harness import Harness

PAGE = "/settings/security-log"
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture
async def browser(sqlite, cast, frozen_clock):
    """Alice's, in front of a log with a few rows of three days."""
    for days, kind, by, facts in (
        (3, "sign_in:password", cast.alice, {"way": "with a password"}),
        (2, "member:role", cast.alice, {"who": "Bob Tran", "role": "broker"}),
        (0, "sign_in:refused", None, {"why": "=cmd|' /C calc'!A0"}),
    ):
        clock.freeze(frozen_clock - timedelta(days=days))
        async with transaction() as session:
            area = SETTINGS if kind.startswith("member") else SIGN_INS
            note(session, kind, organisation_id=cast.firm.id, by=by, area=area, refused=by is None, **facts)
    async with transaction() as session:
        note(session, "sign_in:password", organisation_id=cast.other_firm.id, by=cast.mallory, way="QZELSEWHERE")
    while await seal_logs():
        pass
    async with Harness() as harness:
        yield harness


def seat(cast, name="alice") -> dict:
    return {"cookie": cast.cookies[name], "path": PAGE}


async def test_an_admin_reads_their_own_firms_log_newest_first(browser, cast):
    state = await browser.call(SecurityLogState.load, **seat(cast))
    assert [each["what"] for each in state.lines] == [
        "Was refused at the sign-in: =cmd|' /C calc'!A0", "Changed a role: Bob Tran is now broker",
        "Signed in, with a password",
    ]  # fmt: skip
    assert state.lines[0]["who"] == "Nobody we know" and state.lines[0]["refused"]
    assert state.in_all == "3" and state.rows == "3 rows" and state.head and state.years == "7"
    assert "QZELSEWHERE" not in str(state.lines)


async def test_filters_by_area_day_and_person(browser, cast):
    state = await browser.call(SecurityLogState.choose, **seat(cast), area="refused")
    assert [each["refused"] for each in state.lines] == [True]
    state = await browser.call(SecurityLogState.choose, **seat(cast), area="")
    form = {"since": "6/3/2026", "until": "07.03.26", "who": "alice"}
    state = await browser.call(SecurityLogState.look, {"form": form}, **seat(cast))
    assert [each["what"][:14] for each in state.lines] == ["Changed a role", "Signed in, wit"]
    wrong = {"since": "someday", "until": "", "who": "x" * 200}
    state = await browser.call(SecurityLogState.look, {"form": wrong}, **seat(cast))
    assert set(state.errors) == {"since", "who"} and state.since == "someday"


async def test_it_is_checked_on_a_press_and_says_which_row(browser, cast):
    state = await browser.call(SecurityLogState.check, **seat(cast))
    assert state.checked.endswith("each as it was written.") and not state.broken
    async with transaction() as session:
        row = (await session.scalars(select(SecurityEvent).where(SecurityEvent.refused.is_(True)))).one()
        row.refused = False
    state = await browser.call(SecurityLogState.check, **seat(cast))
    assert str(row.id) in state.broken[0] and state.checked.endswith("1 problem found.")


@pytest.fixture
def office():
    app = Starlette(routes=[over_http(route) for route in SECURITY_LOG_ROUTES])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000", headers=OURS)


async def test_the_sheet_holds_what_was_looked_for_and_no_formula(browser, cast, office):
    hers = {"cookie": cast.cookies["alice"]}
    sent = await office.post("/session/security-log", data={"area": "refused"}, headers=hers)
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][4] == "Refused" and rows[1][-1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    async with reading() as session:
        told = (await session.scalars(select(SecurityEvent).where(SecurityEvent.area == "export"))).one()
    assert (told.actor_name, told.facts) == ("Alice O’Rourke", {"rows": 1})
    for name in ("bob", "kim", "priya"):
        away = await office.post("/session/security-log", data={}, headers={"cookie": cast.cookies[name]})
        assert away.status_code == 303


async def test_old_rows_go_at_night_and_the_chain_stays_whole(browser, cast, frozen_clock):
    state = await browser.call(SecurityLogState.keep, **seat(cast), years="2")
    assert state.years == "2" and state.saved
    async with reading() as session:
        assert (await session.get(Organisation, cast.firm.id)).security_log_years == 2
    clock.freeze(frozen_clock + timedelta(days=730))
    assert await sweep_security_log() == 2
    while await seal_logs():
        pass
    async with reading() as session:
        kinds = select(SecurityEvent.kind).where(SecurityEvent.organisation_id == cast.firm.id)
        left = list(await session.scalars(kinds))
        found = await check_logs(session)
    assert sorted(left) == ["log:erased", "settings:security_log", "sign_in:refused"]
    assert (found.broken, found.erased) == ([], 2)


async def test_the_seal_goes_to_the_admins_once_a_day(browser, cast, frozen_clock):
    clock.freeze(frozen_clock + timedelta(days=1))
    await keep_mornings()
    await keep_mornings()
    async with reading() as session:
        mails = select(OutboxMessage).where(OutboxMessage.kind == "security.seals")
        sent = list(await session.scalars(mails.where(OutboxMessage.organisation_id == cast.firm.id)))
        head = await session.get(LogHead, ("security", cast.firm.id))
    assert [each.recipient for each in sent] == ["alice@example.com"]
    assert f"Security log, row 3: {head.seal}" in opened(sent[0]).content.paragraphs
    clock.freeze(frozen_clock + timedelta(days=2))
    await keep_mornings()
    async with reading() as session:
        again = list(await session.scalars(mails.where(OutboxMessage.organisation_id == cast.firm.id)))
    assert len(again) == 1, "nothing was added since, so there is nothing to keep"
