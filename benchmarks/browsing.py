"""What a person waits for, in a real Chromium: the same moments in the product and on the floor.

Times are milliseconds of the page's own clock. "Painted" is two frames after what was waited for is there.
"""

import json
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.firm import Firm

# Runs in the page before anything else: when keys and buttons were used, what the socket heard, and when things are.
CLOCK = """
window.__at = {}; window.__heard = []; window.__bytes = 0;
for (const kind of ["click", "drop", "input"]) {
  addEventListener(kind, () => { __at[kind] = performance.now(); }, true);
}
window.WebSocket = class extends WebSocket {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({ data }) => {
      const said = typeof data === "string" ? data : "";
      __heard.push([performance.now(), said]); __bytes += said.length;
    });
  }
};
window.__until = (test) => new Promise((done, give_up) => {
  setTimeout(() => give_up(Error("never there: " + test)), 20_000);
  const look = () => {
    let there = false;
    try { there = test(); } catch { /* not yet */ }
    if (there) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    else requestAnimationFrame(look);
  };
  look();
});
window.__lcp = 0;
new PerformanceObserver((all) => all.getEntries().forEach((each) => { __lcp = each.startTime; }))
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
# All stages have their counts, which add up, and every column in view has cards down to its lower edge.
OURS_THERE = """
const seen = [...document.querySelectorAll(".kb-lane:not(.is-loading) > .kb-column")];
const counts = seen.map((column) => parseInt(column.querySelector(".kb-count").textContent.replace(",", ""), 10));
return seen.length === STAGES && counts.reduce((sum, each) => sum + each, 0) === ALL && seen.every((column, at) => {
  if (column.getBoundingClientRect().left > innerWidth) return true;
  const cards = column.querySelectorAll(".kb-card");
  return cards.length === counts[at] || cards[cards.length - 1].getBoundingClientRect().bottom >= innerHeight;
});
"""
FLOOR_THERE = 'return document.readyState !== "loading" && document.querySelectorAll(".card").length >= ALL'
LIVE = 'return document.querySelector(".kb-card[data-deal][draggable=true]") !== null'


@dataclass(kw_only=True)
class Visit:
    """One cold visit, and what came with it."""

    page: Page
    context: BrowserContext
    bytes: list[int] = field(default_factory=list)


class Visitor:
    """Comes to either server with an empty cache, as the firm's broker."""

    def __init__(self, browser: Browser, firm: Firm, floor: str, ours: str) -> None:
        self.browser, self.firm, self.urls = browser, firm, {"floor": floor, "ours": ours}

    def board(self, whose: str) -> tuple[dict[str, float], Visit]:
        """The board from an empty cache: until its cards are painted, what it took, and until it can be used."""
        visit = self.arrive(whose)
        test = OURS_THERE if whose == "ours" else FLOOR_THERE
        counts = self.firm.counts.values()
        test = test.replace("STAGES", str(len(counts))).replace("ALL", str(sum(counts)))
        waits = f"window.__painted = __until(() => {{ {test} }}); window.__live = __until(() => {{ {LIVE} }});"
        visit.page.add_init_script(waits)
        visit.page.goto(self.urls[whose] + "/board", wait_until="commit")
        found = {"painted": visit.page.evaluate("__painted")}
        found["live"] = visit.page.evaluate("__live") if whose == "ours" else found["painted"]
        visit.page.wait_for_load_state("networkidle")
        found |= visit.page.evaluate("({lcp: __lcp, nodes: document.querySelectorAll('*').length})")
        found["heap_mb"] = visit.page.evaluate("performance.memory.usedJSHeapSize / 1e6")
        found["bytes"] = sum(visit.bytes) + visit.page.evaluate("__bytes")
        found["requests"] = len(visit.bytes)
        return found, visit

    def open_deal(self, whose: str, visit: Visit, nth: int) -> float:
        """From a press on a card's name until name, contact and documents are painted."""
        page = visit.page
        if whose == "floor":
            card = page.locator(".card").nth(nth)
            test = f"document.querySelector('#deal').dataset.deal === '{card.get_attribute('id')}'"
            link = card
        else:
            link = page.locator("[data-stage]").nth(1).locator(".kb-name a").nth(nth)
            name = json.dumps(link.text_content())
            contact = "document.querySelector('main .columns')?.textContent.includes('Latest files')"
            test = f"document.querySelector('h1').textContent.includes({name}) && {contact}"
        page.evaluate(f"() => {{ window.__there = __until(() => {test}) }}")
        link.click()
        took = page.evaluate("__there.then((now) => now - __at.click)")
        if whose == "ours":
            page.go_back()
            page.wait_for_selector(".kb-card[data-deal][draggable=true]")
        return took

    def move(self, whose: str, visit: Visit, nth: int) -> tuple[float, float, float]:
        """Drag a card to the next stage: from the drop until the server has kept it, until it is painted there, and
        the bytes that the page heard of it."""
        page = visit.page
        columns = page.locator("[data-stage]" if whose == "ours" else ".column")
        card = columns.nth(1).locator(".kb-card[data-deal]" if whose == "ours" else ".card").nth(nth)
        deal = card.get_attribute("data-deal" if whose == "ours" else "id")
        inside = f"[data-deal='{deal}']" if whose == "ours" else f"[id='{deal}']"
        column = "[data-stage]" if whose == "ours" else ".column"
        painted = f"__at.drop && document.querySelectorAll({json.dumps(column)})[2].querySelector({json.dumps(inside)})"
        page.evaluate(f"() => {{ __at.drop = 0; __heard.length = 0; window.__there = __until(() => {painted}) }}")
        card.drag_to(columns.nth(2).locator("h2"))
        seen = page.evaluate("__there.then((now) => now - __at.drop)")
        if whose == "ours":
            # The notice that says so, with "Undo", leaves after the commit.
            kept = "__heard.find(([, said]) => said.includes(': Moved to '))"
            page.wait_for_function(kept)
            page.wait_for_timeout(200)  # what else it hears of this
            heard = page.evaluate("__heard.reduce((sum, [, said]) => sum + said.length, 0)")
            return page.evaluate(f"{kept}[0] - __at.drop"), seen, heard
        page.wait_for_function(f"document.getElementById('{deal}').dataset.kept")
        return page.evaluate(f"document.getElementById('{deal}').dataset.kept - __at.drop"), seen, 0

    def arrive(self, whose: str, who: str = "alice", path: str = "") -> Visit:
        """Somebody with an empty cache, signed in, at a path of ours or of the floor when there is one."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-AU")
        name, _, value = self.firm.place.cookies[who].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.urls["ours"]}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        visit = Visit(page=page, context=context)
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: visit.bytes.append(int(event["encodedDataLength"])))
        page.add_init_script(CLOCK)
        if path:
            page.goto(self.urls[whose] + path)
        return visit
