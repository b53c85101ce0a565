"""Pressed without a connection on one page, carried out for that page: whatever stands on the screen by then."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as
from tests.journeys.tabs import HOP
from tests.journeys.test_nothing_of_a import A, B

pytestmark = pytest.mark.browser

WORDS = "Rang about the trust deed, wants Thursday"


# A socket that can be cut, and after that none opens.
SOCKETS = """(() => {
  const Real = WebSocket, open = new Set();
  const refused = () => {
    const none = { readyState: 0, close() {}, send() {} };
    setTimeout(() => { none.onerror?.(new Event("error")); none.onclose?.({}); }, 50);
    return none;
  };
  window.WebSocket = class extends Real {
    constructor(...args) {
      if (window.isCut) return refused();
      super(...args);
      open.add(this);
    }
  };
  window.cut = () => { window.isCut = true; open.forEach((each) => each.close()); open.clear(); };
  window.mend = () => { window.isCut = false; };
})();"""


class Line:
    """The way between a page and us, which can be cut, and what the page said through it since it was mended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.said: list[str] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda sent: self.said.append(str(sent))))
        page.on("request", lambda sent: self.said.append(sent.post_data or "") if "_event" in sent.url else None)

    def cut(self) -> None:
        """As in a tunnel."""
        self._page.context.set_offline(True)
        self._page.evaluate("cut()")
        expect(self._page.locator(".offline-bar")).to_be_visible(timeout=PATIENT_MS)

    def mend(self) -> None:
        self.said.clear()
        self._page.evaluate("mend()")
        self._page.context.set_offline(False)
        expect(self._page.locator(".offline-bar")).to_have_count(0, timeout=PATIENT_MS)

    def came_from(self, handler: str) -> list[str]:
        """The addresses from which this handler was called since."""
        calls = re.findall(r'"name":"[^"]*?([\w.]+)".*?"router_data":(\{.*?\})', "\n".join(self.said))
        return [re.search(r'"pathname":"([^"]+)"', router)[1] for name, router in calls if name.endswith(handler)]


def with_a_line(people, **options) -> tuple[Page, Line]:
    page = people.open(prepare=lambda context: context.add_init_script(SOCKETS), **options)
    return page, Line(page)


def write_a_note(page: Page) -> None:
    page.get_by_label("Note", exact=True).fill(WORDS)
    page.get_by_role("button", name="Save note").click()


def send_a_note(page: Page) -> None:
    page.get_by_label(re.compile("^Write a note to")).fill(WORDS)
    page.get_by_role("button", name="Send note").click()


@pytest.mark.parametrize(
    ("who", "tail", "press", "handler"),
    [("Alice", "/notes", write_a_note, "notes_state.save"), ("Dev", "", send_a_note, "partner_deal_state.send_note")],
)
def test_what_is_pressed_on_one_deal_stays_there(people, who, tail, press: Callable, handler):
    page, line = with_a_line(people)
    enter_as(page, who)
    first, second = (page.get_by_role("link", name=name).first.get_attribute("href") for name in (A, B))
    heading = page.get_by_role("heading", level=1)
    page.evaluate(HOP, second + tail)
    expect(heading.filter(has_text=B)).to_be_visible(timeout=PATIENT_MS)
    page.evaluate(HOP, first + tail)
    expect(heading.filter(has_text=A)).to_be_visible(timeout=PATIENT_MS)
    # The heading comes first: without the box there would be nothing to press.
    expect(page.locator("main textarea").first).to_be_visible(timeout=PATIENT_MS)
    line.cut()
    press(page)
    press(page)  # impatient
    page.go_back()
    page.wait_for_url(f"**{second}{tail}")
    line.mend()
    expect(heading.filter(has_text=B)).to_be_visible(timeout=PATIENT_MS)
    assert set(line.came_from(handler)) == {first + tail}
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.reload()
    expect(heading.filter(has_text=B)).to_be_visible(timeout=PATIENT_MS)
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.evaluate(HOP, first + tail)
    expect(page.get_by_role("article").filter(has_text=WORDS)).to_have_count(1, timeout=PATIENT_MS)


def test_an_answer_given_on_one_page_stays_there_when_another_is_open(people):
    """The client portal is about one thing: its pages share their State, and differ by address."""
    page, line = with_a_line(people, width=390)
    enter_as(page, "Siobhán")
    page.goto("/portal/profile/applicant.personal_details")
    field = page.get_by_label("Middle name", exact=True)
    expect(field).to_be_visible(timeout=PATIENT_MS)
    page.evaluate(HOP, "/portal/messages")
    expect(page.get_by_label("Message", exact=True)).to_be_visible(timeout=PATIENT_MS)
    page.go_back()
    expect(field).to_be_visible(timeout=PATIENT_MS)
    line.cut()
    field.fill("Tunnel")
    page.go_forward()
    page.wait_for_url("**/portal/messages")
    line.mend()
    expect(page.get_by_label("Message", exact=True)).to_be_visible(timeout=PATIENT_MS)
    page.goto("/portal/profile/applicant.personal_details")
    expect(field).to_have_value("Tunnel", timeout=PATIENT_MS)
