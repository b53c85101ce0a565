"""Real double and triple clicks on what acts: one effect, no refusal, no second message, and the button comes back."""

import re
import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import MOMENT_MS, PATIENT_MS, add_deal, enter_as

pytestmark = pytest.mark.browser
CLICKS = pytest.mark.parametrize("clicks", [2, 3])


@pytest.fixture
def count(server):
    """How many rows a statement finds in the database of the running server."""

    def counted(query: str, *values: object) -> int:
        with sqlite3.connect(f"file:{server.data / 'portal.db'}?mode=ro", uri=True) as database:
            return database.execute(query, values).fetchone()[0]

    return counted


def _settled(page: Page, button: Locator) -> None:
    """The answer has come: nothing is busy, and nobody was refused."""
    expect(page.locator("[aria-busy=true]:is(button)")).to_have_count(0, timeout=PATIENT_MS)
    page.wait_for_timeout(700)
    expect(page.locator(".toast.is-bad")).to_have_count(0)


def _deal(page: Page) -> None:
    page.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    page.wait_for_url(re.compile("/deals/"))


@CLICKS
def test_a_note_is_saved_once(people, count, clicks):
    alice = enter_as(people.open(), "Alice")
    _deal(alice)
    alice.get_by_role("link", name="Notes", exact=True).click()
    words = f"Pressed {clicks} times"
    alice.get_by_label("Note", exact=True).fill(words)
    save = alice.get_by_role("button", name="Save note")
    save.click(click_count=clicks)
    expect(alice.get_by_text(words)).to_have_count(1, timeout=PATIENT_MS)
    _settled(alice, save)
    assert count("SELECT count(*) FROM notes WHERE text = ?", words) == 1
    # And the next one, a moment later, is another.
    alice.get_by_label("Note", exact=True).fill(words + ", and again")
    save.click()
    expect(alice.get_by_text(words + ", and again")).to_have_count(1, timeout=PATIENT_MS)


@CLICKS
def test_a_message_of_a_client_is_sent_once(people, count, clicks):
    tane = enter_as(people.open(width=390), "Tāne")
    tane.goto("/portal/messages")
    words = f"Is {clicks} enough?"
    tane.get_by_role("textbox").first.fill(words)
    tane.get_by_role("button", name="Send", exact=True).click(click_count=clicks)
    expect(tane.get_by_text(words)).to_have_count(1, timeout=PATIENT_MS)
    _settled(tane, tane.get_by_role("button", name="Send", exact=True))
    assert count("SELECT count(*) FROM notes WHERE text = ?", words) == 1


@CLICKS
def test_an_invitation_leaves_once(people, count, clicks):
    alice = enter_as(people.open(), "Alice")
    mail = f"pressed{clicks}@example.com"
    deal = add_deal(alice, f"Pressed {clicks}", ("Pressed", f"Often{clicks}", f"0491 570 00{clicks}", mail))
    alice.goto(f"{deal}/share")
    invite = alice.get_by_role("button", name=re.compile("^Invite"))
    expect(invite).to_be_enabled(timeout=PATIENT_MS)
    invite.click(click_count=clicks)
    expect(alice.get_by_text(re.compile("is invited"))).to_be_visible(timeout=PATIENT_MS)
    _settled(alice, invite)
    sent = "SELECT count(*) FROM outbox m JOIN deals d ON d.id = m.deal_id WHERE d.name = ? AND m.kind = ?"
    assert count(sent, f"Pressed {clicks}", "portal.invitation") == 1
    assert count(sent, f"Pressed {clicks}", "portal.pin") == 1
    alice.wait_for_timeout(MOMENT_MS)
    alice.get_by_role("button", name=re.compile("Resend")).first.click(click_count=clicks)
    expect(alice.get_by_text(re.compile("A new link is on its way"))).to_be_visible(timeout=PATIENT_MS)
    _settled(alice, invite)
    assert count(sent, f"Pressed {clicks}", "portal.invitation") == 2


@CLICKS
def test_a_refused_press_gives_the_button_back(people, count, clicks):
    alice = enter_as(people.open(), "Alice")
    _deal(alice)
    alice.get_by_role("link", name="Notes", exact=True).click()
    field, save = alice.get_by_label("Note", exact=True), alice.get_by_role("button", name="Save note")
    field.fill("x" * 5000)
    save.click(click_count=clicks)
    expect(alice.locator("#note-error")).to_be_visible(timeout=PATIENT_MS)
    expect(save).not_to_have_attribute("aria-busy", "true", timeout=PATIENT_MS)
    words = f"Short enough after {clicks}"
    field.fill(words)
    save.click()
    expect(alice.get_by_text(words)).to_have_count(1, timeout=PATIENT_MS)
    assert count("SELECT count(*) FROM notes WHERE text = ?", words) == 1


def test_what_may_be_repeated_may_be_pressed_quickly(people):
    """Two quick presses on switches are two wishes."""
    alice = enter_as(people.open(), "Alice")
    _deal(alice)
    alice.get_by_role("link", name="Notes", exact=True).click()
    switch = alice.get_by_label("Important", exact=True).first
    switch.click()
    switch.click()
    expect(switch).not_to_be_checked(timeout=PATIENT_MS)
