"""A broker finds what a client changed since they looked, hears it with its field, and says that they have seen it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import PATIENT_MS, answer, enter_as, section
from tests.support.browsers import axe_violations

pytestmark = pytest.mark.browser


def test_the_mark_is_heard_with_its_field_until_it_was_seen(people):
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    alice.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}"))
    deal = re.search(r"/deals/[0-9a-f-]{36}", alice.url).group(0)
    alice.goto(f"{deal}/profile?page=expenses")
    groceries = alice.get_by_label("Groceries", exact=True).first
    expect(groceries).to_be_visible(timeout=PATIENT_MS)
    expect(alice.locator(".fresh-mark")).to_have_count(0)

    siobhan = enter_as(people.open(width=360), "Siobhán")
    section(siobhan, "expenses.general")
    answer(siobhan, "Groceries", "777")
    expect(groceries).to_have_value(re.compile("777"), timeout=PATIENT_MS)
    mark = alice.locator(".fresh-mark").first
    expect(mark).to_contain_text("New since", timeout=PATIENT_MS)
    expect(mark).to_contain_text("Siobhán")
    said = (groceries.get_attribute("aria-describedby") or "").split()
    assert mark.get_attribute("id") in said, said
    assert all(alice.locator(f"[id='{each}']").count() == 1 for each in said), "each names something that is there"
    assert axe_violations(alice) == []
    expect(alice.get_by_text(re.compile("1 change by others since you looked"))).to_be_visible(timeout=PATIENT_MS)
    alice.reload()
    expect(alice.locator(".fresh-mark").first).to_contain_text("New since", timeout=PATIENT_MS)
    alice.get_by_role("button", name="I have seen it").click()
    expect(alice.locator(".fresh-mark")).to_have_count(0, timeout=PATIENT_MS)
    assert "-fresh" not in (groceries.get_attribute("aria-describedby") or "")
    alice.reload()
    expect(groceries).to_be_visible(timeout=PATIENT_MS)
    expect(alice.locator(".fresh-mark")).to_have_count(0)
