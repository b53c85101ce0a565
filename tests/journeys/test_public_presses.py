"""What anybody may ask for, pressed twice and thrice: asked for once, and answered as the first press was."""

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS

pytestmark = pytest.mark.browser
CLICKS = pytest.mark.parametrize("clicks", [2, 3])


@pytest.fixture
def count(server) -> Callable[..., int]:
    """How many rows a statement finds in the database of the running server."""

    def counted(query: str) -> int:
        with sqlite3.connect(f"file:{server.data / 'portal.db'}?mode=ro", uri=True) as database:
            return database.execute(query).fetchone()[0]

    return counted


def no_refusal(page: Page) -> None:
    expect(page.locator(".toast.is-bad, .banner.is-bad, .field-error")).to_have_count(0)


@CLICKS
@pytest.mark.parametrize(
    ("path", "who", "button", "answer"),
    [
        ("/forgot-password", "ravi@harbour.example.com", "Send me a link", "Check your e-mail"),
        ("/partner/forgot-password", "dev@partners.example.com", "Send me a link", "Check your e-mail"),
        ("/portal/lost-link", "0491 570 313", "Send me my link", "Look at your e-mail"),
    ],
)
def test_a_link_that_is_asked_for_leaves_once(people, count, clicks, path, who, button, answer):
    page = people.open(path)
    asked = count("SELECT count(*) FROM intentions")
    page.get_by_role("textbox").first.fill(who)
    page.get_by_role("button", name=button).click(click_count=clicks)
    expect(page.get_by_text(answer).first).to_be_visible(timeout=PATIENT_MS)
    no_refusal(page)
    assert count("SELECT count(*) FROM intentions") == asked + 1
