"""One way to drive a client or a partner through three engines, by the words on the screen.

`Visitor` is what a person does. Chromium and Firefox are Playwright pages, WebKit a Selenium driver; a journey that
takes a visitor runs in all three.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.journeys.steps import PATIENT_MS

ENGINES = ("chromium", "firefox", "webkit")
_LABELLED = "//*[@id=//label[normalize-space()='{label}']/@for or @aria-label='{label}']"
_BUTTON = "//button[normalize-space()='{words}' or @aria-label='{words}']"
_LINK = "//a[normalize-space()='{words}' or @aria-label='{words}']"
_FILE = "//input[@type='file' and (@aria-label='{label}' or @id=//label[normalize-space()='{label}']/@for)]"


class Visitor(Protocol):
    """A person in front of one browser. Everything waits until it is there, or fails."""

    def go(self, path: str) -> None: ...
    def address(self) -> str: ...
    def comes_to(self, pattern: str) -> None: ...
    def press(self, words: str) -> None: ...
    def follow(self, words: str) -> None: ...
    def type(self, label: str, text: str) -> None: ...
    def value(self, label: str) -> str: ...
    def select(self, label: str, option: str) -> None: ...
    def upload(self, label: str, path: Path) -> None: ...
    def sees(self, words: str) -> None: ...
    def loses(self, words: str) -> None: ...
    def everything(self) -> str: ...


class PlaywrightVisitor:
    """Chromium or Firefox."""

    def __init__(self, page) -> None:
        self.page = page

    def go(self, path: str) -> None:
        # Firefox takes no address while it is still on its way to another.
        self.page.wait_for_load_state("networkidle")
        self.page.goto(path)

    def address(self) -> str:
        return self.page.url

    def comes_to(self, pattern: str) -> None:
        self.page.wait_for_url(re.compile(pattern), timeout=PATIENT_MS)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words, exact=True).first.click()

    def type(self, label: str, text: str) -> None:
        # With keys, as a person would: Firefox's `fill` reaches the field without React hearing of it.
        field = self.page.get_by_label(label, exact=True).first
        field.click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def value(self, label: str) -> str:
        return self.page.get_by_label(label, exact=True).first.input_value()

    def select(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def upload(self, label: str, path: Path) -> None:
        self.page.get_by_label(label, exact=True).first.set_input_files(path)

    def sees(self, words: str) -> None:
        from playwright.sync_api import expect

        expect(self.page.locator("body")).to_contain_text(words, timeout=PATIENT_MS, ignore_case=True)

    def loses(self, words: str) -> None:
        from playwright.sync_api import expect

        expect(self.page.locator("body")).not_to_contain_text(words, timeout=PATIENT_MS, ignore_case=True)

    def everything(self) -> str:
        return self.page.content()


class WebKitVisitor:
    """Safari's engine, through WebDriver."""

    def __init__(self, driver, origin: str) -> None:
        self.driver, self.origin = driver, origin

    def go(self, path: str) -> None:
        self.driver.get(self.origin + path)

    def address(self) -> str:
        return self.driver.current_url

    def comes_to(self, pattern: str) -> None:
        self._until(lambda driver: re.search(pattern, driver.current_url))

    def press(self, words: str) -> None:
        self._find(_BUTTON.format(words=words)).click()

    def follow(self, words: str) -> None:
        self._find(_LINK.format(words=words)).click()

    def type(self, label: str, text: str) -> None:
        field = self._find(_LABELLED.format(label=label))
        field.clear()
        field.send_keys(text + "\t")

    def value(self, label: str) -> str:
        return self._find(_LABELLED.format(label=label)).get_attribute("value")

    def select(self, label: str, option: str) -> None:
        from selenium.webdriver.support.ui import Select

        Select(self._find(_LABELLED.format(label=label))).select_by_visible_text(option)

    def upload(self, label: str, path: Path) -> None:
        field = self._until(lambda driver: driver.find_elements("xpath", _FILE.format(label=label)))[0]
        field.send_keys(str(path))

    def sees(self, words: str) -> None:
        self._until(lambda _: words.lower() in self._text())

    def loses(self, words: str) -> None:
        self._until(lambda _: words.lower() not in self._text())

    def everything(self) -> str:
        return self.driver.page_source

    def _text(self) -> str:
        return self.driver.find_element("tag name", "body").text.lower()

    def _until(self, what: Callable):
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        waiting = WebDriverWait(
            self.driver, PATIENT_MS / 1000, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException]
        )
        return waiting.until(what)

    def _find(self, xpath: str):
        """The first visible element there, as soon as there is one."""
        return self._until(
            lambda driver: next((each for each in driver.find_elements("xpath", xpath) if each.is_displayed()), None)
        )
