"""The client's first steps in the engine of Safari and in Firefox: link, PIN, consent, first section, Liabilities."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, add_deal, come_in, enter_as, invite, link_and_pin, section

pytestmark = pytest.mark.browser

WAIT_SECONDS = PATIENT_MS / 1000
FIELD = "//*[@id=//label[normalize-space()='{label}']/@for]"
BUTTON = "//button[normalize-space()='{words}']"


def invited(people, tag: str, mobile: str) -> tuple[str, str]:
    """A new client's link and PIN."""
    alice = enter_as(people.open(), "Alice")
    email = f"{tag.lower()}.finch@example.com"
    deal = add_deal(alice, f"Finch in {tag}", (tag, "Finch", mobile, email))
    invite(alice, deal, f"{tag} Finch")
    return link_and_pin(people.open(), email)


def _is_shown(element) -> bool:
    return element.is_displayed()


class Safari:
    """What a person does, in the words on screen, through a Selenium driver."""

    def __init__(self, driver, origin: str) -> None:
        self.driver, self.origin = driver, origin

    def go(self, path: str) -> None:
        self.driver.get(self.origin + path)

    def until(self, what: Callable):
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, WAIT_SECONDS, poll_frequency=0.1).until(what)

    def find(self, xpath: str):
        """The first visible element there, as soon as there is one."""
        return self.until(
            lambda driver: next((e for e in driver.find_elements("xpath", xpath) if e.is_displayed()), None)
        )

    def press(self, words: str) -> None:
        self.find(BUTTON.format(words=words)).click()

    def until_shown(self, words: str) -> None:
        self.until(lambda driver: words.lower() in driver.find_element("tag name", "body").text.lower())


def test_the_first_steps_in_webkit(people, webkit, server):
    link, pin = invited(people, "Wren", "0491 570 950")
    safari = Safari(webkit, server.url)
    safari.go(link)
    safari.find("//h1")
    safari.find("//input[@autocomplete='one-time-code' or @name='pin']").send_keys(pin)
    safari.press("Continue")
    safari.press("I agree")
    safari.until(lambda driver: re.search(r"/portal(?!/consent)(/[^/]*)?$", driver.current_url.split("?")[0]))
    safari.go("/portal/profile/applicant.personal_details")
    field = safari.find(FIELD.format(label="First name"))
    field.clear()
    field.send_keys("Wrenna\t")
    safari.until_shown("Saved")
    safari.go("/portal/profile/applicant.personal_details")
    safari.until(lambda _: safari.find(FIELD.format(label="First name")).get_attribute("value") == "Wrenna")
    safari.go("/portal/profile/liabilities.cards")
    assert safari.find("//h1").text
    safari.until_shown("Credit and store cards")
    safari.go("/portal/documents")
    assert safari.find("//h1").text == "Documents"


def test_the_first_steps_in_firefox(people, firefox_people):
    link, pin = invited(people, "Robin", "0491 570 951")
    page = firefox_people.open()
    page.wait_for_load_state("networkidle")
    come_in(page, link, pin)
    page.wait_for_load_state("networkidle")  # Firefox takes no address while it is still on its way to another
    section(page, "applicant.personal_details")
    # With keys, as a person would: this driver's `fill` reaches the field without React hearing of it.
    page.get_by_label("First name", exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Robina")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    section(page, "liabilities.cards")
    expect(page.locator("main")).to_contain_text("Credit and store cards", timeout=PATIENT_MS)
