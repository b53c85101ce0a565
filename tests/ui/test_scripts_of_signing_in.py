"""assets/passkeys.js and idle.js in Chromium: what they ask the server, and what they do with its word."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

pytestmark = pytest.mark.browser
ASSETS = Path(__file__).parents[2] / "assets"
HERE = "http://localhost"
HTML = {"content-type": "text/html"}
NEEDED = UserVerificationRequirement.REQUIRED
LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _form(kind: str) -> str:
    return (
        f'<form method="post" action="/{kind}" data-passkey="{kind}" data-ask="/{kind}/ask"><input name="answer">'
        f'<button>Go {kind}</button><p data-passkey-said="Nothing is locked"></p></form>'
    )


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def _page_with(page, script: str, body: str) -> None:
    page.route(f"{HERE}/{script}", lambda route: route.fulfill(path=ASSETS / script))
    text = f'<!doctype html><script src="/{script}"></script>{body}'
    page.route(f"{HERE}/page", lambda route: route.fulfill(body=text, headers=HTML))
    page.goto(f"{HERE}/page")


def _answer(page, kind: str, options) -> str:
    """What the form posts when the button is pressed, after the browser's own dialog."""
    posted = []

    def take(route):
        posted.append(parse_qs(route.request.post_data)["answer"][0])
        route.fulfill(body="Taken", headers=HTML)

    page.route(f"{HERE}/{kind}/ask", lambda route: route.fulfill(json=json.loads(options_to_json(options))))
    page.route(f"{HERE}/{kind}", take)
    page.get_by_role("button", name=f"Go {kind}").click()
    expect(page.locator("body")).to_have_text("Taken")
    return posted[0]


def test_a_passkey_is_made_and_used_as_the_standard_says(page):
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    lock = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": LOCK})["authenticatorId"]
    _page_with(page, "passkeys.js", _form("make") + _form("use"))
    expect(page.locator("html[data-passkeys~=here]")).to_have_count(1)
    chosen = AuthenticatorSelectionCriteria(
        authenticator_attachment=AuthenticatorAttachment.PLATFORM, user_verification=NEEDED
    )
    asked = generate_registration_options(
        rp_id="localhost", rp_name="Harbour Finance", user_name="Kim", authenticator_selection=chosen
    )
    where = {"expected_rp_id": "localhost", "expected_origin": HERE, "require_user_verification": True}
    made = verify_registration_response(
        credential=_answer(page, "make", asked), expected_challenge=asked.challenge, **where
    )
    keys = [PublicKeyCredentialDescriptor(id=made.credential_id)]
    asked = generate_authentication_options(rp_id="localhost", allow_credentials=keys, user_verification=NEEDED)
    page.goto(f"{HERE}/page")
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": lock, "isUserVerified": False})
    page.route(f"{HERE}/use/ask", lambda route: route.fulfill(json=json.loads(options_to_json(asked))))
    page.get_by_role("button", name="Go use").click()
    expect(page.get_by_text("Nothing is locked")).to_be_visible()
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": lock, "isUserVerified": True})
    used = verify_authentication_response(
        credential=_answer(page, "use", asked), expected_challenge=asked.challenge,
        credential_public_key=made.credential_public_key, credential_current_sign_count=0, **where,
    )  # fmt: skip
    assert used.user_verified and used.credential_id == made.credential_id
    page.goto(f"{HERE}/page")
    page.route(f"{HERE}/use/ask", lambda route: route.fulfill(status=409, json={"error": "Too many tries"}))
    page.get_by_role("button", name="Go use").click()
    expect(page.get_by_text("Too many tries")).to_be_visible()


def test_a_minute_before_the_end_the_page_says_so(page):
    page.clock.install()
    left, said = {"left": 50}, []

    def answer(route):
        said.append(route.request.post_data)
        route.fulfill(json=left)

    page.route(f"{HERE}/session/presence", answer)
    _page_with(page, "idle.js", "<p>Here</p>")
    page.clock.run_for(5_000)
    note = page.get_by_role("alertdialog", name="Are you still there?")
    expect(note).to_be_visible()
    left["left"] = 3_600
    note.get_by_role("button", name="Stay signed in").click()
    expect(note).to_have_count(0)
    assert said[0] == "portal=broker&there=1"
    heard = len(said)
    # Nobody is there: nothing is said until a minute before the end, and then only asked.
    page.clock.run_for(3_400_000)
    assert len(said) == heard
    left["left"] = None
    with page.expect_response(f"{HERE}/session/presence"):
        page.clock.run_for(200_000)
    assert said[heard] == "portal=broker"
