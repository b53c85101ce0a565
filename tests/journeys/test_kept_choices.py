"""What was chosen is kept like what was typed, and a choice that may be left open can be cleared again."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, add_deal, enter_as, section

pytestmark = pytest.mark.browser


def saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)


def test_choices_in_a_drawer_outlive_a_refresh_and_can_be_thrown_away(people):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "Kept choices", ("Kit", "Keeper", "0491 570 156", "kit.keeper@example.com"))
    alice.goto(deal)
    drawer = alice.get_by_role("dialog")

    def open_it() -> None:
        alice.get_by_role("button", name="Edit", exact=True).click()
        expect(drawer.get_by_label("Deal name")).to_have_value("Kept choices", timeout=PATIENT_MS)

    open_it()
    label = drawer.get_by_role("checkbox").first
    alice.wait_for_timeout(500)  # as long as it takes to look at a form
    was = label.is_checked()
    drawer.get_by_label("Deal type").select_option(label="Personal loan")
    drawer.get_by_label("Expected settlement").fill("17/4/2027")
    label.set_checked(not was)
    alice.reload()
    expect(alice.get_by_role("button", name="Edit", exact=True)).to_be_visible(timeout=PATIENT_MS)
    open_it()
    expect(drawer.get_by_label("Deal type")).to_have_value("personal_loan", timeout=PATIENT_MS)
    expect(drawer.get_by_label("Expected settlement")).to_have_value("17/4/2027")
    expect(label).to_be_checked(checked=not was)
    line = drawer.locator(".field-left").filter(has_text="We kept what you had chosen.")
    expect(line).to_have_count(1)
    line.get_by_role("button", name="Throw it away").click()
    expect(drawer.get_by_label("Deal type")).to_have_value("home_loan")
    expect(label).to_be_checked(checked=was)
    drawer.get_by_role("button", name="Save").click()
    expect(drawer).to_have_count(0, timeout=PATIENT_MS)
    open_it()
    expect(drawer.get_by_label("Expected settlement")).to_have_value("17/04/2027")
    expect(drawer.locator(".field-left")).to_have_count(0)


def test_words_over_what_somebody_changed_meanwhile_come_back_with_a_question(people):
    alice, bob = enter_as(people.open(), "Alice"), enter_as(people.open(), "Ravi")
    deal = add_deal(alice, "Kept over", ("Kit", "Over", "0491 570 157", "kit.over@example.com"))
    for page in (alice, bob):
        page.goto(deal)
        page.get_by_role("button", name="Edit", exact=True).click()
    mine, theirs = alice.get_by_role("dialog"), bob.get_by_role("dialog")
    expect(mine.get_by_label("Deal name")).to_have_value("Kept over", timeout=PATIENT_MS)
    mine.get_by_label("Deal name").fill("Mine")
    expect(theirs.get_by_label("Deal name")).to_have_value("Kept over", timeout=PATIENT_MS)
    theirs.get_by_label("Deal name").fill("Theirs")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs).to_have_count(0, timeout=PATIENT_MS)
    alice.reload()
    alice.get_by_role("button", name="Edit", exact=True).click()
    expect(mine.locator(".clash")).to_contain_text("Somebody changed this to Theirs. Yours: Mine.", timeout=PATIENT_MS)
    mine.get_by_role("button", name="Take theirs").click()
    expect(mine.get_by_label("Deal name")).to_have_value("Theirs")


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_an_optional_yes_can_be_taken_back(people, how):
    page = enter_as(people.open(width=360), "Siobhán")
    section(page, "risks.safety_net")
    insured = page.get_by_role("radiogroup", name="Do you have enough insurance")
    expect(insured).to_be_visible(timeout=PATIENT_MS)
    insured.get_by_text("Yes", exact=True).click()
    yes = insured.get_by_role("radio", name="Yes")
    expect(yes).to_be_checked()
    clear = insured.get_by_role("button", name="Clear this answer")
    if how == "mouse":
        clear.click()
    else:
        yes.focus()
        page.keyboard.press("Delete")
    expect(yes).not_to_be_checked()
    expect(clear).to_have_count(0)
    saved(page)
    page.wait_for_timeout(800)
    page.reload()
    expect(insured).to_be_visible(timeout=PATIENT_MS)
    expect(insured.get_by_role("radio", name="Yes")).not_to_be_checked()
    # A required one has no such button.
    section(page, "applicant.personal_details")
    required = page.get_by_role("radiogroup", name="Are you married or in a relationship?")
    expect(required).to_be_visible(timeout=PATIENT_MS)
    expect(required.get_by_role("button")).to_have_count(0)
