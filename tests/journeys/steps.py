"""What people do on the screens, by the words that they see. Used by every journey."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

LIVE_MS = 1_000  # what somebody does is on the others' screens within a second
# The machine that runs the suite may be busy; the promise itself is measured in test_live.
PATIENT_MS = 10_000
# After this a link may go again; before, it was sent "a moment ago".
MOMENT_MS = 10_500


def enter_as(page: Page, name: str) -> Page:
    """Enter the demo as one of its people."""
    page.goto("/")
    page.get_by_role("button", name=f"Enter as {name}", exact=True).click()
    page.wait_for_url(re.compile(r"/(board|portal|partner)"))
    return page


def add_deal(page: Page, name: str, *clients: tuple[str, str, str, str], value: str = "640,000") -> str:
    """Add a deal with new contacts (first, last, mobile, e-mail); the address that it lands on."""
    page.goto("/board")
    page.get_by_role("button", name="Add deal").first.click()
    page.get_by_label("Deal name").fill(name)
    page.get_by_label("Value").fill(value)
    for number, (first, last, mobile, email) in enumerate(clients):
        if number:
            page.get_by_role("button", name="Add another contact").click()
        page.get_by_label("First name").nth(number).fill(first)
        page.get_by_label("Last name").nth(number).fill(last)
        page.get_by_label("Mobile").nth(number).fill(mobile)
        page.get_by_label("Email").nth(number).fill(email)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return re.search(r"/deals/[0-9a-f-]{36}", page.url).group(0)


def add_company_deal(page: Page, name: str, company: str, person: tuple[str, str, str, str]) -> str:
    """Add a commercial deal of a company with its contact person (first, last, mobile, e-mail); its address."""
    page.goto("/board")
    page.get_by_role("button", name="Add deal").first.click()
    page.get_by_label("Deal name").fill(name)
    page.get_by_label("Value").fill("260,000")
    page.get_by_label("Deal type").select_option(label="Commercial loan")
    page.get_by_role("button", name="Add a company").click()
    page.get_by_label("Company, trust or partnership").fill(company)
    for label, words in zip(("First name", "Last name", "Mobile", "Email"), person, strict=True):
        page.get_by_label(label).last.fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/deals/[0-9a-f-]{36}"))
    return re.search(r"/deals/[0-9a-f-]{36}", page.url).group(0)


def invite(page: Page, deal: str, client: str, *, sees_others: bool | None = None) -> None:
    """Invite a client of a deal from the share panel."""
    page.goto(f"{deal}/share")
    page.get_by_role("button", name=client).click()
    if sees_others is not None:
        group = page.get_by_role("radiogroup", name="Can see other applicants' details")
        choice = group.get_by_role("radio", name="Yes" if sees_others else "No")
        choice.click()
        expect(choice).to_be_checked(timeout=PATIENT_MS)
    # Why an invitation can't be sent stands beside the button: a test that is in the way of itself says so at once.
    expect(page.locator("#why-not")).to_have_count(0, timeout=PATIENT_MS)
    page.get_by_role("button", name=re.compile("^Invite")).last.click()
    expect(page.get_by_role("button", name="Resend").first).to_be_visible(timeout=PATIENT_MS)


def link_and_pin(page: Page, email: str) -> tuple[str, str]:
    """The newest link (its path) and PIN that the outbox shows for this client."""
    page.goto("/outbox")
    invitation = page.get_by_role("article").filter(has_text=email).filter(has=page.get_by_role("link"))
    expect(invitation.first).to_be_visible(timeout=PATIENT_MS)
    link = invitation.first.get_by_role("link").first.get_attribute("href")
    link = urlsplit(link).path
    name = invitation.first.inner_text().split("To")[1].split(",")[0].strip().split("\n")[-1]
    text = page.get_by_role("article").filter(has_text="SMS").filter(has_text=name)
    expect(text.first).to_be_visible(timeout=PATIENT_MS)
    return link, re.search(r"\b(\d{6})\b", text.first.inner_text()).group(1)


def come_in(page: Page, link: str, pin: str) -> None:
    """Follow the link, type the PIN, agree."""
    page.goto(link)
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Continue").click()
    agree(page)


def agree(page: Page) -> None:
    page.get_by_role("button", name="I agree").click()
    page.wait_for_url(re.compile(r"/portal(?!/consent)(/|$)"))


def section(page: Page, full_id: str) -> None:
    """Open a section of one's own profile."""
    page.goto(f"/portal/profile/{full_id}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def answer(page: Page, label: str, text: str) -> None:
    """Type an answer, leave the field, and wait until the page says that it is saved."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)


def _saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=PATIENT_MS)


def choose(page: Page, question: str, words: str) -> None:
    """Press one of a question's cards."""
    page.get_by_role("radiogroup", name=question).get_by_role("radio", name=words, exact=True).check()
    _saved(page)


def pick(page: Page, question: str, words: str) -> None:
    """Choose from a question's list."""
    page.get_by_label(question, exact=True).select_option(label=words)
    _saved(page)


def tick(page: Page, words: str) -> None:
    """Tick a box by its words."""
    page.get_by_role("checkbox", name=re.compile(re.escape(words))).check()
    _saved(page)


def submit_profile(page: Page, broker: str = "") -> None:
    """Check that nothing is missing and hand it in; to whoever the broker is, unless named."""
    page.goto("/portal/profile/review")
    expect(page.get_by_text("Nothing is missing.")).to_be_visible(timeout=PATIENT_MS)
    page.get_by_role("button", name=re.compile(f"^Submit to {broker}")).click()
    expect(page.get_by_text(re.compile(f"^Sent to {broker}"))).to_be_visible(timeout=PATIENT_MS)
