"""A button that is pressed before the page's script has come to life does what it says, a little later."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser


def test_an_early_press_is_not_lost(people):
    page = enter_as(people.open(), "Alice")

    def slowly(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/assets/entry.client*", slowly)
    page.goto("/board", wait_until="commit")
    page.get_by_role("button", name="Add deal").first.click()
    expect(page.get_by_label("Deal name")).to_be_visible(timeout=PATIENT_MS)
