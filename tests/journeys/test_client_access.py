"""Getting in, being kept apart, and being shown out."""

import contextlib
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.journeys.steps import (
    MOMENT_MS,
    PATIENT_MS,
    add_deal,
    agree,
    answer,
    come_in,
    enter_as,
    invite,
    link_and_pin,
    section,
)

pytestmark = pytest.mark.browser


def _clients(tag: str, first_mobile: str, second_mobile: str):
    return (
        (f"Kiri{tag}", "Moss", first_mobile, f"kiri.{tag}@example.com"),
        (f"Lou{tag}", "Vance", second_mobile, f"lou.{tag}@example.com"),
    )


def _invited_pair(people, tag: str, mobiles: tuple[str, str], *, sees_others: bool):
    """A broker, a deal with two invited clients, and both clients inside their portal."""
    alice = enter_as(people.open(), "Alice")
    pair = _clients(tag, *mobiles)
    deal = add_deal(alice, f"Moss and Vance {tag}", *pair)
    inside = []
    for first, last, _, email in pair:
        invite(alice, deal, f"{first} {last}", sees_others=sees_others)
        link, pin = link_and_pin(people.open(), email)
        page = people.open(width=390)
        come_in(page, link, pin)
        inside.append(page)
    return alice, deal, *inside


def test_without_sight_of_each_other_nothing_leaks(people, tmp_path):
    alice, deal, kiri, lou = _invited_pair(people, "no", ("0491 570 940", "0491 570 941"), sees_others=False)
    alice.goto(f"{deal}/required-documents")
    section(kiri, "needs.reasons")
    answer(kiri, "What do you need now?", "KIRI-ONLY: to leave quietly")
    section(kiri, "applicant.personal_details")
    answer(kiri, "Middle name", "KIRIONLY")

    frames: list[str] = []
    lou.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    for address in ("", "/profile", "/profile/needs.reasons", "/profile/review", "/documents", "/messages", "/privacy"):
        lou.goto(f"/portal{address}")
        lou.wait_for_timeout(900)
        assert "KIRI" not in lou.content().replace("Kirino", "")
    kiri_id = kiri.evaluate("location.search")
    alice.goto(f"{deal}/profile?page=needs")
    # Kiri's own copy of the shared questions, below the shared one; and in words among the latest answers.
    expect(alice.get_by_text("KIRI-ONLY: to leave quietly").first).to_be_visible(timeout=PATIENT_MS)
    asked = alice.get_by_label("What do you need now?", exact=True)
    assert "KIRI-ONLY: to leave quietly" in [asked.nth(each).input_value() for each in range(asked.count())]
    lou.goto(f"/portal/profile/applicant.personal_details{kiri_id}")
    lou.wait_for_timeout(900)
    assert not [frame for frame in frames if "KIRI-ONLY" in frame or "KIRIONLY" in frame]


def test_an_older_link_explains_itself_and_the_new_one_works(people):
    alice = enter_as(people.open(), "Alice")
    client = ("Ines", "Roe", "0491 570 942", "ines.roe@example.com")
    deal = add_deal(alice, "Roe purchase", client)
    invite(alice, deal, "Ines Roe")
    old, pin = link_and_pin(people.open(), client[3])
    alice.goto(f"{deal}/share")
    alice.get_by_role("button", name="Ines Roe").click()
    alice.wait_for_timeout(MOMENT_MS)
    alice.get_by_role("button", name="Resend").first.click()
    outbox = people.open("/outbox")
    expect(outbox.get_by_role("article").filter(has_text=client[3])).to_have_count(2, timeout=PATIENT_MS)
    new, _ = link_and_pin(people.open(), client[3])
    assert new != old
    late = people.open(old)
    expect(late.get_by_role("heading", level=1)).to_be_visible()
    expect(late.locator("body")).to_contain_text(re.compile("replaced|newer", re.I), timeout=PATIENT_MS)
    assert late.get_by_label("PIN").count() == 0
    come_in(people.open(), new, pin)


def test_a_wrong_pin_is_an_alert_and_five_lock_it(people):
    alice = enter_as(people.open(), "Alice")
    client = ("Otis", "Wray", "0491 570 943", "otis.wray@example.com")
    deal = add_deal(alice, "Wray refinance", client)
    invite(alice, deal, "Otis Wray")
    link, pin = link_and_pin(people.open(), client[3])
    otis = people.open(link, width=390)
    wrong = "000000" if pin != "000000" else "111111"
    for _ in range(5):
        otis.get_by_label("PIN").fill(wrong)
        otis.get_by_role("button", name="Continue").click()
        expect(otis.get_by_role("alert").first).to_be_visible(timeout=PATIENT_MS)
    if otis.get_by_label("PIN").count():
        otis.get_by_label("PIN").fill(pin)
        otis.get_by_role("button", name="Continue").click()
    expect(otis.get_by_role("alert").first).to_be_visible(timeout=PATIENT_MS)
    assert "/portal/consent" not in otis.url
    assert pin not in (people.pages and otis.content())


def test_a_pin_with_spaces_opens(people):
    alice = enter_as(people.open(), "Alice")
    client = ("Una", "Blythe", "0491 570 944", "una.blythe@example.com")
    deal = add_deal(alice, "Blythe purchase", client)
    invite(alice, deal, "Una Blythe")
    link, pin = link_and_pin(people.open(), client[3])
    una = people.open(link)
    clean = una.url
    assert link.rsplit("/", 1)[1] not in clean
    una.reload()
    expect(una.get_by_label("PIN")).to_be_visible(timeout=PATIENT_MS)
    una.goto("/portal/lost-link")
    una.go_back()
    una.get_by_label("PIN").fill(f" {pin[:3]} {pin[3:]} ")
    assert link.rsplit("/", 1)[1] not in una.content()
    una.get_by_role("button", name="Continue").click()
    agree(una)
    elsewhere = people.open(urlsplit(clean).path)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Open your link once more", timeout=PATIENT_MS)


def test_revoking_reaches_the_page_that_is_open(people):
    alice = enter_as(people.open(), "Alice")
    client = ("Pru", "Hale", "0491 570 945", "pru.hale@example.com")
    deal = add_deal(alice, "Hale top-up", client)
    invite(alice, deal, "Pru Hale")
    link, pin = link_and_pin(people.open(), client[3])
    pru = people.open(width=390)
    come_in(pru, link, pin)
    section(pru, "applicant.personal_details")
    answer(pru, "First name", "Prudence")
    alice.goto(f"{deal}/share")
    alice.get_by_role("button", name="Pru Hale").click()
    alice.get_by_role("button", name="Revoke").first.click()
    alice.get_by_role("button", name="Revoke access").click()
    expect(alice.locator("body")).to_contain_text(re.compile("revoked", re.I), timeout=PATIENT_MS)
    field = pru.get_by_label("Last name", exact=True)
    with contextlib.suppress(PlaywrightError):  # the page may have been taken away before the text is in
        field.fill("Nobody should see this", timeout=2_000)
        field.blur(timeout=2_000)
    pru.wait_for_url(re.compile("/portal/ended"), timeout=PATIENT_MS)
    expect(pru.locator("body")).to_contain_text("Alice", timeout=PATIENT_MS)
    alice.goto(f"{deal}/profile")
    alice.wait_for_timeout(800)
    assert "Nobody should see this" not in alice.content()
    gone = people.open(link)
    expect(gone.get_by_role("heading", level=1)).to_be_visible()
    assert gone.get_by_label("PIN").count() == 0


def test_an_unknown_link_is_a_helpful_page(people):
    lost = people.open("/portal/this-was-never-sent")
    expect(lost.get_by_role("heading", level=1)).to_be_visible()
    assert lost.get_by_label("PIN").count() == 0


def test_a_lost_link_comes_again_on_a_phone(people):
    alice = enter_as(people.open(), "Alice")
    client = ("Wiremu", "Vale", "0491 570 946", "wiremu.vale@example.com")
    deal = add_deal(alice, "Vale purchase", client)
    invite(alice, deal, "Wiremu Vale")
    first, pin = link_and_pin(people.open(), client[3])
    phone = people.open("/portal/this-was-cut-off-on-its-w", width=360)
    phone.get_by_role("link", name="Ask for your link again").click()
    who = phone.get_by_label("Your e-mail or mobile number")
    who.fill("wiremu.vale@")
    phone.get_by_role("button", name="Send me my link").click()
    expect(phone.get_by_text("Enter an e-mail address or a mobile number")).to_be_visible(timeout=PATIENT_MS)
    expect(who).to_have_value("wiremu.vale@")
    who.fill(client[2])
    phone.get_by_role("button", name="Send me my link").dblclick()
    expect(phone.get_by_role("heading", name="Look at your e-mail")).to_be_focused(timeout=PATIENT_MS)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    outbox = people.open("/outbox")
    again = outbox.get_by_role("article").filter(has_text=client[3]).filter(has_text="asked for your link")
    expect(again).to_have_count(1, timeout=PATIENT_MS)
    link = urlsplit(again.get_by_role("link").get_attribute("href")).path
    assert link == first and pin not in again.inner_text()
    come_in(phone, link, pin)
    phone.wait_for_url("**/portal/profile/**", timeout=PATIENT_MS)
    phone.wait_for_load_state("networkidle")
    phone.goto("/portal/privacy")
    expect(phone.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENT_MS)
    other_tab = phone.context.new_page()
    # Not waited for: the phone's page may leave as soon as it hears of it.
    with phone.expect_response("**/session/end"):
        form = "new URLSearchParams({portal: 'client'})"
        phone.evaluate(f"void fetch('/session/end', {{method: 'POST', body: {form}, keepalive: true}})")
    other_tab.goto("/portal/privacy")
    expect(other_tab.get_by_role("heading", name="You are signed out")).to_be_visible(timeout=PATIENT_MS)
    expect(other_tab.get_by_role("link", name="Lost the link?")).to_be_visible()
