"""Without a mouse, in two tabs, and by the browser's own buttons."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from salestrekker_portal.demo import cast
from tests.journeys.steps import PATIENT_MS, enter_as, section

pytestmark = pytest.mark.browser
ALICE = next(person for person in cast.STAFF if person.key == "alice")

# The element with the focus, or what stands for it (a card around a hidden radio), has a ring.
FOCUS = """() => {
    const ringed = element => {
        const look = getComputedStyle(element);
        return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
    };
    for (let at = document.activeElement, up = 0; at && up < 4; at = at.parentElement, up++)
        if (at === document.body || ringed(at) || [...at.children].some(ringed)) return true;
    return false;
}"""


def stage_of(page: Page, deal: re.Pattern):
    """The board's column that holds the deal, by its name."""
    return page.locator("section").filter(has=page.get_by_role("article", name=deal)).get_by_role("heading", level=2)


def tab_to(page: Page, what, times: int = 80) -> None:
    """Press Tab until the element has the focus, and see that each stop shows it."""
    for _ in range(times):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if what.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("it can't be reached with Tab")


def press_when_it_listens(page: Page, key: str, shown: Locator) -> None:
    """Press a key of the page until what it opens is there: the first cards come before the scripts that hear keys."""
    for _ in range(PATIENT_MS // 2_000):
        page.keyboard.press(key)
        try:
            return expect(shown).to_be_visible(timeout=2_000)
        except AssertionError:
            continue
    raise AssertionError(f"nothing came of {key}")


def test_a_card_moves_with_its_menu_and_by_keys(people):
    alice = enter_as(people.open(), "Alice")
    deal = re.compile("O’Dea & Rewi")
    card = alice.get_by_role("article", name=deal)
    expect(card).to_be_visible(timeout=PATIENT_MS)
    other = enter_as(people.open(), "Ravi")
    expect(other.get_by_role("article", name=deal)).to_be_visible(timeout=PATIENT_MS)
    before = re.compile("^Fact find")
    expect(stage_of(alice, deal)).to_have_text(before)
    card.get_by_role("button", name=re.compile("^Move")).click()
    alice.get_by_role("menuitem", name=re.compile("^Preparing")).click()
    for page in (alice, other):
        expect(stage_of(page, deal)).to_have_text(re.compile("^Preparing"), timeout=PATIENT_MS)

    alice.get_by_role("link", name=deal).first.focus()
    alice.keyboard.press("m")
    expect(alice.get_by_role("menu")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(alice.get_by_role("menu")).to_have_count(0)
    alice.get_by_role("link", name=deal).first.focus()
    alice.keyboard.press("Space")
    alice.keyboard.press("ArrowLeft")
    alice.keyboard.press("Space")
    for page in (alice, other):
        expect(stage_of(page, deal)).to_have_text(before, timeout=PATIENT_MS)
    alice.reload()
    expect(alice.get_by_role("article", name=deal)).to_be_visible(timeout=PATIENT_MS)
    expect(stage_of(alice, deal)).to_have_text(before)


def test_single_keys_go_places_press_what_is_there_and_can_be_turned_off(people):
    alice = enter_as(people.open(), "Alice")
    expect(alice.get_by_role("button", name="Add deal").first).to_be_visible(timeout=PATIENT_MS)
    sheet = alice.get_by_role("dialog", name="Keys")
    press_when_it_listens(alice, "?", sheet)
    expect(sheet.get_by_text("Search everywhere")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    alice.keyboard.type("gt")
    alice.wait_for_url(re.compile("/tasks"))
    title = alice.get_by_label("New task")
    expect(title).to_be_visible(timeout=PATIENT_MS)
    alice.keyboard.press("a")
    expect(title).to_be_focused()
    alice.keyboard.type("Ring n and g about ?")
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("checkbox", name="Ring n and g about ?")).to_be_visible(timeout=PATIENT_MS)
    alice.locator("body").press("n")
    expect(alice.get_by_label("Deal name")).to_be_focused(timeout=PATIENT_MS)
    alice.keyboard.press("Escape")
    expect(alice.get_by_label("Deal name")).to_have_count(0)
    alice.keyboard.press("?")
    sheet.get_by_role("switch", name="Single keys work in this browser").press("Space")
    alice.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    alice.keyboard.press("n")
    alice.keyboard.press("?")
    expect(sheet).to_be_visible()
    expect(alice.get_by_label("Deal name")).to_have_count(0)


def test_drawers_close_on_escape_and_give_the_focus_back(people):
    alice = enter_as(people.open(), "Alice")
    button = alice.get_by_role("button", name="Add deal").first
    button.focus()
    alice.keyboard.press("Enter")
    expect(alice.get_by_label("Deal name")).to_be_focused(timeout=PATIENT_MS)
    alice.keyboard.press("Escape")
    expect(alice.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_the_share_panel_by_keyboard_only(people):
    alice = enter_as(people.open(), "Alice")
    expect(alice.get_by_role("article", name=re.compile("Bianchi")).first).to_be_visible(timeout=PATIENT_MS)
    # Found by a name with a slip in it, and opened with the arrows.
    search = alice.get_by_role("dialog", name="Search everywhere")
    press_when_it_listens(alice, "Control+k", search)
    expect(search.get_by_role("searchbox")).to_be_focused()
    alice.keyboard.type("Bianhci")
    expect(search.get_by_text("Names close to it")).to_be_visible(timeout=PATIENT_MS)
    deal = search.locator("a[href*='/deals/']").first
    for _ in range(8):
        alice.keyboard.press("ArrowDown")
        if deal.evaluate("element => element === document.activeElement"):
            break
    alice.keyboard.press("Enter")
    alice.wait_for_url(re.compile("/deals/"))
    expect(search).to_have_count(0)
    tab_to(alice, alice.get_by_role("link", name="Client portal share"))
    alice.keyboard.press("Enter")
    panel = alice.get_by_role("dialog")
    expect(panel).to_be_visible(timeout=PATIENT_MS)
    person = panel.get_by_role("button", name=re.compile("Chiara"))
    tab_to(alice, person)
    alice.keyboard.press("Enter")
    expect(person).to_have_attribute("aria-pressed", "true")
    group = panel.get_by_role("radiogroup", name="Can see other applicants' details")
    expect(group).to_be_visible()
    checked = group.get_by_role("radio", checked=True).first
    tab_to(alice, checked)
    was = checked.get_attribute("value")
    alice.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", checked=True).first).not_to_have_attribute("value", was)
    tab_to(alice, panel.get_by_label("Flow"))
    tab_to(alice, panel.get_by_role("button", name=re.compile("^Invite")).last)
    assert panel.evaluate("dialog => dialog.contains(document.activeElement)")
    alice.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    alice.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}$"))


def test_two_tabs_of_one_person(people):
    first = enter_as(people.open(width=390), "Siobhán")
    section(first, "applicant.personal_details")
    second = first.context.new_page()
    section(second, "applicant.personal_details")
    second.get_by_label("Middle name", exact=True).fill("Second tab")
    second.get_by_label("Middle name", exact=True).blur()
    expect(first.get_by_label("Middle name", exact=True)).to_have_value("Second tab", timeout=PATIENT_MS)
    second.goto("/portal/messages")
    first.get_by_label("Middle name", exact=True).fill("First tab")
    first.get_by_label("Middle name", exact=True).blur()
    expect(first.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    expect(second.get_by_role("heading", level=1)).to_have_text("Messages")


def test_back_forward_reload_and_a_deep_link_through_sign_in(people):
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    expect(alice).to_have_url(re.compile("/deals/"))
    for name in ("Notes", "Documents"):
        alice.get_by_role("link", name=name, exact=True).click()
        # A second click while the first is still on its way would replace it: a browser keeps no entry of that.
        expect(alice).to_have_url(re.compile(f"/{name.lower()}$"))
    alice.go_back()
    expect(alice).to_have_url(re.compile("/notes$"))
    expect(alice.get_by_label("Note", exact=True)).to_be_visible()
    alice.go_back()
    alice.go_back()
    expect(alice).to_have_url(re.compile("/board"))
    expect(alice.get_by_role("article").first).to_be_visible()
    alice.go_forward()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("O’Dea & Rewi")
    alice.go_forward()
    alice.reload()
    expect(alice.get_by_label("Note", exact=True)).to_be_visible(timeout=PATIENT_MS)
    deep = alice.url

    later = people.open(deep)
    later.wait_for_url(re.compile("/sign-in\\?next="))
    later.get_by_label("Email").fill(ALICE.email)
    later.get_by_label("Password").fill(ALICE.password)
    later.get_by_role("button", name="Sign in").click()
    later.wait_for_url(deep)
    expect(later.get_by_label("Note", exact=True)).to_be_visible(timeout=PATIENT_MS)
