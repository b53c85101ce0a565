"""Cold visits of a phone: 360 points wide, 150 ms away, 1.6 Mbit/s, a quarter of this machine's speed.

    python -m benchmarks.phones [--rounds 3]

Prints the largest contentful paint of the sign-in page, a client's dashboard and a broker's board, in milliseconds.
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browsing import CLOCK
from benchmarks.firm import make_firm
from salestrekker_portal.build import build
from tests.support.browsers import launch_chromium
from tests.support.server import PortalServer

BYTES_A_SECOND, DELAY_MS, SLOWER = 1_600_000 / 8, 150, 4
VISITS = {"/sign-in": "nobody", "/portal": "kim", "/board": "alice"}
AT_REST_MS = 2500


def visit(browser: Browser, url: str, path: str, cookie: str) -> dict[str, float]:
    """First and largest contentful paint and the shifts of one visit with an empty cache."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    speed = {"latency": DELAY_MS, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND / 2}
    network.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(CLOCK)
    page.add_init_script(
        "window.__cls = 0; new PerformanceObserver((all) => all.getEntries().forEach((each) => {"
        " if (!each.hadRecentInput) __cls += each.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(url + path, wait_until="load", timeout=60_000)
    page.wait_for_timeout(AT_REST_MS)
    found = page.evaluate(
        "({lcp: __lcp, cls: __cls, fcp: performance.getEntriesByName('first-contentful-paint')[0].startTime})"
    )
    context.close()
    return found


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Medians by page."""
    found: dict[str, list[dict[str, float]]] = {path: [] for path in VISITS}
    with tempfile.TemporaryDirectory(prefix="portal-phones-") as folder, sync_playwright() as playwright:
        firm = make_firm(Path(folder), 100)
        server = PortalServer(firm.data).start()
        browser = launch_chromium(playwright)
        try:
            for _ in range(rounds):
                for path, who in VISITS.items():
                    found[path].append(visit(browser, server.url, path, firm.place.cookies[who]))
        finally:
            browser.close()
            server.stop()
    return {
        path: {name: round(statistics.median(each[name] for each in all_), 3) for name in all_[0]}
        for path, all_ in found.items()
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    build()
    print(json.dumps(measure(chosen.rounds), indent=1))


if __name__ == "__main__":
    main()
