"""A client's whole life with a passkey, in Chromium with a phone that has a screen lock."""

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
