"""An address on a phone and by keyboard: a suburb that is picked brings its state and postcode; typing never waits."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as, section
from tests.journeys.translator import TRANSLATOR
from tests.support.browsers import axe_violations

pytestmark = pytest.mark.browser

SENT = re.compile(r'\.(pick|save)"')


def _addresses(people, *, width: int = 360, translated: bool = False) -> Page:
    page = people.open(width=width)
    if translated:
        page.add_init_script(TRANSLATOR)
    enter_as(page, "Siobhán")
    section(page, "applicant.addresses")
    _is_filled(page)
    return page


def _is_filled(page: Page) -> None:
    """What was answered before stands in the field, which is there a moment earlier."""
    expect(_suburb(page)).to_be_editable(timeout=PATIENT_MS)
    expect(_suburb(page)).to_have_value(re.compile("."), timeout=PATIENT_MS)


def _suburb(page: Page):
    return page.locator("[id$=':current_suburb']")


def _field(page: Page, part: str):
    return page.locator(f"[id$=':current_{part}']")


def _offers(page: Page):
    return page.locator(".offers-list:not([hidden]) [role=option]")


def _type(page: Page, text: str) -> None:
    _suburb(page).fill("")
    _suburb(page).press_sequentially(text, delay=20)
    expect(_offers(page).first).to_be_visible(timeout=PATIENT_MS)


def _stands(page: Page, suburb: str, state: str, postcode: str) -> None:
    expect(_suburb(page)).to_have_value(suburb, timeout=PATIENT_MS)
    expect(_field(page, "state")).to_have_value(state, timeout=PATIENT_MS)
    expect(_field(page, "postcode")).to_have_value(postcode, timeout=PATIENT_MS)


def test_by_keyboard_one_pick_fills_three_fields_in_one_save(people):
    page = _addresses(people, width=1280)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda payload: frames.append(str(payload))))
    page.reload()
    _is_filled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/places" in request.url else None)
    _type(page, "richm")
    assert len(asked) <= 3, "not one question a key"
    box = _suburb(page)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert axe_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("richm")
    _type(page, "richmond vic")
    del frames[:]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _stands(page, "Richmond", "vic", "3121")
    expect(box).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    sent = [found.group(1) for frame in frames if (found := SENT.search(frame))]
    assert sent == ["pick"], sent
    page.reload()
    _stands(page, "Richmond", "vic", "3121")


def test_on_a_phone_a_tap_picks_and_a_postcode_finds_its_suburbs(people):
    page = _addresses(people)
    code = _field(page, "postcode")
    code.fill("")
    code.press_sequentially("2299", delay=20)
    lambton = _offers(page).filter(has_text=re.compile("^Lambton")).first
    expect(lambton).to_be_visible(timeout=PATIENT_MS)
    assert lambton.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lambton.click()
    expect(_suburb(page)).to_have_value("Lambton", timeout=PATIENT_MS)
    expect(_field(page, "state")).to_have_value("nsw", timeout=PATIENT_MS)


def test_what_no_list_has_is_kept_and_without_a_network_typing_goes_on(people):
    page = _addresses(people)
    page.route("**/places*", lambda route: route.abort())
    _suburb(page).fill("")
    _suburb(page).press_sequentially("Nowhere Upon Sea", delay=10)
    page.wait_for_timeout(600)
    expect(_offers(page)).to_have_count(0)
    _suburb(page).blur()
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    page.reload()
    expect(_suburb(page)).to_have_value("Nowhere Upon Sea", timeout=PATIENT_MS)


def test_on_a_translated_page_names_of_places_stay_names(people):
    page = _addresses(people, translated=True)
    page.evaluate("translatePage()")
    _type(page, "lambt")
    page.wait_for_timeout(200)
    expect(_offers(page).first).to_contain_text("Lambton")
    _type(page, "richmond tas")
    _offers(page).first.click()
    _stands(page, "Richmond", "tas", "7025")


def test_a_broker_is_offered_the_same_and_escape_leaves_the_drawer_open(people):
    page = enter_as(people.open(), "Alice")
    page.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    page.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}"))
    page.goto(re.search(r"/deals/[0-9a-f-]{36}", page.url).group(0) + "/loans")
    page.get_by_role("button", name=re.compile("Add (a )?security")).first.click()
    drawer = page.get_by_role("dialog")
    box = drawer.get_by_label("Address, or what it is")
    box.press_sequentially("14 Kestrel Street, lambt", delay=10)
    expect(_offers(page).first).to_be_visible(timeout=PATIENT_MS)
    page.keyboard.press("Escape")
    expect(_offers(page)).to_have_count(0)
    expect(drawer).to_be_visible()
    box.press_sequentially("o")
    expect(_offers(page).first).to_be_visible(timeout=PATIENT_MS)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("14 Kestrel Street, Lambton NSW 2299")
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="14 Kestrel Street, Lambton NSW 2299")).to_be_visible(timeout=PATIENT_MS)
