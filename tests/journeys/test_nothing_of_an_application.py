"""A client with two applications, each with a broker of its own: nothing of one is in the other."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.marks import MARK
from tests.journeys.steps import PATIENT_MS, agree, enter_as, invite
from tests.journeys.tabs import Tab

pytestmark = pytest.mark.browser

CLIENT = "Siobhán O’Dea"
HER_BROKER, OTHER_BROKER = "Alice", "Hēmi"
# Whatever can be filled, or tells of somebody.
PAGES = ("/portal/messages", "/portal/documents", "/portal/profile/applicant.personal_details", "/portal/privacy")


def second_application(people) -> None:
    """A colleague adds a deal for the client whom the firm knows, and invites her."""
    broker = enter_as(people.open(), OTHER_BROKER)
    broker.get_by_role("button", name="Add deal").first.click()
    broker.get_by_label("Deal name").fill("Secret second application")
    broker.get_by_label("Value").fill("310,000")
    broker.get_by_label("Find an existing contact").fill("Siobhán")
    broker.get_by_role("dialog").get_by_role("button", name=re.compile(CLIENT)).click()
    broker.get_by_role("button", name="Save", exact=True).click()
    broker.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}"))
    invite(broker, re.search(r"/deals/[0-9a-f-]{36}", broker.url).group(0), CLIENT)


def go_to_the_other(page: Page, broker: str) -> None:
    page.goto("/portal")
    card = page.get_by_role("listitem").filter(has_text=broker)
    # As a hasty hand does: one application is opened, and nothing is refused.
    card.get_by_role("button", name=re.compile("^Open")).first.click(click_count=3)
    expect(page.get_by_role("link", name=f"Call {broker}").first).to_be_visible(timeout=PATIENT_MS)
    expect(page.locator(".toast.is-bad, .banner.is-bad")).to_have_count(0)


def test_nothing_of_one_application_is_in_the_next(people):
    second_application(people)
    page = enter_as(people.open(width=390), "Siobhán")
    page.goto("/portal")
    page.get_by_role("button", name=re.compile(f"^Open .*{OTHER_BROKER}")).first.click()
    agree(page)
    tab, faults = Tab(page), []
    fresh = {}
    for path in PAGES:
        tab.afresh(path)
        fresh[path] = tab.looks()
    for path in PAGES:
        go_to_the_other(page, HER_BROKER)
        tab.open(path)
        filled = tab.fill()
        go_to_the_other(page, OTHER_BROKER)
        tab.frames.clear()
        tab.open(path)
        different = tab.wait_for(fresh[path])
        told = tab.told(MARK, HER_BROKER)
        if different or told or MARK in page.content():
            faults.append(f"{path} ({filled} filled): {different} {told[:2]}")
    assert not faults, "\n".join(faults)
