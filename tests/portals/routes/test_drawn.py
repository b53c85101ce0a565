"""A message in words that are being written is seen as mail programs draw it, by the firm's own people."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.adapters.email_html import html_part
from salestrekker_portal.domains.notices.texts import MESSAGES, PARTNER_MESSAGES, PIN
from salestrekker_portal.domains.notices.wording import EMAIL_LIMIT, Wording
from salestrekker_portal.domains.notifications.drawn import LONGEST, PLACE, drawn_address
from salestrekker_portal.portals.routes.drawn import drawn_routes

pytestmark = pytest.mark.usefixtures("sqlite")
WORDS = Wording(subject="News of <b>[Client first name]</b>", email_text="Kia ora,\n\nI need:\n- Payslips\n- A lease")


async def answer(path: str, cookie: str = "") -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=drawn_routes(html_part)))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.example.com") as browser:
        return await browser.get(path, headers={"cookie": cookie})


@pytest.mark.parametrize("key", ["documents_requested", "partner_settled", "portal.invitation"])
async def test_a_draft_is_drawn_as_it_would_leave(cast, key):
    found = await answer(drawn_address(cast.alice, key, WORDS), cast.cookies["alice"])
    assert found.status_code == 200 and "<b>" not in found.text and "<li" in found.text
    # With the firm's paper around it, and a list before its button.
    assert "Harbour Finance" in found.text and found.text.index("A lease</li>") < found.text.index("v:roundrect")
    assert "script" not in found.headers["content-security-policy"] and "no-store" in found.headers["cache-control"]


async def test_every_message_with_an_e_mail_can_be_drawn_in_its_own_words(cast):
    for key, message in {**MESSAGES, **PARTNER_MESSAGES}.items():
        found = await answer(drawn_address(cast.alice, key, message.standard), cast.cookies["alice"])
        assert found.status_code == (404 if key == PIN else 200), key


async def test_nobody_else_reads_it_and_nothing_else_is_drawn(cast):
    path = drawn_address(cast.alice, "documents_requested", WORDS)
    for who in ("mallory", "kim", "priya"):
        assert (await answer(path, cast.cookies[who])).status_code == 404, who
    assert (await answer(path)).status_code == 404
    for wrong in ("x", "a.b", path.removeprefix(PLACE)[:-2], "%00", "a" * 9_000):
        assert (await answer(f"{PLACE}{wrong}", cast.cookies["alice"])).status_code == 404
    # A broker writes to clients, and an admin to partners.
    to_partners = drawn_address(cast.bob, "partner_settled", WORDS)
    assert (await answer(to_partners, cast.cookies["bob"])).status_code == 404


def test_the_longest_words_have_an_address_and_what_has_none_is_not_offered(cast):
    prose = "".join(chr(97 + (n * n * 7 + n // 3) % 26) for n in range(EMAIL_LIMIT))
    assert 0 < len(drawn_address(cast.alice, "note_shared", Wording(subject="a" * 120, email_text=prose))) < LONGEST
    assert drawn_address(cast.alice, "note_shared", Wording(email_text="".join(map(chr, range(5_000, 15_000))))) == ""
