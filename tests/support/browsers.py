"""Real browsers: Chromium and Firefox through Playwright, WebKit through its own WebDriver on a virtual screen."""

import functools
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import machine

CHROMIUM_FLAGS = [
    "--no-sandbox",  # the suite may run as root
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # No dialling out: there may be no network, and a test must not depend on one.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONTEXT = {"locale": "en-AU", "timezone_id": "Australia/Sydney", "ignore_https_errors": True}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
SERIOUS = ("serious", "critical")


def launch_chromium(playwright):
    """Chromium, headless. Raises one line when the machine has none."""
    return playwright.chromium.launch(executable_path=_need(machine.CHROMIUM), args=CHROMIUM_FLAGS)


def launch_firefox(playwright):
    """Firefox over WebDriver BiDi, headless. Raises one line when the machine has none."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=_need(machine.FIREFOX))


def _need(need: machine.Need) -> str:
    found = need.found()
    if found is None:
        raise RuntimeError(need.hint)
    return str(found)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A display number that WebKitGTK can draw on. Nothing on a Mac, which has its own screen."""
    if machine.MAC:
        yield ""
        return
    read, write = os.pipe()
    command = [_need(machine.XVFB), "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            yield ":" + pipe.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=5)


@contextmanager
def webkit(display: str, home: Path) -> Iterator:
    """A Selenium driver of a fresh WebKit profile, 1280 x 900 points."""
    from selenium import webdriver

    _need(machine.WEBKIT)
    driver = webdriver.Safari() if machine.MAC else _webkit_gtk(webdriver, display, home)
    driver.set_page_load_timeout(30)
    driver.set_script_timeout(30)
    driver.set_window_rect(0, 0, 1280, 900)
    try:
        yield driver
    finally:
        driver.quit()


def _webkit_gtk(webdriver, display: str, home: Path):
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    browser = machine.mini_browser()
    if browser is None:
        raise RuntimeError(machine.WEBKIT.hint)
    home.mkdir(parents=True, exist_ok=True)
    options = Options()
    options.binary_location = browser
    options.set_capability("acceptInsecureCerts", True)
    # Full screen hides the tool bar, which otherwise keeps the window wider than a phone.
    for argument in ("--automation", "--full-screen", "--ignore-tls-errors"):
        options.add_argument(argument)
    environment = os.environ | {"HOME": str(home), "DISPLAY": display, "NO_AT_BRIDGE": "1"}
    environment.pop("WAYLAND_DISPLAY", None)
    service = Service(executable_path=machine.webkit_driver(), env=environment)
    return webdriver.WebKitGTK(options=options, service=service)


@functools.cache
def axe_script() -> str:
    """The axe-core source, as the package carries it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page, *, impacts: tuple[str, ...] = SERIOUS, colours_only: bool = False) -> list[str]:
    """What axe finds on a Playwright page, one line each: impact, rule, and the first elements.

    With `colours_only` just what can differ between two themes of a page that was looked at whole.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_script())
    only = {"type": "rule", "values": AXE_COLOURS} if colours_only else {"type": "tag", "values": AXE_RULES}
    # What passed would be described element by element, which takes as long as looking at it.
    run = "only => axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(r => r.violations)"
    return [_sentence(found) for found in page.evaluate(run, only) if found["impact"] in impacts]


def _sentence(violation: dict) -> str:
    elements = "; ".join(node["html"][:160] for node in violation["nodes"][:4])
    return f"{violation['impact']}: {violation['id']} ({violation['help']}) at {elements}"
