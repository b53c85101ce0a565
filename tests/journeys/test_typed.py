"""Nothing typed is lost, nothing is cut, and a refusal is where somebody is looking."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, add_deal, enter_as

pytestmark = pytest.mark.browser


def in_view(page: Page, element) -> bool:
    box = element.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_refused_form_shows_and_takes_the_first_field_that_is_wrong(people, width):
    alice = enter_as(people.open(width=width), "Alice")
    alice.goto("/board")
    alice.get_by_role("button", name="Add deal").first.click()
    alice.get_by_role("button", name="Save", exact=True).click()
    name = alice.get_by_label("Deal name")
    expect(name).to_be_focused(timeout=PATIENT_MS)
    assert in_view(alice, name)
    # Refused again, for the same reason: taken there again.
    alice.get_by_role("button", name="Save", exact=True).focus()
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(name).to_be_focused(timeout=PATIENT_MS)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_refusal_is_said_inside_the_drawer_and_leaves_with_the_page(people, width):
    alice = enter_as(people.open(width=width), "Alice")
    deal = add_deal(alice, f"Refused in a drawer {width}", (f"Kim{width}", "Drawer", "", f"kim{width}@example.com"))
    alice.goto(f"{deal}/required-documents")
    alice.get_by_role("button", name="Add single").first.click()
    alice.get_by_label("Document name").fill("Payslip")
    expect(alice.get_by_label("For", exact=True).locator("option").first).to_be_attached(timeout=PATIENT_MS)
    # Somebody whom nobody knows: as when a contact was taken off the deal meanwhile.
    alice.get_by_label("For", exact=True).evaluate(
        "field => { field.add(new Option('Gone', '0190b7a2-7c11-7000-8000-00000000dead')); field.selectedIndex = "
        "field.options.length - 1; field.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    drawer = alice.get_by_role("dialog")
    drawer.get_by_role("button", name="Add", exact=True).click()
    notice = drawer.get_by_role("alert").filter(has_text=re.compile("can't find that"))
    expect(notice).to_be_visible(timeout=PATIENT_MS)
    assert in_view(alice, notice)
    expect(alice.get_by_label("Document name")).to_have_value("Payslip")
    alice.reload()
    expect(alice.get_by_role("button", name="Add single").first).to_be_visible(timeout=PATIENT_MS)
    expect(alice.get_by_role("region", name="Notices")).to_have_count(0)


def test_a_note_of_42_000_characters_is_refused_and_kept_whole(people):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "A long note", ("Omar", "Longnote", "0491 570 157", "omar.longnote@example.com"))
    alice.goto(f"{deal}/notes")
    note = alice.get_by_label("Note", exact=True)
    text = "🏡 words " * 4_667
    note.fill(text)
    expect(alice.locator(".field-left")).to_contain_text("too many: use at most 4,000")
    alice.get_by_role("button", name="Save note").click()
    refusal = alice.get_by_role("alert").filter(has_text="Use at most 4,000 characters. This has")
    expect(refusal).to_be_visible(timeout=PATIENT_MS)
    assert note.input_value() == text
    expect(note).to_be_focused()


def test_a_half_written_note_outlives_a_refresh_and_not_a_send(people):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "A half note", ("Ilse", "Halfway", "0491 570 156", "ilse.halfway@example.com"))
    alice.goto(f"{deal}/notes")
    note = alice.get_by_label("Note", exact=True)
    expect(alice.get_by_text("Only the team reads this.")).to_be_visible(timeout=PATIENT_MS)
    note.fill("She calls back on Fri")
    alice.reload()
    expect(note).to_have_value("She calls back on Fri", timeout=PATIENT_MS)
    expect(alice.get_by_text("We kept what you were writing.")).to_be_visible()
    alice.get_by_role("button", name="Save note").click()
    expect(alice.get_by_role("article").filter(has_text="She calls back on Fri").first).to_be_visible(
        timeout=PATIENT_MS
    )
    alice.wait_for_timeout(1000)
    alice.reload()
    expect(alice.get_by_role("article").first).to_be_visible(timeout=PATIENT_MS)
    alice.wait_for_timeout(1000)
    expect(note).to_have_value("")


def test_escape_on_add_deal_asks_before_two_people_are_lost(people):
    alice = enter_as(people.open(), "Alice")
    alice.goto("/board")
    alice.get_by_role("button", name="Add deal").first.click()
    alice.get_by_label("First name").first.fill("Ada")
    alice.get_by_role("button", name="Add another contact").click()
    alice.get_by_label("First name").nth(1).fill("Grace")
    alice.keyboard.press("Escape")
    alice.get_by_role("button", name="Keep writing").click()
    expect(alice.get_by_label("First name").first).to_have_value("Ada")
    expect(alice.get_by_label("First name").nth(1)).to_have_value("Grace")
    alice.keyboard.press("Escape")
    alice.get_by_role("button", name="Leave").click()
    expect(alice.get_by_label("First name")).to_have_count(0, timeout=PATIENT_MS)
