"""The main job: a broker shares a deal, the client fills it in, the broker and the partner see it at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import (
    PATIENT_MS,
    add_deal,
    answer,
    come_in,
    enter_as,
    link_and_pin,
    section,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def papers(tmp_path):
    path = tmp_path / "payslip – März 📄.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
    return path


def _stands_last_at_the_right(page, button):
    """S0-07, S1-29: at the bottom right of the panel, after Cancel."""
    foot, place = page.locator("#share .drawer-foot").bounding_box(), button.bounding_box()
    cancel = page.locator("#share .drawer-foot").get_by_role("button", name="Cancel").bounding_box()
    assert foot["x"] + foot["width"] - place["x"] - place["width"] < 40
    assert cancel["x"] < place["x"]


def test_share_fill_in_and_see(people, papers):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, "Jo’s first home", ("Jo", "O’Neill-Tūhoe", "0491 570 999", "jo.oneill@example.com"))
    alice.goto(f"{deal}/required-documents")
    alice.get_by_role("button", name="Add single").first.click()
    alice.get_by_label("Document name").fill("Two latest payslips")
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.get_by_text("Two latest payslips").first).to_be_visible()

    alice.goto(f"{deal}/share")
    alice.get_by_role("button", name=re.compile("Jo")).first.click()
    alice.get_by_role("checkbox", name=re.compile("Two latest payslips")).check()
    invite = alice.get_by_role("button", name=re.compile("^Invite")).last
    _stands_last_at_the_right(alice, invite)
    invite.click()
    expect(alice.get_by_role("button", name="Resend").first).to_be_visible(timeout=PATIENT_MS)

    link, pin = link_and_pin(people.open(), "jo.oneill@example.com")
    jo = people.open(width=390)
    come_in(jo, link, pin)

    alice.goto(f"{deal}/profile")
    section(jo, "applicant.personal_details")
    answer(jo, "First name", "Joanna <script>alert(1)</script>")
    expect(alice.locator("body")).to_contain_text("Joanna <script>alert(1)</script>", timeout=PATIENT_MS)

    alice.goto(f"{deal}/documents")
    jo.goto("/portal/documents")
    jo.get_by_label("Upload Two latest payslips").first.set_input_files(papers)
    expect(alice.locator("body")).to_contain_text("payslip – März", timeout=PATIENT_MS)

    alice.goto(f"{deal}/notes")
    jo.goto("/portal/messages")
    jo.get_by_label("Message").fill("Is one payslip enough?")
    jo.get_by_role("button", name="Send").click()
    expect(alice.locator("body")).to_contain_text("Is one payslip enough?", timeout=PATIENT_MS)


def test_the_partner_sees_the_stage_move(people):
    dev = enter_as(people.open(), "Dev")
    tile = dev.get_by_role("link", name=re.compile("O’Dea & Rewi")).first
    tile.click()
    dev.wait_for_url(re.compile("/partner/deals/"))
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.click()
    alice.wait_for_url(re.compile("/deals/"))
    alice.get_by_role("button", name=re.compile("Preparing")).first.click()
    expect(dev.locator("body")).to_contain_text("Comparing lenders", timeout=PATIENT_MS)
    expect(dev.get_by_text(re.compile("Comparing lenders")).first).to_be_visible()


def test_a_partner_adds_a_lead(people):
    alice = enter_as(people.open(), "Alice")
    dev = enter_as(people.open(width=390), "Dev")
    dev.get_by_role("link", name="Add new deal").or_(dev.get_by_role("button", name="Add new deal")).first.click()
    dev.get_by_label("First name").fill("Mereana")
    dev.get_by_label("Last name").fill("Pōtiki")
    dev.get_by_label("Phone").fill("0491 570 158")
    dev.get_by_label("Email").fill("mereana@example.com")
    dev.get_by_label("Summary").fill("Selling in March, wants to buy near the school.")
    dev.get_by_label("Broker").select_option(label="Alice O’Rourke")
    dev.get_by_role("button", name="Save", exact=True).click()
    dev.wait_for_url(re.compile("/partner/deals/"))
    alice.goto("/board")
    alice.locator("summary", has_text="Other workflows").click()
    alice.get_by_role("link", name="Leads").first.click()
    expect(alice.get_by_role("link", name=re.compile("Pōtiki.*Dev Patel"))).to_be_visible(timeout=PATIENT_MS)
