"""Every main screen: nothing serious for axe, nothing wider than the phone, no script error; light and dark."""

import re

import pytest

from tests.journeys.steps import enter_as
from tests.support.browsers import axe_violations

pytestmark = pytest.mark.browser

BROKER = ("/board", "/board?view=list", "/contacts", "/partners", "{deal}", "{deal}/profile", "{deal}/share",
          "{deal}/required-documents", "{deal}/documents", "{deal}/notes", "{deal}/activity")  # fmt: skip
CLIENT = ("/portal", "/portal/profile/applicant.personal_details", "/portal/profile/liabilities.cards",
          "/portal/profile/expenses.general", "/portal/profile/review", "/portal/documents", "/portal/messages",
          "/portal/privacy")  # fmt: skip
PARTNER = ("/partner", "/partner/refer", "/partner/settings/account")
PUBLIC = ("/", "/outbox", "/sign-in", "/partner/sign-in", "/forgot-password", "/portal/unknown-link", "/no-such-page")


def _look(page, paths, faults: list[str]) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_timeout(1200)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wider > 0:
            faults.append(f"{path} is {wider} px too wide at {page.viewport_size['width']}")
        faults.extend(f"{path}: {violation}" for violation in axe_violations(page))


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, False), (360, True), (1280, True)])
def test_the_screens_of_everybody(people, width, dark):
    faults: list[str] = []
    _look(people.open(width=width, dark=dark), PUBLIC, faults)
    alice = enter_as(people.open(width=width, dark=dark), "Alice")
    alice.goto("/board?view=list")
    link = alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first
    deal = link.get_attribute("href")
    _look(alice, [path.format(deal=deal) for path in BROKER], faults)
    _look(enter_as(people.open(width=width, dark=dark), "Siobhán"), CLIENT, faults)
    dev = enter_as(people.open(width=width, dark=dark), "Dev")
    followed = dev.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.get_attribute("href")
    _look(dev, (*PARTNER, followed), faults)
    assert not faults, "\n".join(faults)
