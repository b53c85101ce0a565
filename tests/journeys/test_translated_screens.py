"""Every screen of the registry goes on working while a browser translates it, and shows what React holds."""

import re
import sqlite3
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.steps import enter_as
from tests.journeys.test_screens import BUSY, screens_of
from tests.journeys.translator import TRANSLATOR

pytestmark = pytest.mark.browser

# In this order: what is pressed under Settings changes what the others may.
PARTS = {"public": "", "client": "Siobhán", "partner": "Dev", "deals": "Alice", "settings": "Alice"}
DEAL, STAGES = re.compile("O’Dea & Rewi"), re.compile("Fact find|Preparing")
MOVES = ("portal", "partner", "deals", "board")
# Screens that say nothing of a deal's stage (or minutes later, with other news), and those on which there is nothing
# to do but to read and to go on.
UNMOVED = (
    "/portal/messages",
    "/portal/privacy",
    "/portal/documents",
    "/portal/profile",
    "/partner/news",
    "/partner/results",
    "/second-step",
    "/partner/second-step",
    "/partner/settings",
    "/partner/refer",
)
NOTHING_TO_DO = {"/portal", "/portal/profile/review", "/insights", "/partner/results", "/settings/import"}
LOST = "Something went wrong on this page"
# What would take the person, or the deal, away from the screens that come after.
KEPT_FROM = re.compile(r"sign out|revoke|archive|settle|remove|stop|preview|enter as|throw|print|choose files", re.I)
# One of each kind that is in sight, with what it is called: what people do on a page.
THINGS = r"""() => {
  const scope = document.querySelector("dialog[open]") || document.querySelector("main") || document.body;
  const seen = (each) => each.getClientRects().length > 0 && !each.matches("[disabled], [aria-disabled=true]");
  const current = "[aria-current=page], [aria-current=true]";
  const kinds = {
    press: "button:not(.toasts button), [role=tab]", open: "summary", choose: "select", tick: "input[type=checkbox]",
    pick: "input[type=radio]:not(:checked)", type: "input[type=text], input[type=search], input:not([type]), textarea",
    filter: ["?", location.pathname + "?"].map((each) => `a[href^="${each}"]:not(${current})`),
  };
  document.querySelectorAll("[data-walked]").forEach((each) => each.removeAttribute("data-walked"));
  return Object.entries(kinds).flatMap(([kind, selector]) =>
    [...scope.querySelectorAll(selector)].filter(seen).slice(0, kind === "press" ? 8 : 1).map((each, at) => {
      each.dataset.walked = `${kind}${at}`;
      const name = each.getAttribute("aria-label") || each.textContent.replace(/[⟦⟧]/g, "") || each.id;
      return { kind, name, mark: `${kind}${at}`, posts: Boolean(each.closest("form[action]")) };
    }));
}"""
STATE = """() => heldByReact() + [...document.querySelectorAll('input, select, textarea')]
  .map((each) => each.checked + each.value).join()"""


class Walk:
    """One person's page, translated; what it could not take."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.done: list[str] = []
        self.path = ""
        page.context.add_init_script(TRANSLATOR)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._fault(f"raised {error}"))

    def _heard(self, message) -> None:
        if message.type == "error" and re.search("react|NotFoundError|execute '|Uncaught", message.text, re.I):
            self._fault(f"wrote {message.text[:200]}")

    def _fault(self, words: str) -> None:
        self.faults.append(f"{self.path} after {self.done[-1:] or 'loading'}: {words}")

    def open(self, path: str) -> None:
        self.path, self.done = path, []
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        expect(self.page.locator(BUSY)).to_have_count(0)
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("translatePage()")
        self.look()

    def look(self) -> None:
        """The page is there, and shows soon what React holds."""
        try:
            self.page.wait_for_function("differences().length === 0", timeout=4_000)
        except Error:
            self._fault("; ".join(self.page.evaluate("differences()")))
        if self.page.get_by_role("heading", name=LOST).count():
            self._fault("the page is lost")

    def hears(self, news: "News") -> None:
        """A live update: what somebody else did is on the page, once."""
        before = self.page.evaluate("heldByReact()")
        self.done.append("news")
        news.comes(self.path)
        try:
            self.page.wait_for_function("before => heldByReact() !== before", arg=before, timeout=3_000)
        except Error:
            if not self.path.startswith(UNMOVED):
                self._fault("heard nothing of what changed")
        self.look()

    def act(self, thing: dict) -> bool:
        """Do one thing; whether the page answered to it."""
        target, before = self.page.locator(f"[data-walked={thing['mark']}]"), self.page.evaluate(STATE)
        if not target.count():
            return False
        self.done.append(f"{thing['kind']} {thing['name'][:40]}")
        try:
            self._do(thing["kind"], target)
            self.page.wait_for_function(f"before => ({STATE})() !== before", arg=before, timeout=1_500)
            answered = True
        except Error:
            answered = False
        self.page.wait_for_timeout(120)
        self.look()
        return answered

    def _do(self, kind: str, target) -> None:
        if kind == "choose":
            target.evaluate(
                "each => { each.selectedIndex = (each.selectedIndex + 1) % each.options.length;"
                "each.dispatchEvent(new Event('change', { bubbles: true })) }"
            )
        elif kind == "type":
            target.fill("4 words of mine", timeout=1_000)
            target.blur()
        else:
            target.click(timeout=1_000, force=kind in ("tick", "pick"))

    def walk(self) -> int:
        """What this screen offers, one of each kind; how many things the page answered to."""
        answers, presses = 0, 0
        for thing in self.page.evaluate(THINGS):
            is_press = thing["kind"] in ("press", "open")
            if KEPT_FROM.search(thing["name"]) or (is_press and (thing["posts"] or presses > 3)):
                continue
            presses += is_press
            answers += self.act(thing)
            if self.page.locator("dialog[open]").count():
                answers += self._in_dialog()
            if urlsplit(self.page.url).path != self.path.split("?")[0]:
                break
        return answers

    def follow(self) -> None:
        """Another screen, by a link: everything that was translated is taken away."""
        here = urlsplit(self.page.url).path
        links = self.page.locator(f"nav a[href^='/']:not([href^='{here}']):visible")
        if not links.count():
            return
        self.done.append("following")
        links.last.click()
        leave = self.page.get_by_role("button", name="Leave", exact=False)
        self.page.wait_for_timeout(100)
        if leave.count():
            # The answer to what was typed may arrive meanwhile: then nothing is asked any more, and the page goes on.
            with suppress(Error):
                leave.click(timeout=5_000)
        self.page.wait_for_url(lambda url: urlsplit(url).path != here)
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        self.look()

    def _in_dialog(self) -> int:
        answers = sum(self.act(each) for each in self.page.evaluate(THINGS) if each["kind"] not in ("press", "open"))
        self.done.append("closing")
        for words in ("Close", "Leave"):
            button = self.page.get_by_role("button", name=words)
            if button.count():
                button.last.click(timeout=2_000)
                self.page.wait_for_timeout(150)
        self.look()
        return answers


class News:
    """Alice in another browser, whose doings reach every screen: a deal moves, or her bell falls silent."""

    def __init__(self, people, server) -> None:
        self.server = server
        self.page = enter_as(people.open(), "Alice")
        self.bell = self.page.context.new_page()
        self.bell.goto("/notifications")
        self.page.get_by_role("link", name=DEAL).first.click()
        self.page.wait_for_url(re.compile("/deals/"))

    @staticmethod
    def _is_about_the_deal(path: str) -> bool:
        return re.split("[/?]", path)[1] in MOVES

    def prepare(self, path: str) -> None:
        """Where the bell is to change, there is something in it again."""
        if self._is_about_the_deal(path):
            return
        with closing(sqlite3.connect(self.server.data / "portal.db", timeout=5)) as database, database:
            database.execute("UPDATE notices SET read_at = NULL")
        self.bell.reload()
        self.bell.wait_for_load_state("networkidle")

    def comes(self, path: str) -> None:
        if self._is_about_the_deal(path):
            elsewhere = self.page.locator("button.stage-part:not([aria-current=step])").filter(has_text=STAGES)
            elsewhere.first.click()
        else:
            self.bell.get_by_role("button", name="Mark all as read").click()


@pytest.mark.parametrize("part", PARTS)
def test_every_screen_takes_what_a_translator_does(people, server, part):
    name = PARTS[part]
    page = enter_as(people.open(), name) if name else people.open()
    theirs = part in ("deals", "settings", "partner")
    deal = page.get_by_role("link", name=DEAL).first.get_attribute("href") if theirs else ""
    news = News(people, server) if name else None
    walk, answers = Walk(page), {}
    for path in screens_of(part, deal):
        if news:
            news.prepare(path)
        walk.open(path)
        if news:
            walk.hears(news)
        answers[path] = walk.walk()
        walk.follow()
    silent = {path.replace(deal, "/deals") if deal else path for path, number in answers.items() if not number}
    assert not walk.faults, "\n".join(walk.faults)
    assert part == "public" or silent <= NOTHING_TO_DO, silent


def test_the_walk_sees_a_page_that_a_translator_breaks(people):
    """The same walk without our script."""
    page = enter_as(people.open(), "Siobhán")
    page.route("**/translated.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    walk = Walk(page)
    for path in ("/portal/messages", "/portal/profile/applicant.personal_details"):
        walk.open(path)
        walk.walk()
        walk.follow()
    assert walk.faults
