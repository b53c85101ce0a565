"""What clients and partners do, in Chromium, Firefox and Safari's engine; the broker sits in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from salestrekker_portal.demo.papers import one_page_pdf
from tests.journeys.steps import PATIENT_MS, add_company_deal, add_deal, enter_as, invite, link_and_pin
from tests.journeys.visitors import ENGINES, PlaywrightVisitor, Visitor, WebKitVisitor

pytestmark = pytest.mark.browser
MOBILES = iter(f"0491 571 {number:03d}" for number in range(100, 200))


@pytest.fixture(params=ENGINES)
def visitor(request, server) -> Visitor:
    """A client or partner with a fresh browser of each engine in turn."""
    if request.param == "webkit":
        return WebKitVisitor(request.getfixturevalue("webkit"), server.url)
    people = request.getfixturevalue("firefox_people" if request.param == "firefox" else "people")
    return PlaywrightVisitor(people.open(width=390))


@pytest.fixture
def paper(tmp_path):
    def make(name: str):
        path = tmp_path / name
        path.write_bytes(one_page_pdf("Payslip", ["Pay"]))
        return path

    return make


def let_in(visitor: Visitor, link: str, pin: str) -> None:
    """Through the link, with the PIN, past consent."""
    visitor.go(link)
    visitor.type("PIN", pin)
    visitor.press("Continue")
    visitor.press("I agree")
    # The demo's firm begins with the profile, which leads on to its first section: only then is the way over.
    visitor.comes_to(r"/portal/profile/\w+")


def ask_for(alice, deal: str, document: str, whom: str) -> None:
    """Add one document to what the deal asks, without sending yet."""
    alice.goto(f"{deal}/required-documents")
    alice.get_by_role("button", name="Add single").first.click()
    alice.get_by_label("Document name").fill(document)
    alice.get_by_label("For", exact=True).select_option(label=whom)
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.get_by_text(document).first).to_be_visible(timeout=PATIENT_MS)


@pytest.mark.parametrize("sees_others", [True, False], ids=["yes", "no"])
def test_a_couple_with_and_without_sight_of_each_other(people, visitor, paper, sees_others):
    tag = f"{'Yes' if sees_others else 'No'}{type(visitor).__name__[0]}{id(visitor) % 1000}"
    alice = enter_as(people.open(), "Alice")
    kiri = (f"Kiri{tag}", "Moss", next(MOBILES), f"kiri.{tag}@example.com".lower())
    lou = (f"Lou{tag}", "Vance", next(MOBILES), f"lou.{tag}@example.com".lower())
    deal = add_deal(alice, f"Moss and Vance {tag}", kiri, lou)
    for first, last, *_ in (kiri, lou):
        invite(alice, deal, f"{first} {last}", sees_others=sees_others)
    ask_for(alice, deal, "Payslip of the one", f"{kiri[0]} {kiri[1]}")
    ask_for(alice, deal, "Licence of the other", f"{lou[0]} {lou[1]}")
    alice.get_by_role("button", name="Request", exact=True).click()
    let_in(visitor, *link_and_pin(people.open(), lou[3]))

    visitor.go("/portal/documents")
    visitor.sees("Licence of the other")
    visitor.upload("Upload Licence of the other", paper("licence.pdf"))
    alice.goto(f"{deal}/documents")
    expect(alice.locator("body")).to_contain_text("licence.pdf", timeout=PATIENT_MS)
    if not sees_others:
        assert "Payslip of the one" not in visitor.everything()
        return
    visitor.upload("Upload Payslip of the one", paper("payslip-of-the-one.pdf"))
    expect(alice.locator("body")).to_contain_text("payslip-of-the-one.pdf", timeout=PATIENT_MS)


def test_one_person_in_new_zealand(people, visitor):
    """The whole of it, to submission, is in test_fact_finds."""
    tag = f"{type(visitor).__name__[0]}{id(visitor) % 1000}"
    moana = enter_as(people.open(), "Moana")
    client = (f"Aroha{tag}", "Paki", f"+61 {next(MOBILES)[1:]}", f"aroha.{tag}@example.com".lower())
    deal = add_deal(moana, f"Paki in Petone {tag}", client)
    invite(moana, deal, f"{client[0]} Paki")
    link, pin = link_and_pin(people.open(), client[3])
    visitor.go(link)
    visitor.type("PIN", pin)
    visitor.press("Continue")
    for document in ("Acknowledgement and declaration", "Adviser guide", "ROMA"):
        visitor.sees(document)
    visitor.press("I agree")
    visitor.comes_to(r"/portal/profile/\w+")
    visitor.go("/portal/profile/applicant.personal_details")
    visitor.type("IRD number", "49-091-851")
    visitor.sees("Check the IRD number")
    visitor.type("IRD number", "49-091-850")
    visitor.loses("Check the IRD number")
    visitor.sees("Saved")
    visitor.go("/portal/profile/assets")
    visitor.sees("KiwiSaver")
    visitor.loses("Superannuation")
    visitor.go("/portal/profile/applicant.personal_details")
    visitor.sees("New Zealand citizen")
    assert visitor.value("IRD number") == "49-091-850"


def test_a_company_answers_through_its_contact_person(people, visitor):
    """The whole of it, to submission, is in test_fact_finds."""
    tag = f"{type(visitor).__name__[0]}{id(visitor) % 1000}"
    alice = enter_as(people.open(), "Alice")
    firm, email = f"Rye {tag} Pty Ltd", f"joan.{tag}@example.com".lower()
    deal = add_company_deal(alice, f"Oven for {firm}", firm, ("Joan", "Rye", next(MOBILES), email))
    invite(alice, deal, firm)
    let_in(visitor, *link_and_pin(people.open(), email))
    visitor.go("/portal/profile/entity.details")
    visitor.sees("Legal name")
    assert visitor.value("Legal name") == firm
    visitor.type("ABN", "51 824 753 557")
    visitor.sees("Check the ABN")
    visitor.type("ABN", "51 824 753 556")
    visitor.loses("Check the ABN")
    visitor.type("What does it do?", "Bakes bread")
    visitor.sees("Saved")
    visitor.go("/portal/profile/entity.contact_person")
    visitor.sees("Role in the business")
    assert visitor.value("First name") == "Joan"
    alice.goto(f"{deal}/profile?page=entity")
    expect(alice.get_by_label("What does it do?", exact=True)).to_have_value("Bakes bread", timeout=PATIENT_MS)


def test_a_partners_lead_is_followed_until_it_is_settled(people, visitor):
    tag = f"{type(visitor).__name__[0]}{id(visitor) % 1000}"
    surname = f"Pōtiki{tag}"
    visitor.go("/")
    visitor.press("Enter as Dev")
    visitor.sees("Add new deal")
    visitor.go("/partner/refer")
    for label, text in (
        ("First name", "Mereana"),
        ("Last name", surname),
        ("Phone", next(MOBILES)),
        ("Email", f"mereana.{tag}@example.com".lower()),
        ("Summary", "Selling in March, wants to buy near the school."),
    ):
        visitor.type(label, text)
    visitor.select("Broker", "Alice O’Rourke")
    visitor.press("Save")
    visitor.comes_to("/partner/deals/")
    visitor.sees(f"{surname}, referred by Dev Patel")

    alice = enter_as(people.open(), "Alice")
    alice.locator("summary", has_text="Other workflows").click()
    alice.get_by_role("link", name="Leads").first.click()
    alice.get_by_role("link", name=re.compile(surname)).first.click()
    alice.wait_for_url(re.compile("/deals/"))
    alice.locator("summary", has_text="Quick actions").click()
    alice.get_by_role("button", name="Settle deal", exact=True).first.click()
    expect(alice.get_by_text("Settle this deal?")).to_be_visible(timeout=PATIENT_MS)
    alice.get_by_role("button", name="Settle deal", exact=True).last.click()
    expect(alice.locator("body")).to_contain_text(re.compile("settled", re.I), timeout=PATIENT_MS)
    visitor.sees("Settled")
    visitor.go("/partner?view=list&closed=1")
    visitor.select("Workflow", "Leads")
    visitor.sees(surname)


def test_a_setting_of_the_broker_reaches_the_client_who_is_looking(people, visitor):
    tag = f"{type(visitor).__name__[0]}{id(visitor) % 1000}"
    alice = enter_as(people.open(), "Alice")
    client = (f"Wen{tag}", "Hart", next(MOBILES), f"wen.{tag}@example.com".lower())
    deal = add_deal(alice, f"Hart purchase {tag}", client)
    invite(alice, deal, f"{client[0]} Hart")
    let_in(visitor, *link_and_pin(people.open(), client[3]))
    visitor.go("/portal")
    visitor.sees("Where your loan is up to")
    alice.goto("/settings/client-portal")
    switch = alice.get_by_role("switch", name=re.compile("status bar", re.I)).or_(
        alice.get_by_role("checkbox", name=re.compile("status bar", re.I))
    )
    switch.first.click()
    visitor.loses("Where your loan is up to")
    switch.first.click()
    visitor.sees("Where your loan is up to")
