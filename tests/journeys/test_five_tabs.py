"""The same wish from five tabs, after a lost answer, and by a form that the browser itself posts: once."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.demo.papers import one_page_pdf
from tests.journeys.steps import MOMENT_MS, PATIENT_MS, add_deal, enter_as

pytestmark = pytest.mark.browser


@pytest.fixture
def count(server):
    """How many rows a statement finds in the database of the running server."""

    def counted(query: str, *values: object) -> int:
        with sqlite3.connect(f"file:{server.data / 'portal.db'}?mode=ro", uri=True) as database:
            return database.execute(query, values).fetchone()[0]

    return counted


def _pressed_in_all(tabs: list[Page], words: str) -> None:
    """Press the same button in each tab at one moment, by the clock."""
    press = """([words, at]) => setTimeout(() =>
        [...document.querySelectorAll("button")].find((each) => each.innerText.trim().startsWith(words)).click(),
        at - Date.now())"""
    for tab in tabs:
        expect(tab.get_by_role("button", name=re.compile(f"^{words}")).first).to_be_enabled(timeout=PATIENT_MS)
    at = tabs[0].evaluate("Date.now()") + 1_500
    for tab in tabs:
        tab.evaluate(press, [words, at])
    for tab in tabs:
        expect(tab.locator("[aria-busy=true]:is(button)")).to_have_count(0, timeout=PATIENT_MS)
        tab.wait_for_timeout(900)
        expect(tab.locator(".toast.is-bad")).to_have_count(0)


def test_five_tabs_invite_once_and_send_one_new_link(people, count):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "Five tabs", ("Fay", "Tabb", "0491 570 944", "fay.tabb@example.com"))
    tabs = [alice, *(alice.context.new_page() for _ in range(4))]
    for tab in tabs:
        tab.goto(f"{deal}/share")
    _pressed_in_all(tabs, "Invite")
    sent = "SELECT count(*) FROM outbox m JOIN deals d ON d.id = m.deal_id WHERE d.name = ? AND m.kind = ?"
    assert count(sent, "Five tabs", "portal.invitation") == count(sent, "Five tabs", "portal.pin") == 1
    alice.wait_for_timeout(MOMENT_MS)
    _pressed_in_all(tabs, "Resend")
    assert count(sent, "Five tabs", "portal.invitation") == 2


def test_a_file_whose_answer_is_lost_is_stored_once(people, count):
    """The server has it, the phone never hears so and sends it again."""
    siobhan = enter_as(people.open(width=390), "Siobhán")
    siobhan.goto("/portal/documents")
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    siobhan.route("**/files", lose)
    paper = {"name": "lost answer.pdf", "mimeType": "application/pdf", "buffer": one_page_pdf("Letter", ["We give."])}
    siobhan.locator("input[type=file]").first.set_input_files([paper])
    siobhan.get_by_role("button", name=re.compile("^Try again")).click(timeout=PATIENT_MS)
    expect(siobhan.get_by_role("button", name=re.compile("^Try again"))).to_have_count(0, timeout=PATIENT_MS)
    expect(siobhan.get_by_text(re.compile("lost answer")).first).to_be_visible(timeout=PATIENT_MS)
    assert lost == [201] and count("SELECT count(*) FROM documents WHERE name = ?", "lost answer.pdf") == 1


@pytest.mark.parametrize("clicks", [2, 3])
def test_a_form_that_the_browser_posts_leaves_once(people, count, clicks):
    page = people.open("/forgot-password")
    before = count("SELECT count(*) FROM outbox WHERE kind = 'account.password_link'")
    who = {2: "ravi", 3: "hemi"}[clicks]
    page.get_by_label(re.compile("E-?mail", re.I)).first.fill(f"{who}@harbour.example.com")
    page.locator("form button[type=submit]").first.click(click_count=clicks)
    page.wait_for_url(re.compile("sent=1"), timeout=PATIENT_MS)
    assert count("SELECT count(*) FROM outbox WHERE kind = 'account.password_link'") == before + 1
