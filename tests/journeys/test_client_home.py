"""From the client's first page to everything else."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import enter_as

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_oracle_15_the_dashboard_and_the_menu_both_reach_documents(people, width):
    page = enter_as(people.open(width=width), "Siobhán")
    page.goto("/portal")
    page.get_by_role("link", name="See documents").click()
    expect(page.get_by_role("heading", level=1, name="Documents")).to_be_visible()
    page.goto("/portal")
    page.get_by_role("navigation").get_by_role("link", name="Documents").locator("visible=true").click()
    page.wait_for_url(re.compile("/portal/documents$"))
    expect(page.get_by_role("heading", level=1, name="Documents")).to_be_visible()
