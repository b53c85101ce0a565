"""A partner's lead becomes a home loan and settles; the partner sees it closed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser
SURNAME = "Tamahori"


def refer(dev: Page) -> str:
    dev.goto("/partner/refer")
    for label, text in (
        ("First name", "Aroha"),
        ("Last name", SURNAME),
        ("Phone", "0491 571 187"),
        ("Email", "aroha.tamahori@example.com"),
        ("Summary", "First home, near the school."),
    ):
        dev.get_by_label(label).fill(text)
    dev.get_by_label("Broker").select_option(label="Alice O’Rourke")
    dev.get_by_role("button", name="Save", exact=True).click()
    dev.wait_for_url(re.compile("/partner/deals/"), timeout=PATIENT_MS)
    return dev.url


def test_a_partners_lead_becomes_a_home_loan_and_settles(people):
    dev = enter_as(people.open(), "Dev")
    followed = refer(dev)
    alice = enter_as(people.open(), "Alice")
    alice.locator("summary", has_text="Other workflows").click()
    alice.get_by_role("link", name="Leads").first.click()
    lead = alice.get_by_role("link", name=re.compile(SURNAME)).first
    lead.focus()
    # Without a mouse: M opens the card's menu, its last line asks for the other workflow.
    alice.keyboard.press("m")
    expect(alice.get_by_role("menu")).to_be_visible(timeout=PATIENT_MS)
    elsewhere = alice.get_by_role("menuitem", name=re.compile("Another workflow"))
    elsewhere.focus()
    alice.keyboard.press("Enter")
    dialog = alice.get_by_role("dialog", name="Move deal")
    expect(dialog.get_by_text("Dev Patel will see the deal")).to_be_visible(timeout=PATIENT_MS)
    home = dialog.get_by_label("Workflow").locator("option", has_text=re.compile("home", re.I)).first
    dialog.get_by_label("Workflow").select_option(value=home.get_attribute("value"))
    dialog.get_by_role("button", name="Move deal").click()
    expect(dialog).to_have_count(0, timeout=PATIENT_MS)
    notice = alice.get_by_role("status").filter(has_text="Moved to")
    expect(notice).to_be_visible(timeout=PATIENT_MS)
    expect(alice.get_by_role("article", name=re.compile(SURNAME))).to_have_count(0, timeout=PATIENT_MS)

    alice.get_by_role("button", name="Undo").click()
    expect(alice.get_by_role("article", name=re.compile(SURNAME))).to_have_count(1, timeout=PATIENT_MS)
    alice.get_by_role("link", name=re.compile(SURNAME)).first.click()
    alice.wait_for_url(re.compile("/deals/"))
    alice.locator("summary", has_text="Quick actions").click()
    alice.get_by_role("button", name="Move to another workflow").click()
    dialog.get_by_label("Workflow").select_option(value=home.get_attribute("value"))
    dialog.get_by_role("button", name="Move deal").click()
    expect(dialog).to_have_count(0, timeout=PATIENT_MS)
    expect(alice.get_by_role("link", name=re.compile("home", re.I)).first).to_be_visible(timeout=PATIENT_MS)

    alice.locator("summary", has_text="Quick actions").click()
    alice.get_by_role("button", name="Settle deal", exact=True).first.click()
    expect(alice.get_by_text("Settle this deal?")).to_be_visible(timeout=PATIENT_MS)
    alice.get_by_role("button", name="Settle deal", exact=True).last.click()
    dev.goto(followed)
    expect(dev.get_by_text("Settled").first).to_be_visible(timeout=PATIENT_MS)
    dev.goto("/partner?view=list&closed=1")
    expect(dev.get_by_text(re.compile(SURNAME)).first).to_be_visible(timeout=PATIENT_MS)
