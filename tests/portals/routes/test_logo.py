"""The firm's logo: sent by an admin, drawn anew, shown to anybody, and anything but a picture refused."""

import io

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.adapters.email_html import html_part
from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.organisations.logo import logo_for_mail, logo_path, written_anew
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.client.arrival.state import ArrivalState
from salestrekker_portal.portals.client.frame import ClientShell
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.headers import SecurityHeaders
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.routes.logo import LOGO_ROUTES
from salestrekker_portal.portals.settings.organisation.state import OrganisationState
from salestrekker_portal.tables.organisations import Logo, Organisation
from tests.domains.portal_access.world import invite, newest_token, ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
PAGE = "/settings/organisation"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size=(800, 300), **more) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#0f6b66").save(made, kind, **more)
    return made.getvalue()


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(app=SecurityHeaders(Starlette(routes=LOGO_ROUTES)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


async def _send(web, cookie: str, raw: bytes, name: str = "logo.png") -> str:
    """What was said, "" when it was taken."""
    web.cookies.clear()
    answer = await web.post("/session/logo", files={"logo": (name, raw)}, headers={"cookie": cookie})
    assert answer.status_code == 303
    said = answer.cookies.get(flash.COOKIE)
    return flash.read(f"{flash.COOKIE}={said}", PAGE)[0].get("logo", "") if said else ""


async def _firm(cast) -> Organisation:
    async with reading() as session:
        return await session.get(Organisation, cast.firm.id)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_a_picture_is_drawn_anew_and_served_as_one(cast, web, kind):
    raw = picture(kind) + SVG
    assert await _send(web, cast.cookies["alice"], raw) == ""
    path = logo_path(await _firm(cast))
    answer = await web.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff" and "immutable" in answer.headers["cache-control"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert b"script" not in answer.content and answer.content != raw
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.format == "PNG" and shown.height <= 160 and shown.width <= 640
    for wrong in (f"/logo/{cast.other_firm.id}/{path.rsplit('/')[-1]}", f"/logo/{cast.firm.id}/x", "/logo/x/y"):
        assert (await web.get(wrong)).status_code == 404


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "Choose a picture"),
        (SVG, "PNG or a JPEG"),
        (b"<?xml version='1.0'?>" + SVG, "PNG or a JPEG"),
        (b"GIF89a" + b"\0" * 50, "PNG or a JPEG"),
        (b"%PDF-1.7", "PNG or a JPEG"),
        (picture()[:200], "can’t read"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "can’t read"),
        (b"\xff\xd8\xff" + SVG, "can’t read"),
        (picture(size=(8, 8)), "between 16"),
        (picture(size=(7000, 100)), "6,000"),
        (picture(size=(5000, 5000)), "smaller picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (2 * 1024 * 1024), "at most 2 MB"),
    ],
)
def test_what_is_no_good_picture_is_refused_in_words(raw, says):
    with pytest.raises(Invalid) as refusal:
        written_anew(raw)
    assert says in refusal.value.errors["logo"]


async def test_a_good_picture_takes_the_earlier_refusal_away(cast, web):
    answer = await web.post("/session/logo", files={"logo": ("a.svg", SVG)}, headers={"cookie": cast.cookies["alice"]})
    assert answer.cookies.get(flash.COOKIE)
    answer = await web.post("/session/logo", files={"logo": ("a.png", picture())},
                            headers={"cookie": cast.cookies["alice"]})  # fmt: skip
    assert f'{flash.COOKIE}=""' in answer.headers["set-cookie"]


async def test_only_an_admin_of_the_firm_sends_one(cast, web):
    for name in ("bob", "kim", "priya"):
        await _send(web, cast.cookies[name], picture())
    assert "Only an admin" in await _send(web, cast.cookies["bob"], picture())
    answer = await web.post(
        "/session/logo", files={"logo": ("a.png", picture())}, headers={"origin": "https://x.example"}
    )
    assert answer.status_code == 403
    assert "at most 2 MB" in await _send(web, cast.cookies["alice"], b"x" * 3 * 1024 * 1024)
    assert (await _firm(cast)).logo_key is None
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Logo)) == 0


async def _there(browser, handler, cookie: str, path: str):
    return await browser.call(handler, cookie=cookie, path=path, tab=path)


async def test_it_stands_where_clients_partners_and_the_admin_look_and_can_be_taken_away(cast, web):
    await _send(web, cast.cookies["alice"], picture())
    await _send(web, cast.cookies["alice"], picture("JPEG"))
    path = logo_path(await _firm(cast))
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with Harness() as browser:
        assert (await browser.call(ArrivalState.load, path=f"/portal/{await newest_token()}")).logo == path
        assert (await browser.call(ClientShell.load, cookie=cast.cookies["kim"], path="/portal", tab="k")).logo == path
        assert (
            await browser.call(PartnerHere.load, cookie=cast.cookies["priya"], path="/partner", tab="p")
        ).logo == path
        assert (
            await browser.call(OrganisationState.load, cookie=cast.cookies["alice"], path=PAGE, tab="a")
        ).logo == path
    await web.post("/session/logo/remove", headers={"cookie": cast.cookies["alice"]})
    assert logo_path(await _firm(cast)) == "" and (await web.get(path)).status_code == 404


async def test_e_mails_carry_it_only_from_an_address_that_mail_programs_can_reach(cast, web, monkeypatch):
    await _send(web, cast.cookies["alice"], picture())
    async with reading() as session:
        assert await logo_for_mail(session, cast.firm.id) == ""
        public = Settings(mode=Mode.EMBEDDED, secret="x" * 40, origin="https://portal.harbour.example.com")
        monkeypatch.setattr("salestrekker_portal.domains.organisations.logo.settings", lambda: public)
        address = await logo_for_mail(session, cast.firm.id)
        assert await logo_for_mail(session, cast.other_firm.id) == ""
    assert address.startswith("https://portal.harbour.example.com/logo/")
    content = Content(sender="Alice", firm="Harbour Finance", subject="Hello", paragraphs=["Hello"])
    assert "<img" not in html_part(content)
    drawn = html_part(Content(**{**content.__dict__, "logo": address}))
    assert "<img" in drawn and f' src="{address}"' in drawn and "Harbour Finance" in drawn
    assert "<img" not in html_part(Content(**{**content.__dict__, "logo": "javascript:alert(1)"}))
