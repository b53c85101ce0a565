"""Two people fill one form: different fields are both kept, the same field is asked about beside it."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, add_deal, enter_as

pytestmark = pytest.mark.browser


def open_edit(page: Page, deal: str) -> None:
    page.goto(deal)
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_role("dialog").get_by_label("Deal name")).not_to_have_value("", timeout=PATIENT_MS)


def test_edit_deal_in_two_browsers(people):
    alice, bob = enter_as(people.open(), "Alice"), enter_as(people.open(), "Ravi")
    deal = add_deal(alice, "Two at once", ("Tia", "Twice", "0491 570 156", "tia.twice@example.com"))
    for page in (alice, bob):
        open_edit(page, deal)
    theirs, mine = bob.get_by_role("dialog"), alice.get_by_role("dialog")
    theirs.get_by_label("Deal name").fill("Two at once, by Ravi")
    theirs.get_by_label("Deal type").select_option(label="Personal loan")
    theirs.get_by_role("button", name="Save").click()
    expect(bob.get_by_role("heading", level=1)).to_contain_text("by Ravi", timeout=PATIENT_MS)

    # The same field is asked about; nothing is written, nothing typed is lost.
    mine.get_by_label("Deal name").fill("Two at once, by Alice")
    mine.get_by_label("Value").fill("610,000")
    mine.get_by_role("button", name="Save").click()
    question = mine.locator(".clash")
    expect(question).to_have_count(1, timeout=PATIENT_MS)
    expect(question).to_contain_text("changed this to Two at once, by Ravi at")
    expect(question).to_contain_text("Yours: Two at once, by Alice.")
    expect(mine.get_by_label("Value")).to_have_value("610,000")
    expect(mine.get_by_label("Deal name")).to_be_focused(timeout=PATIENT_MS)
    question.get_by_role("button", name="Keep mine").click()
    expect(question).to_have_count(0)
    mine.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("by Alice", timeout=PATIENT_MS)

    # The type, which only Ravi changed, and the value, which only Alice did, are both there.
    open_edit(alice, deal)
    expect(mine.get_by_label("Deal type")).to_have_value("personal_loan")
    expect(mine.get_by_label("Value")).to_have_value("610,000")


def test_a_settings_form_in_two_browsers(people):
    first, second = enter_as(people.open(), "Alice"), enter_as(people.open(), "Alice")
    for page in (first, second):
        page.goto("/settings/organisation")
        expect(page.get_by_label("Name", exact=True)).not_to_have_value("", timeout=PATIENT_MS)
    first.get_by_label("Address").fill("1 First Street")
    first.get_by_label("Licence").fill("Licence of the first tab")
    first.get_by_role("button", name="Save").first.click()
    expect(first.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)

    second.get_by_label("Address").fill("2 Second Street")
    second.get_by_role("button", name="Save").first.click()
    question = second.locator(".clash")
    expect(question).to_contain_text("You changed this to 1 First Street at", timeout=PATIENT_MS)
    question.get_by_role("button", name="Take theirs").click()
    expect(second.get_by_label("Address")).to_have_value("1 First Street")
    second.get_by_role("button", name="Save").first.click()
    expect(second.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    expect(second.get_by_label("Licence")).to_have_value("Licence of the first tab")
    # Saved again at once: nobody was faster than oneself.
    second.get_by_label("Address").fill("3 Third Street")
    second.get_by_role("button", name="Save").first.click()
    expect(second.get_by_label("Address")).to_have_value("3 Third Street", timeout=PATIENT_MS)
    expect(question).to_have_count(0)
