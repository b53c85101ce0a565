"""Seven households hand in their fact find: what is special of each is typed by hand, from the check and back to it."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.build import ROOT
from salestrekker_portal.tables.access import Portal
from tests.cast import COOKIES
from tests.journeys.steps import PATIENT_MS, answer, choose, pick, tick
from tests.support.browsers import axe_violations
from tests.support.fixtures import People
from tests.support.server import PortalServer, clean_environment
from tests.support.seven import SEVEN

pytestmark = pytest.mark.browser

Tokens = dict[str, str]


@pytest.fixture(scope="module")
def server(bundle, demo_template, tmp_path_factory) -> Iterator[PortalServer]:
    """The demonstration with the seven in it."""
    running = PortalServer.from_template(demo_template, tmp_path_factory.mktemp("seven") / "data")
    made = subprocess.run(
        [sys.executable, "-m", "tests.support.seven"],
        cwd=ROOT, env=clean_environment(PORTAL_MODE="demo", PORTAL_DATA=str(running.data)),
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-4000:]
    running.tokens = json.loads(made.stdout.strip().splitlines()[-1])
    yield running.start()
    running.stop()


def _looks_for_a_home(page: Page) -> None:
    choose(page, "Have you found it?", "Still looking")
    pick(page, "In which state?", "NSW")
    answer(page, "Price, or the most you would pay", "700,000")
    choose(page, "What is it?", "Established home")
    choose(page, "Will you stop paying rent once you have it?", "Yes")


def _pays_out_a_debt(page: Page) -> None:
    tick(page, "A home to live in")
    tick(page, "Money out of my property")


def _is_paid_abroad(page: Page) -> None:
    pick(page, "Which currency are you paid in?", "Singapore dollars")


def _borrows_in_retirement(page: Page) -> None:
    answer(page, "How old is the youngest person who lives there?", "74")
    choose(page, "Does anybody live there who will not be on the loan?", "Yes")
    answer(page, "Who?", "My sister Bea, 70")
    choose(page, "How would you like the money?", "When I need it")
    choose(page, "Have you seen how the debt grows, and what is left of your home?", "Yes")
    choose(page, "Have you thought about your pension, aged care, and what you leave behind?", "Yes")


def _is_a_company(page: Page) -> None:
    choose(page, "What is it?", "Private company")
    answer(page, "Legal name", "Rye Pty Ltd")
    answer(page, "ABN", "51 824 753 556")
    answer(page, "ACN", "004 085 616")
    choose(page, "Registered for GST?", "Yes")
    answer(page, "What does it do?", "Bakes bread")


def _has_kiwisaver(page: Page) -> None:
    choose(page, "Will you use it for the deposit?", "Yes")
    choose(page, "Do you meet the rules for a first-home withdrawal?", "Yes")
    answer(page, "How much would you take out?", "42,000")
    expect(page.get_by_role("alert").filter(has_text="you can take out $41,000.00")).to_be_visible(timeout=PATIENT_MS)
    answer(page, "How much would you take out?", "41,000")


def _wants_a_car(page: Page) -> None:
    answer(page, "Over how many years?", "5")


BY_HAND: dict[str, Callable[[Page], None]] = {
    "couple with guarantor": _looks_for_a_home, "separated owner": _pays_out_a_debt, "expat": _is_paid_abroad,
    "retiree": _borrows_in_retirement, "company with two directors": _is_a_company,
    "NZ couple with KiwiSaver": _has_kiwisaver, "personal loan": _wants_a_car,
}  # fmt: skip


def test_each_of_the_seven_has_its_hand():
    assert list(BY_HAND) == [case.name for case in SEVEN]


def _look(page: Page, where: str) -> None:
    """Nothing serious for axe. The whole page is in the window: what the bar at its foot covers is out of sight."""
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": 390, "height": max(844, whole)})
    assert not (found := axe_violations(page)), (where, found)
    page.set_viewport_size({"width": 390, "height": 844})


@pytest.mark.parametrize("name", BY_HAND)
def test_a_household_is_handed_in(people: People, server: PortalServer, name: str):
    cookie = {"name": COOKIES[Portal.CLIENT], "value": server.tokens[name], "url": server.url}
    page = people.open("/portal/profile/review", width=390, prepare=lambda context: context.add_cookies([cookie]))
    missing = page.locator(".review-line").get_by_role("link")
    expect(missing.first).to_be_visible(timeout=PATIENT_MS)
    asked = missing.first.get_attribute("href").partition("#")[2]
    missing.first.click()
    page.wait_for_url(re.compile(r"/portal/profile/(?!review)"))
    # The focus is in what the link named: the field, or the first of its choices.
    expect(page.locator(":focus")).to_have_attribute("id", asked, timeout=PATIENT_MS)
    BY_HAND[name](page)
    _look(page, "the questions")
    page.get_by_role("link", name="Back to Check and submit").click()
    expect(page.get_by_role("heading", level=1, name="Check and submit")).to_be_focused(timeout=PATIENT_MS)
    expect(page.get_by_text("Nothing is missing.")).to_be_visible(timeout=PATIENT_MS)
    _look(page, "the check")
    page.get_by_role("button", name=re.compile("^Submit to")).click()
    expect(page.get_by_text(re.compile("^Sent to"))).to_be_visible(timeout=PATIENT_MS)
    _look(page, "sent")
