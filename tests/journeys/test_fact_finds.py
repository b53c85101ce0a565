"""A fact find from invitation to submission: one person in New Zealand, and a company in Australia (oracle 16)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    PATIENT_MS,
    add_company_deal,
    add_deal,
    answer,
    choose,
    come_in,
    enter_as,
    link_and_pin,
    section,
    submit_profile,
    tick,
)

pytestmark = pytest.mark.browser


def _invite_for(broker: Page, deal: str, client: str, *, only: tuple[str, ...]) -> None:
    """Invite with the flow changed for this once: of all sections, only these."""
    broker.goto(f"{deal}/share")
    broker.get_by_role("button", name=client).click()
    broker.get_by_role("button", name="Change it for this invitation").click()
    pages = broker.locator(".flow-picker-page")
    expect(pages.first).to_be_visible(timeout=PATIENT_MS)
    for number in range(pages.count()):
        whole = pages.nth(number).get_by_role("checkbox").first
        if whole.is_checked():
            whole.uncheck()
            expect(pages.nth(number).get_by_text(re.compile(r"^0 of"))).to_be_visible(timeout=PATIENT_MS)
    expect(broker.get_by_text("Tick at least one section.").first).to_be_visible(timeout=PATIENT_MS)
    for title in only:
        broker.locator(".flow-picker-sections").get_by_role("checkbox", name=title, exact=True).check()
    expect(broker.get_by_text("Tick at least one section.")).to_have_count(0, timeout=PATIENT_MS)
    broker.get_by_role("button", name=re.compile("^Invite")).last.click()
    expect(broker.get_by_role("button", name="Resend").first).to_be_visible(timeout=PATIENT_MS)


def test_one_person_in_new_zealand(people):
    moana = enter_as(people.open(), "Moana")
    client = ("Aroha", "Paki", "+61 491 570 960", "aroha.paki@example.com")
    deal = add_deal(moana, "Paki – first home, Petone", client)
    only = ("Personal details", "Identification", "KiwiSaver", "Acknowledgement and declaration")
    _invite_for(moana, deal, "Aroha Paki", only=only)
    link, pin = link_and_pin(people.open(), client[3])
    aroha = people.open(width=390)
    aroha.goto(link)
    aroha.get_by_label("PIN").fill(pin)
    aroha.get_by_role("button", name="Continue").click()
    for document in ("Acknowledgement and declaration", "Adviser guide", "ROMA"):
        expect(aroha.get_by_text(document).first).to_be_visible(timeout=PATIENT_MS)
    aroha.get_by_role("button", name="I agree").click()
    aroha.wait_for_url(re.compile(r"/portal(?!/consent)(/|$)"))

    section(aroha, "applicant.personal_details")
    expect(aroha.get_by_label("First name", exact=True)).to_have_value("Aroha")
    answer(aroha, "Date of birth", "27 3 1991")
    answer(aroha, "IRD number", "49-091-851")
    expect(aroha.get_by_role("alert").filter(has_text="Check the IRD number")).to_be_visible(timeout=PATIENT_MS)
    answer(aroha, "IRD number", "49-091-850")
    choose(aroha, "Are you married or in a relationship?", "Single")
    choose(aroha, "What is your status in New Zealand?", "New Zealand citizen")
    section(aroha, "applicant.identification")
    tick(aroha, "Driver licence")
    answer(aroha, "Licence number", "AB123456")
    answer(aroha, "Version number", "045")
    answer(aroha, "Licence expiry date", "15/06/2031")
    section(aroha, "assets")
    aroha.get_by_role("button", name="Nothing to add here").click()
    expect(aroha.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)
    section(aroha, "advice.declaration")
    expect(aroha.get_by_text("My adviser may use it")).to_be_visible()
    tick(aroha, "What I have told is true and complete")
    tick(aroha, "My adviser may use it")
    choose(aroha, "Is there anything that a lender should know and that we have not asked?", "No")
    aroha.goto("/portal/profile/liabilities.cards")
    expect(aroha).not_to_have_url(re.compile("liabilities"), timeout=PATIENT_MS)
    submit_profile(aroha, "Moana")


def test_a_company_answers_through_its_contact_person(people):
    alice = enter_as(people.open(), "Alice")
    person = ("Joan", "Rye", "0491 570 961", "joan.rye@example.com")
    deal = add_company_deal(alice, "Rye & Sons – oven", "Rye & Sons Pty Ltd", person)
    _invite_for(alice, deal, "Rye & Sons Pty Ltd", only=("The business", "Contact person"))
    link, pin = link_and_pin(people.open(), "joan.rye@example.com")
    joan = people.open(width=390)
    come_in(joan, link, pin)
    expect(joan.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENT_MS)
    joan.wait_for_timeout(500)  # the way on after consent may take a moment more

    section(joan, "entity.details")
    expect(joan.get_by_label("Legal name", exact=True)).to_have_value("Rye & Sons Pty Ltd")
    choose(joan, "What is it?", "Private company")
    answer(joan, "ABN", "51 824 753 557")
    expect(joan.get_by_role("alert").filter(has_text="Check the ABN")).to_be_visible(timeout=PATIENT_MS)
    answer(joan, "ABN", "51 824 753 556")
    answer(joan, "ACN", "004 085 616")
    choose(joan, "Registered for GST?", "Yes")
    answer(joan, "What does it do?", "Bakes bread")
    section(joan, "entity.contact_person")
    expect(joan.get_by_label("First name", exact=True)).to_have_value("Joan")
    answer(joan, "Role in the business", "Director")
    submit_profile(joan, "Alice")
    alice.goto(f"{deal}/profile?page=entity")
    expect(alice.get_by_label("What does it do?", exact=True)).to_have_value("Bakes bread", timeout=PATIENT_MS)
