"""A broker's day without a mouse: from signing in to a settled deal, each stop with its ring."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from salestrekker_portal.demo import cast
from tests.journeys.steps import PATIENT_MS
from tests.journeys.test_keyboard import press_when_it_listens, tab_to

pytestmark = pytest.mark.browser
ALICE = next(person for person in cast.STAFF if person.key == "alice")
DEAL = re.compile("O’Dea & Rewi")


def press(page: Page, what: Locator, key: str = "Enter") -> None:
    """Go to it with Tab from where the focus is, and press it."""
    expect(what).to_be_visible(timeout=PATIENT_MS)
    tab_to(page, what)
    page.keyboard.press(key)


def find(page: Page, misspelt: str, address: str) -> None:
    search = page.get_by_role("dialog", name="Search everywhere")
    press_when_it_listens(page, "Control+k", search)
    expect(search.get_by_role("searchbox")).to_be_focused(timeout=PATIENT_MS)
    page.keyboard.type(misspelt)
    expect(search.get_by_text("Names close to it")).to_be_visible(timeout=PATIENT_MS)
    found = search.locator("a[href*='/deals/']").filter(has_text=DEAL).first
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if found.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(address))
    expect(page.get_by_role("heading", level=1)).to_contain_text(DEAL, timeout=PATIENT_MS)


def test_from_signing_in_to_settled_without_a_mouse(people):
    alice = people.open("/sign-in")
    expect(alice.get_by_label("Email")).to_be_visible(timeout=PATIENT_MS)
    tab_to(alice, alice.get_by_label("Email"))
    alice.keyboard.type(ALICE.email)
    alice.keyboard.press("Tab")
    alice.keyboard.type(ALICE.password)
    alice.keyboard.press("Enter")
    alice.wait_for_url(re.compile("/board"))
    expect(alice.get_by_role("article", name=DEAL)).to_be_visible(timeout=PATIENT_MS)

    find(alice, "Odae Rewi", "/deals/")
    press(alice, alice.get_by_role("button", name=re.compile("^Preparing")))
    expect(alice.get_by_role("button", name=re.compile("^Preparing"))).to_contain_text("now", timeout=PATIENT_MS)

    press(alice, alice.get_by_role("link", name="Required documents"))
    alice.wait_for_url(re.compile("/required-documents"))
    two_papers(alice)
    accepted(alice)
    a_note(alice)
    a_task(alice)

    find(alice, "Odae Rewi", "/deals/")
    press(alice, alice.locator("summary", has_text="Quick actions"))
    press(alice, alice.get_by_role("button", name="Settle deal", exact=True))
    # The question is where the focus is.
    expect(alice.get_by_label("Settled on")).to_be_focused(timeout=PATIENT_MS)
    press(alice, alice.get_by_role("group", name="Settle this deal?").get_by_role("button", name="Settle deal"))
    expect(alice.get_by_text("Settle this deal?")).to_have_count(0, timeout=PATIENT_MS)
    expect(alice.get_by_text("Settled").first).to_be_visible(timeout=PATIENT_MS)


def two_papers(page: Page) -> None:
    """Two papers asked for by name, and sent with R."""
    for name in ("Gift letter", "Rental appraisal"):
        press(page, page.get_by_role("button", name="Add single").first)
        expect(page.get_by_label("Document name")).to_be_focused(timeout=PATIENT_MS)
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible(timeout=PATIENT_MS)
    expect(page.get_by_text(re.compile("2 requests for .+, not sent yet"))).to_be_visible(timeout=PATIENT_MS)
    page.keyboard.press("r")
    expect(page.get_by_text(re.compile("not sent yet"))).to_have_count(0, timeout=PATIENT_MS)


def accepted(page: Page) -> None:
    """A paper that waits is opened and accepted with A."""
    paper = page.get_by_role("button", name="Driver licence, both sides", exact=True)
    press(page, paper)
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_visible(timeout=PATIENT_MS)
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_have_count(0, timeout=PATIENT_MS)
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0, timeout=PATIENT_MS)


def a_note(page: Page) -> None:
    press(page, page.get_by_role("link", name="Notes", exact=True))
    page.wait_for_url(re.compile("/notes"))
    press(page, page.get_by_label("Note", exact=True), "Shift")
    page.keyboard.type("We have what we need from you.")
    press(page, page.locator("#share-client"), "Space")
    press(page, page.get_by_role("button", name="Save note"))
    expect(page.get_by_role("article").filter(has_text="We have what we need").first).to_be_visible(timeout=PATIENT_MS)


def a_task(page: Page) -> None:
    page.locator("body").press("g")
    page.keyboard.press("t")
    page.wait_for_url(re.compile("/tasks"))
    expect(page.get_by_label("New task")).to_be_visible(timeout=PATIENT_MS)
    page.keyboard.press("a")
    expect(page.get_by_label("New task")).to_be_focused(timeout=PATIENT_MS)
    page.keyboard.type("Ring the bank about the valuation")
    page.keyboard.press("Enter")
    task = page.get_by_role("checkbox", name="Ring the bank about the valuation")
    expect(task).to_be_visible(timeout=PATIENT_MS)
