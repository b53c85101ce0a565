"""The forms that anybody may post, pressed twice and thrice: one effect, and the answer of the first press."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as
from tests.support.fixtures import people_of
from tests.support.server import PortalServer

pytestmark = pytest.mark.browser
CLICKS = pytest.mark.parametrize("clicks", [2, 3])
PASSWORD = "four words in a row"
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


@CLICKS
def test_a_partner_accepts_an_invitation_once(people, count, clicks):
    alice = enter_as(people.open(), "Alice")
    alice.goto("/partners")
    mail = f"accepts{clicks}@example.com"
    alice.get_by_role("button", name="Add partner").first.click()
    drawer = alice.get_by_role("dialog")
    drawer.get_by_label("First name").fill("Accepts")
    drawer.get_by_label("Last name").fill(f"Times{clicks}")
    drawer.get_by_label("Email").fill(mail)
    drawer.locator("button[type=submit]").click(click_count=clicks)
    expect(drawer).to_have_count(0, timeout=PATIENT_MS)
    outbox = people.open("/outbox")
    invitation = outbox.get_by_role("article").filter(has_text=mail)
    expect(invitation).to_have_count(1, timeout=PATIENT_MS)
    partner = people.open(urlsplit(invitation.get_by_role("link").first.get_attribute("href")).path)
    partner.get_by_label("New password").fill(PASSWORD)
    sessions = count("SELECT count(*) FROM portal_sessions")
    partner.get_by_role("button", name="Save and sign in").click(click_count=clicks)
    partner.wait_for_url(re.compile("/partner$"))
    no_refusal(partner)
    assert count("SELECT count(*) FROM portal_sessions") == sessions + 1


def test_a_firm_is_set_up_once(request, chromium, bundle, tmp_path):
    server = PortalServer(tmp_path / "data", demo=False, PORTAL_MODE="embedded").start()
    try:
        for people in people_of(request, chromium, server):
            page = people.open(re.search(r"/setup\?code=\S+", server.log)[0])
            expect(page.get_by_label("Set-up code")).not_to_have_value("", timeout=PATIENT_MS)
            facts = {"Organisation name": "Once & Sons", "First name": "Ona", "Last name": "Once"}
            for label, words in {**facts, "Email": "ona@example.com", "Password": PASSWORD}.items():
                page.get_by_label(label).fill(words)
            page.get_by_role("button", name="Set up and sign in").click(click_count=3)
            page.wait_for_url("**/board")
            no_refusal(page)
        tables = ("organisations", "users", "portal_sessions")
        assert [rows(server.data, f"SELECT count(*) FROM {each}") for each in tables] == [1, 1, 1]
    finally:
        server.stop()
