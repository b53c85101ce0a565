"""A date of the calendar goes to another day: by mouse, by keys alone, and back by Undo."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser


def a_settlement(page: Page) -> tuple[Locator, str, str, str]:
    """The first of the month: itself wherever it stands, its day, the day after that and the week after that."""
    page.goto("/board?view=calendar")
    first = page.locator('.calendar-days .calendar-item[data-carry^="settlement:"]').first
    expect(first).to_be_visible(timeout=PATIENT_MS)
    carry = first.get_attribute("data-carry")
    days = page.locator("[data-day]").evaluate_all("all => all.map(each => each.dataset.day)")
    here = page.locator("[data-day]", has=page.locator(f'[data-carry="{carry}"]')).get_attribute("data-day")
    place = days.index(here)
    return page.locator(f'[data-carry="{carry}"]'), here, days[place + 1], days[place + 7]


def expect_on(page: Page, item: Locator, day: str) -> None:
    expect(page.locator(f'[data-day="{day}"]').filter(has=item)).to_have_count(1, timeout=PATIENT_MS)


def test_a_settlement_goes_a_day_on_by_mouse_and_keys_and_comes_back(people):
    page = enter_as(people.open(), "Alice")
    item, here, after, week_after = a_settlement(page)
    item.drag_to(page.locator(f'[data-day="{after}"]'))
    expect_on(page, item, after)
    page.get_by_role("button", name="Undo").click()
    expect_on(page, item, here)

    item.focus()
    for key in ("Space", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    expect_on(page, item, here)
    for key in ("Space", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("[data-over]")).to_have_attribute("data-day", week_after)
    page.keyboard.press("Space")
    expect_on(page, item, week_after)
    # Whoever carried it goes on from it.
    expect(item).to_be_focused()
    for key in ("Space", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect_on(page, item, here)


def test_a_deal_of_the_forecast_goes_to_the_next_month_by_mouse_and_keys_and_comes_back(people):
    page = enter_as(people.open(), "Alice")
    page.goto("/board?view=forecast")
    months = page.locator("[data-day]:not([data-shut])")
    expect(months.first).to_be_visible(timeout=PATIENT_MS)
    card = months.nth(0).locator("[data-carry]").first
    carry = card.get_attribute("data-carry")
    here, after, later = (months.nth(number).get_attribute("data-day") for number in range(3))
    item = page.locator(f'[data-carry="{carry}"]')
    item.drag_to(page.locator(f'[data-day="{after}"]'))
    expect_on(page, item, after)
    page.get_by_role("button", name="Undo").click()
    expect_on(page, item, here)
    item.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect_on(page, item, later)
    expect(item).to_be_focused()
