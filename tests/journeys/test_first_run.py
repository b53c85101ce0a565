"""An empty installation: the first visit founds the firm, and its admin is at work a minute later."""

import re
import sqlite3
from contextlib import closing

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, add_deal
from tests.support.fixtures import people_of
from tests.support.server import PortalServer

pytestmark = pytest.mark.browser

PASSWORD = "four words in a row"


@pytest.fixture
def empty_server(bundle, tmp_path):
    running = PortalServer(tmp_path / "data", demo=False, PORTAL_MODE="embedded").start()
    yield running
    running.stop()


@pytest.fixture
def visitors(request, chromium, empty_server):
    yield from people_of(request, chromium, empty_server)


def test_found_a_firm_sign_in_and_add_a_deal(visitors, empty_server, tmp_path):
    page = visitors.open("/")
    page.wait_for_url(re.compile("/setup"))
    # The console shows the address with the code in it.
    page = visitors.open(re.search(r"/setup\?code=\S+", empty_server.log)[0])
    expect(page.get_by_label("Set-up code")).not_to_have_value("", timeout=PATIENT_MS)
    page.get_by_label("Organisation name").fill("Kōwhai & Sons")
    page.get_by_label("Country").select_option(label="New Zealand")
    page.get_by_label("Time zone").select_option("Pacific/Auckland")
    page.get_by_label("First name").fill("Aroha")
    page.get_by_label("Last name").fill("O’Brien")
    page.get_by_label("Email").fill("aroha@example.com")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    expect(page.get_by_label("Organisation name")).to_have_value("Kōwhai & Sons")
    expect(page.get_by_label("Country")).to_have_value("NZ")
    expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up and sign in").click()
    page.wait_for_url(re.compile("/second-step"))
    page.get_by_role("button", name="Set up an authenticator app").click()
    letters = page.get_by_text(re.compile(r"^[A-Z2-7 ]{32,}$"))
    expect(letters).to_be_visible(timeout=PATIENT_MS)
    app = pyotp.TOTP(letters.inner_text().replace(" ", ""))
    page.get_by_label("Six digits").fill(app.now())
    page.get_by_role("button", name="Switch on").click()
    codes = page.get_by_text(re.compile(r"^[A-Z2-9]{5}-[A-Z2-9]{5}$"))
    expect(codes).to_have_count(10, timeout=PATIENT_MS)
    code = codes.first.inner_text()
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url(re.compile("/board"))
    deal = add_deal(page, "A first deal", ("Hemi", "Tāwhai", "021 555 019", "hemi@example.com"))

    again = visitors.open(deal)
    again.wait_for_url(re.compile("/sign-in"))
    again.get_by_label("Email").fill("aroha@example.com")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url(re.compile("/sign-in/code"))
    again.get_by_label("Six digits").fill("000000")
    again.get_by_role("button", name="Go on").click()
    expect(again.get_by_label("Six digits")).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    again.get_by_label("Six digits").fill(code.lower())
    again.get_by_role("button", name="Go on").click()
    expect(again.get_by_role("heading", level=1)).to_contain_text("A first deal", timeout=PATIENT_MS)
    _asked_again(again, empty_server, tmp_path / "data" / "portal.db")
    closed = visitors.open("/setup")
    expect(closed.locator("body")).to_contain_text("set up already", timeout=PATIENT_MS)


def _asked_again(page, server, database):
    """An hour later an invitation asks who sits there, and leaves by itself once that is shown."""
    with closing(sqlite3.connect(database, timeout=20)) as rows, rows:
        rows.execute("UPDATE portal_sessions SET created_at = datetime(created_at, '-1 hour')")
    page.goto(f"{server.url}/settings/users")
    page.get_by_role("button", name="Invite someone").click()
    page.get_by_label("First name").fill("Wiremu")
    page.get_by_label("Last name").fill("Paki")
    page.get_by_label("E-mail").fill("wiremu@example.com")
    page.get_by_role("button", name="Send invitation").click()
    asked = page.get_by_role("dialog", name="Is it you?")
    expect(asked).to_be_visible(timeout=PATIENT_MS)
    # Whoever looks for their password takes a while.
    page.evaluate("() => { const now = Date.now; Date.now = () => now.call(Date) + 20000; }")
    asked.get_by_label("Your password").fill("not my password")
    asked.get_by_role("button", name="Go on").click()
    expect(asked.get_by_label("Your password")).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    expect(page.get_by_label("Last name")).to_have_value("Paki")
    asked.get_by_label("Your password").fill(PASSWORD)
    asked.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("We e-mailed wiremu@example.com")).to_be_visible(timeout=PATIENT_MS)
    expect(asked).to_be_hidden()
    # What was sent is not offered once more as unsent.
    page.get_by_role("button", name="Invite someone").click()
    expect(page.get_by_label("Last name")).to_have_value("", timeout=PATIENT_MS)
