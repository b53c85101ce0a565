"""What is done before the page's script has come to life is not lost: pressed, typed, chosen, or a key of the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser


def _slow(page: Page) -> None:
    """From now on the page's script comes 700 ms late."""

    def slowly(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/assets/entry.client*", slowly)


def test_an_early_press_is_not_lost(people):
    page = enter_as(people.open(), "Alice")
    _slow(page)
    page.goto("/board", wait_until="commit")
    page.get_by_role("button", name="Add deal").first.click()
    expect(page.get_by_label("Deal name")).to_be_visible(timeout=PATIENT_MS)


def test_an_early_key_of_the_page_is_not_lost(people):
    page = enter_as(people.open(), "Alice")
    _slow(page)
    page.goto("/board", wait_until="commit")
    page.locator("main").wait_for()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search everywhere")).to_be_visible(timeout=PATIENT_MS)


def test_early_words_and_choices_are_not_put_back(people):
    page = enter_as(people.open(width=390), "Dev")
    _slow(page)
    page.goto("/partner/refer", wait_until="commit")
    agrees = page.get_by_label("My client agrees that I pass on their details")
    agrees.check()
    page.get_by_label("First name").press_sequentially("Marika")
    page.get_by_label("Last name").press_sequentially("O’Dea", delay=120)
    expect(page.get_by_label("Broker").locator("option")).not_to_have_count(1, timeout=PATIENT_MS)
    page.wait_for_timeout(500)
    expect(page.get_by_label("First name")).to_have_value("Marika")
    expect(page.get_by_label("Last name")).to_have_value("O’Dea")
    expect(agrees).to_be_checked()
