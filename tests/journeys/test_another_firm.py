"""A partner goes to another firm: never one firm's deals or words under the other's name, not even for a moment."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser

HARBOUR, KAURI = "Harbour Finance", "Kauri Home Loans"
OURS, THEIRS = "Lambton", "Flat Bush"  # in the names of the deals that Dev follows, by firm
# Everything that the server says comes late, in order; and whatever stands on the page at any moment is kept.
SLOWED = """(() => {
  const known = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    ...known, set(told) { known.set.call(this, (event) => setTimeout(() => told.call(this, event), 700)) } });
  const look = () => {
    const name = document.querySelector("header .brand-name")?.textContent || "";
    const words = document.querySelector("main")?.textContent || "";
    const seen = [name, words.includes("Lambton"), words.includes("Flat Bush")].join();
    const all = JSON.parse(localStorage.getItem("seen") || "[]");
    if (!all.includes(seen)) localStorage.setItem("seen", JSON.stringify([...all, seen]));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
})();"""


def seen_by(page: Page) -> list[str]:
    return page.evaluate("JSON.parse(localStorage.getItem('seen'))")


def go_to(page: Page, firm: str) -> None:
    page.locator("summary[title='Switch organisation']").click()
    page.get_by_role("button", name=firm).click()


def is_at(page: Page, firm: str, deal: str) -> None:
    expect(page.locator("header .brand-name").first).to_have_text(firm, timeout=PATIENT_MS)
    expect(page.get_by_role("link", name=re.compile(deal)).first).to_be_visible(timeout=PATIENT_MS)


def test_a_slow_server_shows_no_firm_the_others_deals(people):
    dev = enter_as(people.open(), "Dev")
    dev.context.add_init_script(SLOWED)
    dev.goto("/partner")
    go_to(dev, HARBOUR)
    is_at(dev, HARBOUR, OURS)
    other = dev.context.new_page()
    other.goto("/partner")
    is_at(other, HARBOUR, OURS)
    for firm, deal in ((KAURI, THEIRS), (HARBOUR, OURS), (KAURI, THEIRS)):
        go_to(dev, firm)
        is_at(dev, firm, deal)
        # The other tab of the same person goes along by itself.
        is_at(other, firm, deal)
    shown = seen_by(dev)
    assert f"{HARBOUR},true,false" in shown and f"{KAURI},false,true" in shown
    mixed = {f"{HARBOUR},false,true", f"{HARBOUR},true,true", f"{KAURI},true,false", f"{KAURI},true,true"}
    assert not mixed & set(shown), shown


def test_what_was_typed_for_one_firm_goes_to_no_other(people):
    dev = enter_as(people.open(), "Dev")
    # Whoever signs in begins at the firm where they were last.
    go_to(dev, HARBOUR)
    is_at(dev, HARBOUR, OURS)
    dev.goto("/partner/refer")
    typed = {
        "First name": "Marika",
        "Last name": "Onlyhere",
        "Email": "marika.onlyhere@example.com",
        "Phone": "0491571188",
    }
    for label, words in typed.items():
        dev.get_by_label(label).fill(words)
    other = dev.context.new_page()
    other.goto("/partner")
    is_at(other, HARBOUR, OURS)
    go_to(other, KAURI)
    is_at(other, KAURI, THEIRS)
    dev.get_by_label("Broker").select_option(index=1)
    dev.get_by_role("button", name="Save", exact=True).click()
    is_at(dev, KAURI, THEIRS)
    expect(dev.get_by_text("Onlyhere")).to_have_count(0)
    dev.get_by_role("button", name="Add new deal").click()
    expect(dev.get_by_label("First name")).to_have_value("", timeout=PATIENT_MS)
    dev.wait_for_timeout(800)  # what was kept is put back within half a second
    expect(dev.get_by_label("First name")).to_have_value("")
    dev.goto("/partner")
    go_to(dev, HARBOUR)
    is_at(dev, HARBOUR, OURS)
    expect(dev.get_by_text("Onlyhere")).to_have_count(0)
    dev.get_by_role("button", name="Add new deal").click()
    expect(dev.get_by_label("First name")).to_have_value("Marika", timeout=PATIENT_MS)
