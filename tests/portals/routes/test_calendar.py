"""A due day for one's own calendar: a file that calendars read, and nothing for an address that we didn't sign."""

from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.calendar import CalendarDay, calendar_file, day_behind, token_for
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.routes.calendar import CALENDAR_ROUTES

DUE = CalendarDay(day="2026-03-13", title="2 documents due: Harbour Finance", about="Payslips; licence, both sides")


async def answer(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=CALENDAR_ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.example.com") as browser:
        return await browser.get(path)


async def test_the_file_is_one_whole_day_with_a_reminder():
    token = token_for(DUE, settings().secret)
    found = await answer(f"/calendar/{token}.ics")
    assert found.status_code == 200 and found.headers["content-type"].startswith("text/calendar")
    lines = found.text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20260313" in lines and "DTEND;VALUE=DATE:20260314" in lines
    assert "DESCRIPTION:Payslips\\; licence\\, both sides" in lines and "TRIGGER:-PT6H" in lines
    again = await answer(f"/calendar/{token}.ics")
    uid = [line for line in lines if line.startswith("UID:")]
    assert uid == [line for line in again.text.split("\r\n") if line.startswith("UID:")]


async def test_what_we_did_not_sign_is_not_there():
    token = token_for(DUE, settings().secret)
    said, _, signature = token.partition(".")
    cut = f"{said[:-2]}.{signature}"
    for wrong in ("x", ".", f"{said}.", f".{signature}", cut, token[::-1], "a" * 5000, "%00", "é"):
        assert (await answer(f"/calendar/{wrong}.ics")).status_code == 404, wrong
    other = token_for(DUE, "another secret of another installation")
    assert (await answer(f"/calendar/{other}.ics")).status_code == 404
    for garbage in (None, 7, ["x"]):
        with pytest.raises(NotFound):
            day_behind(garbage, settings().secrets)


async def test_a_link_opens_however_many_letters_its_documents_have():
    day = CalendarDay(day="2026-03-13", title=f"12 documents due: {'澳' * 120}", about="薪" * 300)
    assert (await answer(f"/calendar/{token_for(day, settings().secret)}.ics")).status_code == 200


@given(title=st.text(max_size=200), about=st.text(max_size=300))
def test_whatever_documents_are_called_no_line_is_long_and_none_is_ours_to_break(title, about):
    day = CalendarDay(day="2026-03-13", title=title, about=about)
    text = calendar_file(day, key="k", now=datetime(2026, 3, 9, tzinfo=UTC))
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded.count("BEGIN:VEVENT") == 1 == unfolded.count("END:VCALENDAR")
