"""From a link to another deal until the server's first word, the page before doesn't stand there as if it were that."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.journeys.steps import PATIENT_MS, enter_as
from tests.journeys.tabs import HOP
from tests.journeys.test_nothing_of_a import A, B

pytestmark = pytest.mark.browser


class Held:
    """Passes on what a page and the server say to each other; what the server says waits while `holds`."""

    def __init__(self, page: Page) -> None:
        self.holds = False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket(re.compile("/_event"), self._through)

    def _through(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._say(socket, message))

    def _say(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self.holds:
            self._waiting.append((socket, message))
        else:
            socket.send(message)

    def let_go(self) -> None:
        self.holds = False
        for socket, message in self._waiting:
            socket.send(message)
        self._waiting.clear()


@pytest.mark.parametrize("who", ["Alice", "Dev"])
def test_another_deal_is_opening_until_the_server_speaks(people, who):
    page = people.open()
    server = Held(page)
    enter_as(page, who)
    links = [page.get_by_role("link", name=name).first for name in (A, B)]
    first, second = (link.get_attribute("href") for link in links)
    links[0].click()
    heading, cover = page.get_by_role("heading", level=1), page.get_by_text("Opening…")
    expect(heading.filter(has_text=A)).to_be_visible(timeout=PATIENT_MS)
    expect(cover).to_have_count(0)
    server.holds = True
    page.evaluate(HOP, second)
    expect(cover).to_be_visible(timeout=PATIENT_MS)
    expect(heading.filter(has_text=A)).not_to_be_visible()
    assert not A.search(page.locator("body").inner_text())
    server.let_go()
    expect(heading.filter(has_text=B)).to_be_visible(timeout=PATIENT_MS)
    expect(cover).to_have_count(0)
    # Back again: the same; and within one deal nothing is covered.
    server.holds = True
    page.go_back()
    expect(page).to_have_url(re.compile(f"{first}$"), timeout=PATIENT_MS)
    expect(cover).to_be_visible(timeout=PATIENT_MS)
    assert not B.search(page.locator("body").inner_text())
    server.let_go()
    expect(heading.filter(has_text=A)).to_be_visible(timeout=PATIENT_MS)
    expect(cover).to_have_count(0)
    assert page.evaluate("document.documentElement.hasAttribute('data-opening')") is False
