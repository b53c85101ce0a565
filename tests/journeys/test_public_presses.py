"""The forms that anybody may post, pressed twice and thrice: one effect, and the answer of the first press."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS

pytestmark = pytest.mark.browser
CLICKS = pytest.mark.parametrize("clicks", [2, 3])
SESSIONS = "SELECT count(*) FROM portal_sessions"


def rows(data: Path, query: str, *values: object) -> int:
    with sqlite3.connect(f"file:{data / 'portal.db'}?mode=ro", uri=True) as database:
        return database.execute(query, values).fetchone()[0]


@pytest.fixture
def count(server) -> Callable[..., int]:
    """How many rows a statement finds in the database of the running server."""
    return lambda query, *values: rows(server.data, query, *values)


def no_refusal(page: Page) -> None:
    expect(page.locator(".toast.is-bad, .banner.is-bad, .field-error")).to_have_count(0)


@CLICKS
@pytest.mark.parametrize(
    ("path", "who", "leads_to"),
    [("/sign-in", "alice@harbour.example.com", "board"), ("/partner/sign-in", "dev@partners.example.com", "partner")],
)
def test_signing_in_opens_one_session(people, count, clicks, path, who, leads_to):
    page = people.open(path)
    sessions = count(SESSIONS)
    page.get_by_label("Email").fill(who)
    page.get_by_label("Password").fill(f"{who.split('@')[0]}-likes-long-passwords")
    page.get_by_role("button", name="Sign in").click(click_count=clicks)
    page.wait_for_url(f"**/{leads_to}")
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENT_MS)
    no_refusal(page)
    assert count(SESSIONS) == sessions + 1


@CLICKS
def test_entering_the_demo_opens_one_session(people, count, clicks):
    page = people.open("/")
    sessions = count(SESSIONS)
    page.get_by_role("button", name="Enter as Ravi", exact=True).click(click_count=clicks)
    page.wait_for_url("**/board")
    no_refusal(page)
    assert count(SESSIONS) == sessions + 1


@CLICKS
@pytest.mark.parametrize(
    ("path", "who", "button", "answer"),
    [
        ("/forgot-password", "ravi@harbour.example.com", "Send me a link", "Check your e-mail"),
        ("/partner/forgot-password", "dev@partners.example.com", "Send me a link", "Check your e-mail"),
        ("/portal/lost-link", "0491 570 313", "Send me my link", "Look at your e-mail"),
    ],
)
def test_a_link_that_is_asked_for_leaves_once(people, count, clicks, path, who, button, answer):
    page = people.open(path)
    asked = count("SELECT count(*) FROM intentions")
    page.get_by_role("textbox").first.fill(who)
    page.get_by_role("button", name=button).click(click_count=clicks)
    expect(page.get_by_text(answer).first).to_be_visible(timeout=PATIENT_MS)
    no_refusal(page)
    assert count("SELECT count(*) FROM intentions") == asked + 1
