"""Taps, keystrokes, screens and waiting of one person who fills in a whole fact find on a phone, and hands it in.

    python -m benchmarks.taps [--look FOLDER]

A phone 360 points wide, 150 ms away, 1.6 Mbit/s, a quarter of this machine's speed; a sole applicant's home loan in
Australia, from the first screen to "Sent": somebody with one job, one account, and nothing else, who gives every needed
answer and no other. A choice is a tap, a list to choose from two, a field one and its letters. Waiting is the time
from a press that leads on (to a screen, a new entry, "None of the rest", sending) until what it leads to is there.
"""

import argparse
import json
import re
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from benchmarks.phones import BYTES_A_SECOND, DELAY_MS, SLOWER
from salestrekker_portal.build import build
from tests.journeys.steps import add_deal, come_in, enter_as, invite, link_and_pin
from tests.support.browsers import launch_chromium
from tests.support.server import PortalServer, make_demo_data

CLIENT = ("Robin", "Vale", "0491 570 156", "robin.vale@example.com")
PATIENT_MS = 30_000
# What Robin types or picks, by a question's key; what is not here and not chosen is left to "None of the rest".
TYPED = {
    "date_of_birth": "27031986", "current_street_number": "12", "current_street_name": "Banksia Street",
    "current_suburb": "Newcastle", "current_postcode": "2300", "current_state": "nsw", "moved_in": "022019",
    "rent": "540", "licence_state": "nsw", "licence_number": "12345678", "licence_card_number": "1234567890",
    "licence_expires_on": "15062031", "basis": "full_time", "occupation": "Teacher", "started_on": "022018",
    "employer_name": "Southern Gum School", "gross_salary": "95000", "bank_name": "Southern Gum Bank",
    "balance": "31000", "groceries": "600", "clothing": "100", "medical": "60", "transport": "220",
    "telephone": "110", "recreation": "200", "primary_residence": "150", "reason": "Our first home", "price": "650000",
    "state": "nsw", "amount": "560000", "years": "30", "rent_frequency": "weekly", "gross_salary_frequency": "yearly",
}  # fmt: skip
# Cards; the answer is "no", or the first there is, where none stands here.
CHOSEN = {
    "marital_status": ("single",), "living_arrangement": ("renting",), "found": ("looking",),
    "rate_choice": ("not_sure",), "rent_ends": ("yes",),
}  # fmt: skip
# Ticks of a list, by their words: they have no value of their own.
TICKED = {"documents": ("Driver licence", "Birth certificate")}
# Lists in which Robin has an entry, by their titles, and of which kind.
ENTRIES = {"Work": "Salar", "Salary and wages": "", "Bank accounts": "", "What is the money for?": "Buy",
           "Your own money": "Saving"}
OPEN_QUESTIONS = """
() => [...document.querySelectorAll('.flow-main .q')].map((q) => {
  const control = q.querySelector('input:not(.unseen), select, textarea');
  if (!control || control.disabled || control.readOnly) return null;
  const group = q.querySelector('fieldset');
  const optional = /\\(optional\\)/.test(q.querySelector('.field-label')?.textContent ?? '');
  const role = group ? group.getAttribute('role') : '';
  const tick = !group && control.type === 'checkbox';
  const given = group ? [...group.querySelectorAll('input')].some((each) => each.type === 'text' || each.checked)
    : control.value !== '';
  return { id: control.id, kind: role || (tick ? 'tick' : control.tagName.toLowerCase()), optional, given };
}).filter((each) => each && !each.given && !each.optional && each.kind !== 'tick')
"""


class Thumb:
    """Somebody's thumb, and what it costs them."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.keys, self.screens, self.waited = page, 0, 0, 1, 0.0

    def tap(self, where: Locator) -> None:
        where.scroll_into_view_if_needed()
        where.tap()
        self.taps += 1

    def wait(self, until: Locator) -> None:
        began = time.monotonic()
        expect(until.first).to_be_visible(timeout=PATIENT_MS)
        self.waited += time.monotonic() - began

    def wait_count(self, what: Locator, count: int) -> None:
        began = time.monotonic()
        expect(what).to_have_count(count, timeout=PATIENT_MS)
        self.waited += time.monotonic() - began

    def type(self, field: Locator, text: str) -> None:
        self.tap(field)
        field.press_sequentially(text)
        self.keys += len(text)

    def saved(self) -> None:
        """Until nothing typed is on its way: no waiting, since the next question is there meanwhile."""
        expect(self.page.locator(".saved.is-waiting")).to_have_count(0, timeout=PATIENT_MS)


def answer(thumb: Thumb, asked: dict[str, str]) -> None:
    """One question, by its kind."""
    key, field = asked["id"].rpartition(":")[2], thumb.page.locator(f"[id='{asked['id']}']")
    if asked["kind"] in ("radiogroup", "group"):
        choices = thumb.page.locator("fieldset", has=field)
        ticks = choices.locator("label.tick")
        if ticks.count():
            for words in TICKED.get(key, ("",)):
                thumb.tap(ticks.filter(has_text=words).first)
            return
        for value in CHOSEN.get(key, ("no",)):
            wanted = choices.locator(f"input[value='{value}']")
            thumb.tap((wanted if wanted.count() else choices.locator("input")).first)
    elif key in TYPED and asked["kind"] == "select":
        field.select_option(TYPED[key])
        thumb.taps += 2
    elif key in TYPED:
        thumb.type(field, TYPED[key])


def fill(thumb: Thumb) -> None:
    """All that is needed on this screen, as it comes up."""
    done: set[str] = set()
    while asked := [each for each in thumb.page.evaluate(OPEN_QUESTIONS) if each["id"] not in done]:
        answer(thumb, asked[0])
        done.add(asked[0]["id"])
        thumb.saved()
        thumb.page.wait_for_timeout(250)  # a question that comes with it is read, not waited for


def add_entries(thumb: Thumb) -> None:
    """The one entry that Robin has in some lists of this screen, and none in the others."""
    for title, kind in ENTRIES.items():
        block = thumb.page.locator(f".form-section[aria-label='{title}']")
        if not block.count():
            continue
        thumb.tap(block.locator("summary, button").filter(has_text=re.compile("^Add")).first)
        menu = block.locator(".menu-item")
        if menu.count() and menu.first.is_visible():
            thumb.tap((menu.filter(has_text=kind) if kind else menu).first)
        thumb.wait(block.locator(".item.is-open .q"))
        fill(thumb)
    rest = thumb.page.get_by_role("button", name=re.compile("^(None|No) (of|to) the rest"))
    if rest.count():
        thumb.tap(rest)
        thumb.wait_count(rest, 0)
    needed = thumb.page.locator(".form-section", has_text="Answer needed")
    nothing = needed.get_by_role("button", name=re.compile("^(Nothing|None|No) "))
    for left in reversed(range(nothing.count())):
        thumb.tap(nothing.first)
        thumb.wait_count(nothing, left)


def fill_in(thumb: Thumb, look: Path | None) -> None:
    """Every screen from the first to the check, and sends it."""
    page = thumb.page
    while not page.url.endswith("/review"):
        fill(thumb)
        add_entries(thumb)
        fill(thumb)
        if look:
            page.screenshot(path=look / f"{thumb.screens:02}.png", full_page=True)
        heading = page.get_by_role("heading", level=1).inner_text()
        onward = page.locator(".form-foot a.is-primary")
        thumb.tap(onward)
        thumb.wait(page.locator("h1").filter(has_not_text=re.compile(f"^{re.escape(heading)}$")))
        thumb.screens += 1
    left = page.locator(".review-line").all_inner_texts()
    if left:
        raise LookupError(f"Still missing at the check: {left}")
    thumb.tap(page.get_by_role("button", name=re.compile("^Submit to")))
    thumb.wait(page.get_by_text(re.compile("^Sent to")))


def measure(look: Path | None) -> dict[str, float]:
    """One whole fact find."""
    with tempfile.TemporaryDirectory(prefix="portal-taps-") as folder, sync_playwright() as playwright:
        data = Path(folder) / "demo"
        make_demo_data(data)
        server, browser = PortalServer(data).start(), launch_chromium(playwright)
        try:
            broker = enter_as(browser.new_page(base_url=server.url), "Alice")
            deal = add_deal(broker, "Vale purchase", CLIENT)
            invite(broker, deal, "Robin Vale")
            link, pin = link_and_pin(broker, CLIENT[3])
            broker.close()
            phone = browser.new_context(
                base_url=server.url, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
            ).new_page()
            come_in(phone, link, pin)
            slow_down(phone)
            phone.goto("/portal/profile")
            expect(phone.locator(".flow-main h1")).to_be_visible(timeout=PATIENT_MS)
            thumb = Thumb(phone)
            fill_in(thumb, look)
        finally:
            browser.close()
            server.stop()
    return {
        "taps": thumb.taps, "keystrokes": thumb.keys, "screens": thumb.screens, "waiting_s": round(thumb.waited, 1)
    }  # fmt: skip


def slow_down(page: Page) -> None:
    """A phone's network and speed from here on."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"latency": DELAY_MS, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND / 2}
    session.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--look", type=Path, help="a folder for a picture of each screen")
    chosen = options.parse_args()
    build()
    print(json.dumps(measure(chosen.look), indent=1))


if __name__ == "__main__":
    main()
