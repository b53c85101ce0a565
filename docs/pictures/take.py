"""Takes the pictures of the README from a running demonstration.

    make demo                                              # in another terminal, fresh data
    python docs/pictures/take.py http://localhost:8000     # writes the five .png beside this file

It enters as the demo's own people, so nothing has to be prepared. A picture of more than
`MOST_BYTES` is reduced to a palette. `CHROMIUM` names another browser than the one that Playwright brought.
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
MOST_BYTES = 250_000
SETTLE_MS = 1500  # after the last words have come: fonts, rings and the board's columns


def board(page: Page) -> None:
    page.goto("/board")
    page.locator(".kb-card").first.wait_for()


def share(page: Page) -> None:
    _deal(page, "Menon")
    page.get_by_role("link", name="Client portal share").click()
    page.get_by_text("Before you invite").wait_for()


def documents(page: Page) -> None:
    _deal(page, "O’Brien & Wikaira")
    page.get_by_role("link", name="Required documents").click()
    to_review = page.locator(".request", has_text="To review")
    page.locator(".request").first.wait_for()
    if to_review.count():
        to_review.first.locator(".request-name").click()


def profile(page: Page) -> None:
    """Answers one question, so that the picture shows what an answer brings up."""
    page.goto("/portal/profile/applicant.personal_details")
    page.get_by_role("radiogroup", name="Have you ever used another name?").get_by_text("Yes").click()
    page.get_by_text("Asked because you said yes").wait_for()
    page.evaluate("window.scrollTo(0, 560)")


def partner(page: Page) -> None:
    page.goto("/partner")
    page.locator(".tile").first.wait_for()
    # Asked at the first visit; the picture is of the board below.
    asked = page.get_by_role("button", name="Not now")
    if asked.count():
        asked.click()
        asked.wait_for(state="detached")
        page.goto("/partner")
        page.locator(".tile").first.wait_for()
        page.evaluate("window.scrollTo(0, 0)")


def _deal(page: Page, name: str) -> None:
    board(page)
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_url("**/deals/*")


# File, person of the demo, width, height, and the way there.
PICTURES: list[tuple[str, str, int, int, Callable[[Page], None]]] = [
    ("board", "alice", 1440, 900, board),
    ("share", "alice", 1440, 1180, share),
    ("profile-phone", "siobhan", 390, 844, profile),
    ("documents", "alice", 1440, 900, documents),
    ("partner", "dev", 1280, 620, partner),
]


def take(browser: Browser, address: str, person: str, width: int, height: int, go: Callable[[Page], None]) -> bytes:
    """One picture, as a PNG."""
    size = {"width": width, "height": height}
    context = browser.new_context(base_url=address, viewport=size, reduced_motion="reduce")
    context.request.post("/session/demo", form={"person": person}, headers={"Origin": address}, max_redirects=0)
    page = context.new_page()
    go(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLE_MS)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return _packed(shot)


def _packed(shot: Image.Image) -> bytes:
    """As it is where it fits: a palette loses the rare colours, and those are the ones that mean something."""
    for picture in (shot, shot.quantize(256, dither=Image.Dither.NONE)):
        packed = io.BytesIO()
        picture.save(packed, "PNG", optimize=True)
        if packed.tell() <= MOST_BYTES:
            break
    return packed.getvalue()


def main(address: str) -> None:
    """Every picture of `PICTURES`, from the demo at `address`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"))
        for name, person, width, height, go in PICTURES:
            picture = take(browser, address, person, width, height, go)
            if len(picture) > MOST_BYTES:
                raise SystemExit(f"{name}.png is {len(picture):,} bytes, more than {MOST_BYTES:,}")
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"{name}.png  {width} wide  {len(picture):,} bytes")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
