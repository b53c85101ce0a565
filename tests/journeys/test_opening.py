"""From a link to another deal until the server's first word, the page before doesn't stand there as if it were that."""

import re
import time

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.journeys.steps import PATIENT_MS, enter_as
from tests.journeys.tabs import HOP
from tests.journeys.test_nothing_of_a import A, B

pytestmark = pytest.mark.browser
ASKED, TYPED = "What do you need now?", "Typed on the first deal"


class Held:
    """Passes on what a page and the server say to each other; what the server says waits while `holds`."""

    def __init__(self, page: Page) -> None:
        self.holds = False
        self.heard: list[str] = []
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket(re.compile("/_event"), self._through)

    def _through(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._say(socket, message))
        socket.on_message(lambda message: self._hear(server, message))

    def _hear(self, server: WebSocketRoute, message: str | bytes) -> None:
        self.heard.append(str(message))
        server.send(message)

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


def test_what_is_typed_last_is_kept_for_the_deal_that_it_was_typed_on(people):
    """Back, before the field was left: the fields of one deal still stand there while the address is the next one's."""
    page = people.open()
    server = Held(page)
    enter_as(page, "Alice")
    first, second = (page.get_by_role("link", name=name).first.get_attribute("href") for name in (A, B))
    for deal, name in ((second, B), (first, A)):
        page.evaluate(HOP, f"{deal}/profile?page=needs")
        expect(page.get_by_role("heading", level=1).filter(has_text=name)).to_be_visible(timeout=PATIENT_MS)
        expect(page.get_by_label(ASKED, exact=True).first).to_be_visible(timeout=PATIENT_MS)
    server.holds = True
    page.get_by_label(ASKED, exact=True).first.fill(TYPED)
    page.go_back()
    give_up = time.monotonic() + 10
    while not any(TYPED in each for each in server.heard) and time.monotonic() < give_up:
        page.wait_for_timeout(50)
    server.let_go()
    expect(page.get_by_role("heading", level=1).filter(has_text=B)).to_be_visible(timeout=PATIENT_MS)
    expect(page.get_by_text("Saving…")).to_have_count(0, timeout=PATIENT_MS)
    for deal, has_it in ((second, False), (first, True)):
        page.goto(f"{deal}/profile?page=needs")
        asked = page.get_by_label(ASKED, exact=True).first
        expect(asked).to_be_visible(timeout=PATIENT_MS)
        (expect(asked).to_have_value if has_it else expect(asked).not_to_have_value)(TYPED, timeout=PATIENT_MS)
