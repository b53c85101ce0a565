"""What goes wrong at a keyboard: a clear sentence beside the field, nothing typed lost, and never a traceback."""

import re

import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.demo.papers import one_page_pdf
from tests.journeys.steps import PATIENT_MS, add_deal, answer, enter_as, section

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror=window.hacked=1>"
NOT_FOR_PEOPLE = re.compile("Traceback|Exception|Error:|NoneType|sqlalchemy|\\.py\\b")
PDF = one_page_pdf("A paper", ["With words on it."])
BOX = "Upload Deposit receipt"


def no_traceback(*pages: Page) -> None:
    for page in pages:
        assert not NOT_FOR_PEOPLE.search(page.locator("body").inner_text())


def refused(page: Page, words: str) -> None:
    """The page says why, as an alert."""
    expect(page.get_by_role("alert").filter(has_text=re.compile(words)).first).to_be_visible(timeout=PATIENT_MS)
    no_traceback(page)


@pytest.fixture
def papers(people) -> Page:
    page = enter_as(people.open(width=390), "Siobhán")
    page.goto("/portal/documents")
    expect(page.get_by_label(BOX)).to_be_attached(timeout=PATIENT_MS)
    return page


def send(page: Page, name: str, content: bytes, mime: str = "application/pdf") -> None:
    page.get_by_label(BOX).set_input_files([{"name": name, "mimeType": mime, "buffer": content}])


def test_a_file_that_is_too_large_or_empty(papers, tmp_path):
    large = tmp_path / "scan.pdf"
    with large.open("wb") as file:
        file.write(PDF)
        file.truncate(61 * 1024 * 1024)
    papers.get_by_label(BOX).set_input_files(large)
    refused(papers, "61 MB.*50 MB")
    send(papers, "nothing.pdf", b"")
    refused(papers, "empty")


def test_a_file_whose_content_is_not_its_extension(papers):
    send(papers, "payslip.pdf", b"MZ\x90\x00" + b"\x00" * 4000)
    refused(papers, "payslip|PDF")
    send(papers, "notes.exe", b"MZ\x90\x00" + b"\x00" * 4000, "application/x-msdownload")
    refused(papers, "exe")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd 🏡.pdf", "passwd 🏡.pdf"), ("<script>alert(1)</script>.pdf", "script")],
)
def test_odd_names_of_files_are_kept_as_words(people, papers, name, kept):
    send(papers, name, PDF)
    shown = papers.get_by_role("link", name=re.compile(f"^View .*{re.escape(kept)}")).first
    expect(shown).to_be_visible(timeout=PATIENT_MS)
    assert ".." not in shown.inner_text()
    no_traceback(papers)


def test_a_name_of_ten_thousand_characters_is_refused_and_kept(people):
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("button", name="Add deal").first.click()
    name = alice.get_by_label("Deal name")
    name.fill("x" * 10_000)
    alice.get_by_label("First name").fill("Ada")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(name).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    beside = name.get_attribute("aria-describedby").split()
    assert any("at most" in alice.locator(f"[id='{each}']").inner_text() for each in beside)
    assert len(name.input_value()) == 10_000
    expect(alice.get_by_label("First name")).to_have_value("Ada")
    no_traceback(alice)

    siobhan = enter_as(people.open(width=390), "Siobhán")
    section(siobhan, "applicant.personal_details")
    field = siobhan.get_by_label("Middle name", exact=True)
    field.fill("y" * 10_000)
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    assert len(field.input_value()) == 10_000
    no_traceback(siobhan)


def test_a_value_that_is_no_amount(people):
    alice = enter_as(people.open(), "Alice")
    alice.get_by_role("button", name="Add deal").first.click()
    alice.get_by_label("Deal name").fill("A number of sorts")
    alice.get_by_label("Value").fill("1,2,3")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_label("Value")).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    expect(alice.get_by_label("Value")).to_have_value("1,2,3")
    expect(alice.get_by_label("Deal name")).to_have_value("A number of sorts")
    no_traceback(alice)


@pytest.mark.parametrize(
    ("place", "label", "typed"),
    [
        ("applicant.personal_details", "Date of birth", "30/02/1986"),
        ("expenses.general", "Clothing and personal care", "1,2,3"),
    ],
)
def test_an_answer_that_cannot_be(people, place, label, typed):
    siobhan = enter_as(people.open(width=390), "Siobhán")
    section(siobhan, place)
    field = siobhan.get_by_label(label, exact=True)
    field.fill(typed)
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true", timeout=PATIENT_MS)
    beside = [siobhan.locator(f"[id='{each}']") for each in field.get_attribute("aria-describedby").split()]
    assert any(each.get_attribute("role") == "alert" and each.inner_text().strip() for each in beside)
    expect(field).to_have_value(typed)
    siobhan.reload()
    expect(siobhan.get_by_label(label, exact=True)).to_have_value(typed, timeout=PATIENT_MS)
    no_traceback(siobhan)


def test_scripts_are_words_everywhere(people):
    alice = enter_as(people.open(), "Alice")
    deal = add_deal(alice, SCRIPT, (SCRIPT, SCRIPT, "0491 570 156", "script@example.com"))
    expect(alice.get_by_role("heading", level=1)).to_contain_text(SCRIPT)
    alice.goto(f"{deal}/notes")
    alice.get_by_label("Note", exact=True).fill(SCRIPT)
    alice.get_by_role("button", name="Save note").click()
    expect(alice.get_by_role("article").filter(has_text=SCRIPT).first).to_be_visible(timeout=PATIENT_MS)
    alice.goto(f"{deal}/required-documents")
    alice.get_by_role("button", name="Add single").first.click()
    alice.get_by_label("Document name").fill(SCRIPT)
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.locator("main")).to_contain_text(SCRIPT, timeout=PATIENT_MS)

    siobhan = enter_as(people.open(width=390), "Siobhán")
    section(siobhan, "applicant.personal_details")
    answer(siobhan, "Preferred name", SCRIPT)
    siobhan.goto("/portal/messages")
    siobhan.get_by_label("Message", exact=True).fill(SCRIPT)
    siobhan.get_by_role("button", name="Send").click()
    expect(siobhan.get_by_role("log")).to_contain_text(SCRIPT, timeout=PATIENT_MS)

    dev = enter_as(people.open(width=390), "Dev")
    dev.goto("/partner/refer")
    dev.get_by_label("First name").fill(SCRIPT)
    dev.get_by_label("Last name").fill(SCRIPT)
    dev.get_by_label("Phone").fill("0491 570 157")
    dev.get_by_label("Email").fill("script.partner@example.com")
    dev.get_by_label("Summary").fill(SCRIPT)
    dev.get_by_role("button", name="Save", exact=True).click()
    dev.wait_for_url(re.compile("/partner/deals/"), timeout=PATIENT_MS)
    expect(dev.locator("main")).to_contain_text(SCRIPT, timeout=PATIENT_MS)

    for page, address in ((alice, "/board"), (alice, f"{deal}/activity"), (alice, "/outbox"), (siobhan, "/portal")):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    for page in (alice, siobhan, dev):
        assert page.evaluate("window.hacked === undefined")
        no_traceback(page)
