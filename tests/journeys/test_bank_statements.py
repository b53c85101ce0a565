"""From the broker's request to statements under Documents on both sides, through the invented bank."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser
# The invented bank takes six seconds, and then calls.
FETCHED_MS = 40_000


def test_a_client_connects_the_invented_bank_and_both_find_the_statements(people):
    broker = enter_as(people.open("/"), "Alice")
    broker.get_by_role("link", name=re.compile("^O’Dea & Rewi")).first.click()
    broker.get_by_role("link", name="Bank statements").click()
    expect(broker.get_by_role("heading", name="Ask for bank statements")).to_be_visible(timeout=PATIENT_MS)
    expect(broker.get_by_role("checkbox", name="Siobhán O’Dea")).to_be_disabled()
    broker.get_by_role("button", name="Ask for statements").click()
    expect(broker.get_by_role("button", name="Renew for Tāne Rewi")).to_be_visible(timeout=PATIENT_MS)

    client = enter_as(people.open("/"), "Siobhán")
    client.goto("/portal/documents")
    expect(client.get_by_role("heading", name=re.compile("^Alice asks for 6 months"))).to_be_visible(timeout=PATIENT_MS)
    connect = client.get_by_role("button", name=re.compile("^Connect your bank"))
    connect.click()  # not ticked: the browser itself asks for it, and nothing opens
    assert len(client.context.pages) == 1
    client.get_by_label("I agree that this is shared").check()
    with client.context.expect_page() as opened:
        connect.click()
    bank = opened.value
    bank.get_by_role("button", name="Agree and share").wait_for(timeout=PATIENT_MS)
    expect(bank.get_by_text("Invented bank, for the demonstration")).to_be_visible()
    bank.get_by_role("button", name="Agree and share").click()
    bank.wait_for_url(re.compile("/portal/documents"))

    here = "Your bank statements are here"
    expect(client.get_by_role("heading", name=here)).to_be_visible(timeout=FETCHED_MS)
    expect(client.get_by_text(re.compile("^Tin Roof Bank Everyday")).first).to_be_visible(timeout=PATIENT_MS)
    expect(broker.get_by_role("heading", name="Summary: Siobhán O’Dea")).to_be_visible(timeout=PATIENT_MS)
    broker.get_by_role("link", name="Documents", exact=True).click()
    expect(broker.get_by_text(re.compile("^Tin Roof Bank Everyday")).first).to_be_visible(timeout=PATIENT_MS)
    expect(broker.get_by_text(re.compile("through Demonstration bank")).first).to_be_visible()
