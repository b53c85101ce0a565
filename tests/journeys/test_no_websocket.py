"""A network that lets no websocket through: everything works over plain HTTP, or the page says what is in the way."""

import re
import time

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from salestrekker_portal.demo.papers import one_page_pdf
from tests.journeys.steps import PATIENT_MS, add_deal, answer, come_in, enter_as, invite, link_and_pin, section
from tests.support.browsers import axe_violations
from tests.support.fixtures import people_of

pytestmark = pytest.mark.browser

EVENTS = "**/_event/**"
FORBIDDEN = "window.WebSocket = class { constructor() { throw new DOMException('no', 'SecurityError'); } };"
REFUSED = """window.WebSocket = class {
    constructor() {
        this.readyState = 0;
        setTimeout(() => { this.onerror?.(new Event("error")); this.onclose?.({}); }, 50);
    }
    close() {}
    send() {}
};"""
OPENS_AND_CLOSES = """window.WebSocket = class {
    constructor() {
        this.readyState = 0;
        setTimeout(() => { this.readyState = 1; this.onopen?.(new Event("open")); }, 50);
        setTimeout(() => { this.readyState = 3; this.onclose?.({}); }, 100);
    }
    close() {}
    send() {}
};"""
NEVER_OPENS = "window.WebSocket = class { constructor() { this.readyState = 0; } close() {} send() {} };"


def forbidden(context: BrowserContext) -> None:
    context.add_init_script(FORBIDDEN)


def refused(context: BrowserContext) -> None:
    context.add_init_script(REFUSED)


def never_opens(context: BrowserContext) -> None:
    context.add_init_script(NEVER_OPENS)


def opens_and_says_nothing(context: BrowserContext) -> None:
    context.route_web_socket("**/_event/**", lambda socket: None)


def opens_and_closes(context: BrowserContext) -> None:
    context.add_init_script(OPENS_AND_CLOSES)


def nothing_passes(context: BrowserContext) -> None:
    """Neither websockets nor events over HTTP; everything else does."""
    refused(context)
    context.route(EVENTS, lambda route: route.abort())


def polls(page: Page) -> list[str]:
    """The methods of the events that travelled over HTTP, filled as it goes."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.method) if "transport=polling" in request.url else None)
    return seen


@pytest.mark.parametrize(
    ("blocked", "mobile"),
    [(refused, "0491 570 950"), (opens_and_says_nothing, "0491 570 951")],
    ids=["refused", "opens_and_says_nothing"],
)
def test_the_clients_main_job(people, blocked, mobile):
    tag = blocked.__name__.replace("_", "")[:10]
    alice = enter_as(people.open(), "Alice")
    client = ("Noa", f"Wired{tag}", mobile, f"noa.{tag}@example.com")
    deal = add_deal(alice, f"Blocked {tag}", client, value="450,000")
    invite(alice, deal, f"{client[0]} {client[1]}")
    link, pin = link_and_pin(people.open(), client[3])

    noa = people.open(width=390, prepare=blocked)
    seen = polls(noa)
    come_in(noa, link, pin)
    section(noa, "applicant.personal_details")
    answer(noa, "Middle name", "Overhttp")
    noa.goto("/portal/messages")
    noa.get_by_label("Message", exact=True).fill("Does this arrive without a websocket?")
    noa.get_by_role("button", name="Send").click()
    expect(noa.get_by_label("Message", exact=True)).to_have_value("", timeout=PATIENT_MS)
    noa.goto("/portal/documents")
    paper = {"name": "payslip.pdf", "mimeType": "application/pdf", "buffer": one_page_pdf("Payslip", ["Paid."])}
    noa.locator("input[type=file]:not([capture])").first.set_input_files([paper])
    expect(noa.get_by_role("link", name="View payslip.pdf")).to_be_visible(timeout=PATIENT_MS)
    assert {"GET", "POST"} <= set(seen)
    assert not noa.locator(".offline-bar").count()

    # What the broker does still reaches the page by itself.
    alice.goto(f"{deal}/notes")
    expect(alice.locator("body")).to_contain_text("Does this arrive without a websocket?", timeout=PATIENT_MS)
    noa.goto("/portal/messages")
    expect(noa.locator("body")).to_contain_text("Does this arrive", timeout=PATIENT_MS)
    alice.get_by_label("Note", exact=True).fill("It does, and so does this.")
    share = alice.get_by_label("Share with client", exact=True).first
    if not share.is_checked():
        share.check()
    alice.get_by_role("button", name="Save note").click()
    expect(noa.locator("body")).to_contain_text("It does, and so does this.", timeout=PATIENT_MS)


@pytest.mark.parametrize("blocked", [forbidden, never_opens, opens_and_closes], ids=lambda each: each.__name__)
def test_however_it_is_blocked_the_page_lives(people, blocked):
    siobhan = enter_as(people.open(width=390, prepare=blocked), "Siobhán")
    section(siobhan, "applicant.personal_details")
    answer(siobhan, "Middle name", blocked.__name__.replace("_", ""))


def test_where_websockets_pass_nothing_else_is_used(people):
    page = people.open()
    seen = polls(page)
    enter_as(page, "Alice")
    expect(page.get_by_role("button", name="Add deal").first).to_be_visible()
    assert not seen


def test_polling_goes_over_to_a_websocket_when_one_opens(people):
    def unsure(context: BrowserContext) -> None:
        context.add_init_script("if (!window.opened) localStorage.setItem('portal-network', '{\"slow\":true}');")

    page = people.open(prepare=unsure)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    enter_as(page, "Alice")
    expect(page.get_by_role("button", name="Add deal").first).to_be_visible()
    page.wait_for_function("localStorage.getItem('portal-network') === null", timeout=PATIENT_MS)
    assert any("sid=" in url for url in sockets)
    page.get_by_role("button", name="Add deal").first.click()
    expect(page.get_by_label("Deal name")).to_be_visible()


def test_the_bar_says_what_is_in_the_way(people, tmp_path):
    page = enter_as(people.open(width=360), "Siobhán")
    section(page, "applicant.personal_details")
    bar = page.locator(".offline-bar")
    page.context.set_offline(True)
    expect(bar).to_contain_text("You're offline. What you type is kept and sent when you're back.")
    call = bar.get_by_role("link", name="Call Alice")
    expect(call).to_have_attribute("href", re.compile(r"^tel:.*\d"))
    assert not axe_violations(page)
    page.screenshot(path=tmp_path / "offline-360.png")
    page.context.set_offline(False)
    expect(bar).to_have_count(0, timeout=PATIENT_MS)

    for width, dark in ((360, False), (360, True), (1280, False), (1280, True)):
        # The page behind the link of an invitation waits for its first event, and would be grey for ever.
        stuck = people.open("/portal/never-sent", width=width, dark=dark, prepare=nothing_passes)
        expect(stuck.locator(".offline-bar")).to_contain_text("This network is blocking our page", timeout=30_000)
        assert not axe_violations(stuck)
        assert stuck.evaluate("document.documentElement.scrollWidth <= innerWidth")
        stuck.get_by_text("What usually helps").click()
        expect(stuck.get_by_text("Switch your phone from wi-fi to mobile data.")).to_be_visible()
        stuck.screenshot(path=tmp_path / f"blocked-{width}-{'dark' if dark else 'light'}.png")
    stuck.context.unroute_all()
    stuck.get_by_role("button", name="Try again now").click()
    expect(stuck.locator(".offline-bar")).to_have_count(0, timeout=PATIENT_MS)


def test_a_client_whom_the_network_cuts_off_is_told_whom_to_call(people, tmp_path):
    page = enter_as(people.open(width=360), "Siobhán")
    nothing_passes(page.context)
    page.goto("/portal/profile")  # nothing of it comes, and so not the number either
    bar = page.locator(".offline-bar")
    expect(bar).to_contain_text("This network is blocking our page", timeout=30_000)
    page.screenshot(path=tmp_path / "cut-off-360.png")
    with page.context.expect_page() as opened:
        bar.get_by_role("link", name="Call us").click()
    expect(opened.value.get_by_role("link", name="Call Alice")).to_have_attribute("href", re.compile(r"^tel:\+\d+$"))
    assert not axe_violations(opened.value)
    opened.value.screenshot(path=tmp_path / "call-360.png")


def test_nobody_at_home_is_not_called_a_blocking_network(request, chromium, own_server):
    for people in people_of(request, chromium, own_server):
        page = enter_as(people.open(), "Alice")
        own_server.kill()
        bar = page.locator(".offline-bar")
        expect(bar).to_contain_text("We can't be reached from here right now", timeout=30_000)
        own_server.restart()
        expect(bar).to_have_count(0, timeout=30_000)
        page.get_by_role("button", name="Add deal").first.click()
        expect(page.get_by_label("Deal name")).to_be_visible()


def test_a_page_that_polls_may_say_nothing_for_a_while(server):
    """Whoever says nothing for ten seconds is shown out; a request that waits for its answer is not."""
    with httpx.Client(base_url=server.url, headers={"origin": server.url}, timeout=60) as browser:
        address = "/_event/?EIO=4&transport=polling&token=polls-quietly"
        address += "&sid=" + httpx.Response(200, content=browser.get(address).text[1:]).json()["sid"]
        assert browser.post(address, content="40/_event,").text == "OK"
        began = time.monotonic()
        while not (said := browser.get(address)).text.startswith("2"):  # until the server asks who is there
            assert said.status_code == 200, said.text
        assert time.monotonic() - began > 20
        assert browser.post(address, content="3").text == "OK"
