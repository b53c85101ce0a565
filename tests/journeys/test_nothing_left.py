"""What lay open, chosen or typed in one deal isn't there in the next, whichever way one goes."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import add_deal, enter_as

pytestmark = pytest.mark.browser

ROBIN = ("Robin", "Hale", "0491 570 156", "robin.hale@example.com")
SASHA = ("Sasha", "Dunn", "0491 570 157", "sasha.dunn@example.com")
TYPED = "Only for the first deal"


def go(page: Page, path: str) -> None:
    """Within the page, as a link goes: no reload, so everything in the tab survives that may survive."""
    page.evaluate("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", path)


def test_nothing_of_one_deal_is_open_or_typed_in_the_next(people):
    page = enter_as(people.open(), "Alice")
    first = add_deal(page, "First of two", ROBIN)
    second = add_deal(page, "Second of two", SASHA)

    page.goto(f"{first}/notes")
    note = page.locator("textarea").first
    note.fill(TYPED)
    go(page, f"{second}/notes")
    expect(page.get_by_role("heading", name="Second of two").first).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("")

    page.goto(f"{first}/required-documents")
    page.get_by_role("button", name="Add from template").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    go(page, "/board")
    page.wait_for_url("**/board")
    go(page, f"{second}/required-documents")
    expect(page.get_by_role("heading", name="Second of two").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.goto(f"{first}/share")
    page.get_by_text("Ask for bank statements").wait_for()
    page.get_by_role("radio", name="Yes").click(force=True)
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    go(page, f"{second}/share")
    expect(page.get_by_role("button", name="Sasha Dunn")).to_be_visible()
    expect(page.get_by_role("radio", name="No")).to_be_checked()
    expect(page.locator("body")).not_to_contain_text("Robin")
