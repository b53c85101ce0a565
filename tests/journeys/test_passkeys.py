"""A client's whole life with a passkey, and a broker's second step, in Chromium on a device with a screen lock."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, add_deal, come_in, enter_as, invite, link_and_pin

pytestmark = pytest.mark.browser
CLIENT = ("Isla", "Fenwick", "0491 570 939", "isla.fenwick@example.com")
LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_screen_lock(page: Page):
    """What sets whether the person at this page proves to their device that it is theirs."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": LOCK})
    name = {"authenticatorId": made["authenticatorId"]}
    return lambda proves: cdp.send("WebAuthn.setUserVerified", {**name, "isUserVerified": proves})


def test_a_clients_life_with_a_passkey(people):
    # Browsers make no passkey for a number.
    people.base_url = people.base_url.replace("127.0.0.1", "localhost")
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "Fenwick purchase", CLIENT)
    invite(alice, deal, "Isla Fenwick")
    outbox = people.open()
    link, pin = link_and_pin(outbox, CLIENT[3])
    texts = outbox.get_by_role("article").filter(has_text="SMS").filter(has_text="Isla")
    sent = texts.count()

    isla = people.open(width=390)
    proves = give_screen_lock(isla)
    come_in(isla, link, pin)
    isla.goto("/portal")
    isla.get_by_role("button", name="Use this phone next time").click()
    expect(isla.get_by_text("lets you in with one press")).to_be_visible(timeout=PATIENT_MS)
    expect(isla.get_by_role("button", name="Use this phone next time")).to_have_count(0)

    isla.context.clear_cookies(name=re.compile("session"))
    isla.goto(link)
    proves(False)
    isla.get_by_role("button", name="Continue with this phone").click()
    expect(isla.get_by_text("Nothing is locked")).to_be_visible(timeout=PATIENT_MS)
    proves(True)
    isla.get_by_role("button", name="Continue with this phone").click()
    isla.wait_for_url(re.compile(r"/portal(/profile)?$"))
    outbox.goto("/outbox")
    expect(texts).to_have_count(sent, timeout=PATIENT_MS)

    alice.goto(f"{deal}/share")
    alice.get_by_role("button", name="Isla Fenwick").click()
    expect(alice.get_by_text("With link and passkey")).to_be_visible(timeout=PATIENT_MS)
    alice.get_by_role("button", name="Revoke").first.click()
    alice.get_by_role("button", name="Revoke access").click()
    isla.wait_for_url("**/portal/ended", timeout=PATIENT_MS)
    isla.goto(link)
    expect(isla.get_by_role("heading", level=1)).to_have_text("Your access has ended", timeout=PATIENT_MS)
    expect(isla.get_by_role("button", name="Continue with this phone")).to_have_count(0)


def test_a_broker_adds_a_passkey_and_signs_in_with_it(people):
    people.base_url = people.base_url.replace("127.0.0.1", "localhost")
    ravi = enter_as(people.open(), "Ravi")
    give_screen_lock(ravi)
    ravi.goto("/settings/security")
    ravi.get_by_label("Name", exact=True).fill("Work laptop")
    ravi.get_by_role("button", name="Add a passkey").click()
    expect(ravi.get_by_text("Your passkey is added")).to_be_visible(timeout=PATIENT_MS)
    expect(ravi.get_by_text("Work laptop", exact=True)).to_be_visible()
    ravi.get_by_role("button", name="Make recovery codes").click()
    expect(ravi.get_by_text("shown this once")).to_be_visible(timeout=PATIENT_MS)
    ravi.context.clear_cookies(name=re.compile("session"))
    ravi.goto("/sign-in")
    ravi.get_by_label("Email").fill("ravi@harbour.example.com")
    ravi.get_by_label("Password").fill("ravi-likes-long-passwords")
    ravi.get_by_role("button", name="Sign in").click()
    ravi.get_by_role("button", name="Use a passkey").click()
    ravi.wait_for_url("**/board", timeout=PATIENT_MS)


def test_a_page_says_a_minute_before_that_nobody_is_there(people):
    page = people.open()
    page.clock.install()
    enter_as(page, "Ravi")
    asked = {"left": 50}
    page.route("**/session/presence", lambda route: route.fulfill(json=asked))
    page.clock.run_for(5_000)
    note = page.get_by_role("alertdialog", name="Are you still there?")
    expect(note).to_be_visible(timeout=PATIENT_MS)
    asked["left"] = 3_600
    note.get_by_role("button", name="Stay signed in").click()
    expect(note).to_have_count(0, timeout=PATIENT_MS)
