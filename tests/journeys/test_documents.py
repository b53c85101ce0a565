"""A document from the request to "Accepted", with the client and the broker each on their own screen."""

import re

import pytest
from playwright.sync_api import expect

from salestrekker_portal.demo.papers import one_page_pdf

pytestmark = pytest.mark.browser
PAPER = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": one_page_pdf("Gift letter", ["We give it."])}


def enter(people, name: str, path: str = ""):
    page = people.open("/")
    page.get_by_role("button", name=re.compile(f"^Enter as {name}")).click()
    page.wait_for_url(re.compile(r"/(board|portal)"))
    if path:
        page.goto(path)
    return page


def test_a_request_is_sent_answered_asked_again_and_accepted_live(people):
    client = enter(people, "Siobhán", "/portal/documents")
    expect(client.get_by_role("heading", name="To do")).to_be_visible()
    broker = enter(people, "Alice")
    broker.get_by_role("link", name=re.compile("^O’Dea & Rewi")).first.click()
    broker.get_by_role("link", name="Required documents").click()

    broker.get_by_role("button", name="Add single").first.click()
    broker.get_by_label("Document name").fill("Gift letter")
    broker.get_by_label("Why we ask").fill("Shows where the deposit comes from.")
    broker.get_by_role("button", name="Add", exact=True).click()
    expect(broker.get_by_text(re.compile("1 request for .+, not sent yet"))).to_be_visible()
    expect(client.get_by_role("heading", name="Gift letter")).to_have_count(0)
    broker.get_by_role("button", name="Request", exact=True).click()
    expect(client.get_by_role("heading", name="Gift letter")).to_be_visible()

    client.get_by_label("Upload Gift letter").set_input_files([PAPER])
    expect(broker.get_by_text(re.compile("^letter.pdf"))).to_be_visible()
    broker.get_by_role("button", name="Gift letter", exact=True).click()
    broker.get_by_role("button", name="Ask again").click()
    broker.get_by_label("What should they send?").fill("It needs a signature.")
    broker.get_by_role("button", name="Ask again").click()
    expect(client.get_by_text("It needs a signature.")).to_be_visible()

    client.get_by_label("Upload Gift letter").set_input_files([{**PAPER, "name": "signed.pdf"}])
    broker.get_by_role("button", name="Accept").click()
    expect(client.locator("#accepted").get_by_text("Gift letter")).to_be_visible()
