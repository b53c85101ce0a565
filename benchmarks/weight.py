"""How much JavaScript and CSS a first visit to a page loads, compressed.

    python -m benchmarks.weight http://localhost:8000/sign-in [more addresses]

A real Chromium opens the address with an empty cache; every script and stylesheet that it fetched is counted
at its gzip size (level 9), whatever encoding the server chose. Kilobytes are 1,000 bytes.
"""

import gzip
import sys
from dataclasses import dataclass

QUIET_MS = 1000  # chunks that the page asks for after it has loaded belong to the first visit too


@dataclass(frozen=True)
class Weight:
    """Compressed sizes in bytes, in all and per file."""

    javascript: int
    css: int
    files: tuple[tuple[int, str], ...]

    @property
    def heaviest(self) -> str:
        """The ten largest files, for the message of a failing test."""
        return "\n".join(f"{size / 1000:8.1f} KB  {name}" for size, name in self.files[:10])


def measure(browser, url: str) -> Weight:
    """Open `url` as a new visitor in a Playwright Chromium and weigh what it fetched."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    fetched: dict[str, str] = {}
    page.on("response", lambda answer: fetched.setdefault(answer.url, answer.request.resource_type))
    page.goto(url)
    page.wait_for_load_state("load")
    page.wait_for_timeout(QUIET_MS)
    sizes = {"script": 0, "stylesheet": 0}
    files = []
    for address, kind in list(fetched.items()):
        if kind in sizes:
            # Asked for again: the browser drops the bodies of a page that it has moved on from.
            size = len(gzip.compress(context.request.get(address).body(), 9))
            sizes[kind] += size
            files.append((size, address.split("/", 3)[-1]))
    context.close()
    return Weight(sizes["script"], sizes["stylesheet"], tuple(sorted(files, reverse=True)))


def main(addresses: list[str]) -> None:
    """Print a line per address, and the heaviest files of it."""
    from playwright.sync_api import sync_playwright

    from tests.support.browsers import launch_chromium

    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for address in addresses:
            weight = measure(browser, address)
            print(f"{address}: JavaScript {weight.javascript / 1000:.1f} KB, CSS {weight.css / 1000:.1f} KB")
            print(weight.heaviest)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["http://localhost:8000/"])
