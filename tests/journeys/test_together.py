"""Two people in one section, and a stage that locks while somebody types."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, answer, enter_as, section

pytestmark = pytest.mark.browser

GROCERIES, CLOTHES = "Groceries", "Clothing and personal care"


def test_two_applicants_type_in_the_same_section(people):
    siobhan, tane = enter_as(people.open(), "Siobhán"), enter_as(people.open(), "Tāne")
    section(siobhan, "expenses.general")
    section(tane, "expenses.general")
    # Tāne is in the middle of an answer while Siobhán saves another one.
    tane.get_by_label(CLOTHES, exact=True).click()
    tane.keyboard.type("12")
    answer(siobhan, GROCERIES, "815")
    expect(tane.get_by_label(GROCERIES, exact=True)).to_have_value(re.compile("815"), timeout=PATIENT_MS)
    tane.keyboard.type("34")
    assert tane.get_by_label(CLOTHES, exact=True).input_value().replace(",", "").startswith("1234")
    tane.get_by_label(CLOTHES, exact=True).blur()
    expect(siobhan.get_by_label(CLOTHES, exact=True)).to_have_value(re.compile("1,?234"), timeout=PATIENT_MS)
    expect(siobhan.get_by_label(GROCERIES, exact=True)).to_have_value(re.compile("815"))


def test_a_stage_that_locks_keeps_what_is_being_typed(people):
    siobhan = enter_as(people.open(width=390), "Siobhán")
    section(siobhan, "needs.reasons")
    words = "Half a sentence about the garden that"
    field = siobhan.get_by_label("What do you need now?", exact=True)
    field.click()
    field.press("End")
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    alice.wait_for_url(re.compile("/deals/"))
    siobhan.keyboard.type(words)
    alice.get_by_role("button", name=re.compile("Lodged")).first.click()
    # A client is typing, so the move is asked about first.
    alice.get_by_role("dialog").get_by_role("button", name=re.compile("Move")).first.click()
    expect(siobhan.locator("body")).to_contain_text(re.compile("locked", re.I), timeout=PATIENT_MS)
    expect(siobhan.locator("body")).to_contain_text("With the lender", timeout=PATIENT_MS)
    assert words in siobhan.content() or words in field.input_value()
    expect(field).not_to_be_editable(timeout=PATIENT_MS)
    siobhan.reload()
    expect(siobhan.locator("body")).to_contain_text(re.compile("locked", re.I), timeout=PATIENT_MS)
    kept = siobhan.get_by_label("What do you need now?", exact=True).input_value()
    assert words in kept or words in siobhan.locator("body").inner_text()
    alice.get_by_role("button", name=re.compile("Fact find")).first.click()
    expect(siobhan.get_by_label("What do you need now?", exact=True)).to_be_editable(timeout=PATIENT_MS)
