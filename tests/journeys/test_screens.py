"""Every main screen: nothing serious for axe, nothing wider than the phone, no script error; light and dark."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import enter_as
from tests.support.browsers import axe_violations

pytestmark = pytest.mark.browser

BROKER = ("/board", "/board?view=list", "/contacts", "/partners", "/settings", "{deal}", "{deal}/profile",
          "{deal}/share", "{deal}/required-documents", "{deal}/documents", "{deal}/notes",
          "{deal}/activity")  # fmt: skip
CLIENT = ("/portal", "/portal/profile/applicant.personal_details", "/portal/profile/liabilities.cards",
          "/portal/profile/expenses.general", "/portal/profile/review", "/portal/documents", "/portal/messages",
          "/portal/privacy")  # fmt: skip
PARTNER = ("/partner", "/partner/refer", "/partner/settings/account")
PUBLIC = ("/", "/outbox", "/sign-in", "/partner/sign-in", "/forgot-password", "/portal/unknown-link", "/no-such-page")


SIZES, THEMES = ((360, 800), (1280, 900)), ("light", "dark")
BUSY = ".skeleton, [aria-busy=true]"


def _look(page: Page, paths: Sequence[str], faults: set[str]) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.locator(BUSY)).to_have_count(0)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wider > 0:
                faults.add(f"{path} is {wider} px too wide at {width}")
            # The whole page at once: what a bar at the bottom covers can be scrolled, and has no small target.
            whole = page.evaluate("document.documentElement.scrollHeight + 200")
            page.set_viewport_size({"width": width, "height": max(height, whole)})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colours half way
                faults.update(f"{path} at {width} {theme}: {violation}" for violation in axe_violations(page))


def _deal(page: Page) -> str:
    return page.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.get_attribute("href")


def _public(people):
    return people.open(), PUBLIC


def _broker(people):
    page = enter_as(people.open(), "Alice")
    deal = _deal(page)
    return page, [path.format(deal=deal) for path in BROKER]


def _client(people):
    return enter_as(people.open(), "Siobhán"), CLIENT


def _partner(people):
    page = enter_as(people.open(), "Dev")
    return page, (*PARTNER, _deal(page))


@pytest.mark.parametrize("who", [_public, _broker, _client, _partner])
def test_the_screens_of_everybody(people, who):
    faults: set[str] = set()
    _look(*who(people), faults)
    assert not faults, "\n".join(sorted(faults))


def test_dark_colours_follow_the_system(people):
    light, dark = (people.open("/sign-in", dark=on) for on in (False, True))
    grounds = {page.evaluate("getComputedStyle(document.body).backgroundColor") for page in (light, dark)}
    assert len(grounds) == 2
