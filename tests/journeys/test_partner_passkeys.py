"""A partner's second step on a phone: an app, a recovery code, a passkey, a lost phone, and somebody switched off."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.demo import cast
from tests.journeys.steps import PATIENT_MS, enter_as
from tests.journeys.test_passkeys import give_screen_lock

pytestmark = pytest.mark.browser
SECURITY = "/partner/settings/password"


# Who works with one firm only.
LENA = next(each for each in cast.REFERRERS if each.key == "lena")


def _sign_in(page: Page) -> None:
    page.context.clear_cookies(name=re.compile("session"))
    page.goto("/partner/sign-in")
    page.get_by_label("Email").fill(LENA.email)
    page.get_by_label("Password").fill(LENA.password)
    page.get_by_role("button", name="Sign in").click()


def test_a_partner_sets_one_up_signs_in_with_it_loses_it_and_is_helped(people):
    people.base_url = people.base_url.replace("127.0.0.1", "localhost")
    page = enter_as(people.open(width=390), LENA.first)
    give_screen_lock(page)
    page.goto(SECURITY)
    page.get_by_role("button", name="Set up an authenticator app").click()
    letters = page.get_by_text(re.compile(r"^[A-Z2-7 ]{32,}$"))
    expect(letters).to_be_visible(timeout=PATIENT_MS)
    app = pyotp.TOTP(letters.inner_text().replace(" ", ""))
    page.get_by_label("Six digits", exact=True).fill("000000")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("isn’t the number")).to_be_visible(timeout=PATIENT_MS)
    page.get_by_label("Six digits", exact=True).fill(app.now())
    page.get_by_role("button", name="Switch on").click()
    codes = page.get_by_text(re.compile(r"^[A-Z2-9]{5}-[A-Z2-9]{5}$"))
    expect(codes).to_have_count(10, timeout=PATIENT_MS)
    code = codes.first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing hangs over the edge of a phone"

    page.get_by_label("Name", exact=True).fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Your passkey is added")).to_be_visible(timeout=PATIENT_MS)

    _sign_in(page)
    page.wait_for_url("**/partner/sign-in/code")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"/partner$"), timeout=PATIENT_MS)

    _sign_in(page)
    page.get_by_label("Six digits").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Six digits")).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    page.get_by_label("Six digits").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile(r"/partner$"), timeout=PATIENT_MS)

    broker = enter_as(people.open(), "Alice")
    broker.goto("/partners")
    broker.locator("summary", has_text=f"Actions for {LENA.first} {LENA.last}").click()
    broker.get_by_role("button", name="Lost phone").click()
    broker.get_by_role("button", name="Take it away").click()
    expect(broker.get_by_text("is gone. Their password alone lets them in")).to_be_visible(timeout=PATIENT_MS)
    page.goto("/partner")
    page.wait_for_url("**/partner/sign-in**", timeout=PATIENT_MS)
    _sign_in(page)
    page.wait_for_url(re.compile(r"/partner$"), timeout=PATIENT_MS)

    broker.locator("summary", has_text=f"Actions for {LENA.first} {LENA.last}").click()
    broker.get_by_role("button", name="Switch off").click()
    page.wait_for_url("**/partner/sign-in**", timeout=PATIENT_MS)
    _sign_in(page)
    expect(page.get_by_text("don't match")).to_be_visible(timeout=PATIENT_MS)
