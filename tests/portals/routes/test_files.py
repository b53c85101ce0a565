"""The file addresses as a browser meets them: whose cookie, whose file, and what is no file of ours."""

import io
import re
from uuid import UUID

import httpx
import pillow_heif
import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import requests, sending, service
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.portals.routes.uploads import without_reflex_uploads
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("sqlite")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def files(tmp_path):
    return LocalFiles(tmp_path / "files", b"a secret for the tests only")


@pytest.fixture
async def browser(files):
    app = without_reflex_uploads(Starlette(routes=file_routes(lambda: files, NoScanner)))
    origin = settings().allowed_origins[0]
    headers = {"origin": origin, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin, headers=headers) as client:
        yield client


@pytest.fixture
async def request_of_kim(cast) -> DocumentRequest:
    async with transaction() as session:
        asked = await requests.add_request(
            session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id
        )
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    return asked


async def send(browser, cookie, *, portal="client", content=PDF, name="Payslip.pdf", **fields):
    data = {"portal": portal, **{key: str(value) for key, value in fields.items()}}
    sent = {"file": (name, content, "application/pdf")}
    return await browser.post("/files", data=data, files=sent, headers={"cookie": cookie})


async def fetch(browser, cookie, document_id, view=""):
    return await browser.get(f"/files/{document_id}{view}", headers={"cookie": cookie})


async def count(table) -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(table))


async def test_a_client_sends_and_the_broker_opens(cast, browser, request_of_kim):
    answer = await send(browser, cast.cookies["kim"], request=request_of_kim.id)
    assert answer.status_code == 201
    document_id = answer.json()["id"]
    opened = await fetch(browser, cast.cookies["bob"], document_id, "?view=1")
    assert opened.content == PDF and opened.headers["content-disposition"].startswith("inline")
    assert (await fetch(browser, cast.cookies["kim"], document_id)).content == PDF
    async with reading() as session:
        seen = (await session.scalars(select(Activity).where(Activity.kind == "document:opened"))).all()
        assert [each.actor_name for each in seen] == ["Bob Tran"]
        assert (await session.get(DocumentRequest, request_of_kim.id)).state is RequestState.UPLOADED


async def test_the_same_nothing_for_who_may_not_and_for_what_is_not(cast, browser, request_of_kim):
    document_id = (await send(browser, cast.cookies["kim"], request=request_of_kim.id)).json()["id"]
    absent = await fetch(browser, cast.cookies["kim"], new_id())
    for cookie in ("", cast.cookies["sam"], cast.cookies["priya"], cast.cookies["mallory"], "client-session=made-up"):
        hidden = await fetch(browser, cookie, document_id)
        assert (hidden.status_code, hidden.text) == (absent.status_code, absent.text) == (404, absent.text)
    for garbage in ("1", "null", "%00", "..%2f..%2fetc", "a" * 500):
        assert (await fetch(browser, cast.cookies["alice"], garbage)).status_code == 404


async def test_two_people_on_one_browser_each_see_theirs(cast, browser, request_of_kim):
    document_id = (await send(browser, cast.cookies["kim"], request=request_of_kim.id)).json()["id"]
    both = f"{cast.cookies['mallory']}; {cast.cookies['kim']}"
    assert (await fetch(browser, both, document_id)).status_code == 200


async def test_the_cookie_of_the_portal_decides(cast, browser, request_of_kim):
    for cookie in ("", cast.cookies["alice"], cast.cookies["priya"]):
        answer = await send(browser, cookie, portal="client", request=request_of_kim.id)
        assert answer.status_code == 401 and "sign in" in answer.json()["refusal"]
    for portal in ("", "admin", "CLIENT"):
        assert (await send(browser, cast.cookies["kim"], portal=portal)).status_code == 422
    assert await count(Document) == 0


async def test_a_client_writes_to_their_own_deal_whatever_the_form_says(cast, browser):
    answer = await send(browser, cast.cookies["kim"], deal=cast.other_deal.id)
    async with reading() as session:
        assert (await session.get(Document, answer_id(answer))).deal_id == cast.deal.id


def answer_id(answer) -> UUID:
    return UUID(answer.json()["id"])


@pytest.mark.parametrize("field", ["request", "deal"])
@pytest.mark.parametrize("value", ["nonsense", "0" * 36, "00000000-0000-7000-8000-000000000000"])
async def test_ids_that_are_none(cast, browser, field, value):
    fields = {"deal": cast.deal.id, field: value}
    answer = await send(browser, cast.cookies["alice"], portal="broker", **fields)
    assert answer.status_code == 404 and await count(StoredFile) == 0


async def test_other_peoples_deals_and_requests_take_nothing(cast, browser, files, request_of_kim):
    tries = [
        ("sam", {"portal": "client", "request": request_of_kim.id}),
        ("mallory", {"portal": "broker", "deal": cast.deal.id}),
        ("alice", {"portal": "broker", "deal": cast.other_deal.id}),
        ("priya", {"portal": "partner", "deal": cast.other_deal.id}),
        ("priya", {"portal": "partner", "deal": cast.deal.id, "request": request_of_kim.id}),
    ]
    for who, fields in tries:
        answer = await send(browser, cast.cookies[who], **fields)
        assert answer.status_code == 404, who
    assert await count(Document) == 0 and not [path for path in files.root.rglob("*") if path.is_file()]


async def test_all_three_portals_send(cast, browser):
    for who, portal in (("alice", "broker"), ("bob", "broker"), ("kim", "client"), ("priya", "partner")):
        assert (await send(browser, cast.cookies[who], portal=portal, deal=cast.deal.id)).status_code == 201


async def test_a_revoked_client_is_out_at_once(cast, browser, request_of_kim):
    document_id = (await send(browser, cast.cookies["kim"], request=request_of_kim.id)).json()["id"]
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).revoked_at = utc_now()
    assert (await fetch(browser, cast.cookies["kim"], document_id)).status_code == 404
    assert (await send(browser, cast.cookies["kim"], request=request_of_kim.id)).status_code == 401


async def test_bad_files_are_refused_in_words(cast, browser, request_of_kim):
    cookie, fields = cast.cookies["kim"], {"request": request_of_kim.id}
    tries = [
        (b"", "Payslip.pdf", 415, "empty"),
        (PDF + b"x" * (61 * 1024 * 1024), "Payslip.pdf", 413, "61 MB"),
        (b"MZ\x90\0" + b"\0" * 500, "Payslip.pdf", 415, "really"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"x" * 500, "clip.mov", 415, "film"),
    ]
    for content, name, status, words in tries:
        answer = await send(browser, cookie, content=content, name=name, **fields)
        assert answer.status_code == status and words in answer.json()["refusal"], answer.text
    assert await count(Document) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "лист 📄🏡.pdf", "n" * 2_000 + ".pdf", "<script>.pdf"])
async def test_names_are_kept_safe(cast, browser, name):
    answer = await send(browser, cast.cookies["kim"], name=name)
    async with reading() as session:
        kept = (await session.get(Document, answer_id(answer))).name
        key = await session.scalar(select(StoredFile.storage_key))
    assert kept.endswith(".pdf") and len(kept) <= 120 and "/" not in kept and "<" not in kept
    assert re.fullmatch(r"[0-9a-f-]+/[0-9a-f-]+", key)
    back = await fetch(browser, cast.cookies["alice"], answer.json()["id"])
    assert back.status_code == 200 and "\n" not in back.headers["content-disposition"]


async def test_a_name_of_ten_thousand_characters_is_refused_in_words(cast, browser):
    answer = await send(browser, cast.cookies["kim"], name="n" * 10_000 + ".pdf")
    assert answer.status_code == 400 and answer.json()["refusal"] and await count(Document) == 0


async def test_access_that_ends_while_the_file_is_on_its_way(cast, browser, files, request_of_kim, monkeypatch):
    real = service.access_request

    async def withdrawn_meanwhile(session, actor, request_id, permission):
        found = await real(session, actor, request_id, permission)
        monkeypatch.setattr(service, "access_request", real)
        async with transaction() as other:
            await requests.withdraw_request(other, cast.alice, request_of_kim.id)
        return found

    monkeypatch.setattr(service, "access_request", withdrawn_meanwhile)
    answer = await send(browser, cast.cookies["kim"], request=request_of_kim.id)
    assert answer.status_code == 404 and await count(StoredFile) == 0
    assert not [path for path in files.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("outcome", ["unreached", "infected", "uncheckable"])
async def test_what_is_in_quarantine_is_read_by_nobody(cast, browser, request_of_kim, outcome):
    document_id = (await send(browser, cast.cookies["kim"], request=request_of_kim.id)).json()["id"]
    version_id = answer_id(await send(browser, cast.cookies["alice"], portal="broker", compliance="credit_guide"))
    async with transaction() as session:
        for file in await session.scalars(select(StoredFile)):
            file.scanned = outcome
    for name in ("alice", "bob", "kim"):
        for view in ("", "?view=1"):
            answer = await fetch(browser, cast.cookies[name], document_id, view)
            assert answer.status_code == 423 and "virus" in answer.text and b"%PDF" not in answer.content
    hidden = await fetch(browser, cast.cookies["sam"], document_id)
    assert hidden.status_code == 404 and "virus" not in hidden.text
    version = await browser.get(f"/compliance/{version_id}", headers={"cookie": cast.cookies["alice"]})
    assert version.status_code == 423 and b"%PDF" not in version.content


async def test_another_sites_page_sends_nothing_and_reflex_takes_nothing(cast, browser):
    evil = {"cookie": cast.cookies["kim"], "origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    sent = {"file": ("a.pdf", PDF, "application/pdf")}
    answer = await browser.post("/files", data={"portal": "client"}, files=sent, headers=evil)
    assert answer.status_code == 403 and await count(Document) == 0
    assert (await browser.post("/_upload", files=sent)).status_code == 404


async def test_an_admin_puts_a_new_version_of_a_compliance_document_into_use(browser, cast):
    alice, bob = cast.cookies["alice"], cast.cookies["bob"]
    answer = await send(browser, alice, portal="broker", compliance="credit_guide", name="Guide.pdf")
    assert answer.status_code == 201
    shown = await browser.get(f"/compliance/{answer.json()['id']}", headers={"cookie": bob})
    assert shown.status_code == 200 and shown.content == PDF
    for name in ("kim", "priya", "mallory"):
        found = await browser.get(f"/compliance/{answer.json()['id']}", headers={"cookie": cast.cookies[name]})
        assert found.status_code == 404
    for cookie, portal, slot, status in (
        (bob, "broker", "credit_guide", 403),
        (cast.cookies["kim"], "client", "credit_guide", 403),
        (cast.cookies["priya"], "partner", "credit_guide", 403),
        ("", "broker", "credit_guide", 401),
        (alice, "broker", "roma", 422),
        (alice, "broker", "<script>", 422),
    ):
        refused = await send(browser, cookie, portal=portal, compliance=slot, name="Guide.pdf")
        assert refused.status_code == status, (portal, slot)


def photo_of_a_phone(kind: str) -> bytes:
    """A real photo as a phone makes it: lying on its side, red on the left, with the place where it was taken."""
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("red", (0, 0, 400, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right to look at it
    exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(out, exif=exif.tobytes())
    else:
        picture.save(out, kind, exif=exif.tobytes())
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("HEIF", "IMG_2.HEIC"),
        ("HEIF", "image.jpg"),
        ("AVIF", "IMG_2.avif"),
        ("JPEG", "IMG_2.jpg"),
        ("PNG", "IMG_2.png"),
        ("WEBP", "IMG_2.webp"),
    ],
)
async def test_the_broker_sees_a_phones_photo_as_an_upright_jpeg(cast, browser, request_of_kim, kind, name):
    content = photo_of_a_phone(kind)
    answer = await send(browser, cast.cookies["kim"], content=content, name=name, request=request_of_kim.id)
    assert answer.status_code == 201, answer.text
    seen = await fetch(browser, cast.cookies["alice"], answer.json()["id"], "?view=1")
    assert seen.headers["content-type"] == "image/jpeg" and ".jpg" in seen.headers["content-disposition"]
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert not picture.getexif() and picture.height > picture.width
        red, white = picture.getpixel((picture.width - 20, 150)), picture.getpixel((20, 150))
    assert red[1] < 90 < white[1]
    original = await fetch(browser, cast.cookies["alice"], answer.json()["id"])
    assert original.content == content
    async with reading() as session:
        kept = (await session.get(Document, answer_id(answer))).name
    assert kept.lower().endswith((".heic", ".avif") if kind in ("HEIF", "AVIF") else name[-4:])


async def test_a_photo_that_cannot_be_read_is_kept_and_says_so(cast, browser):
    broken = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500
    answer = await send(browser, cast.cookies["kim"], content=broken, name="IMG_2.heic")
    assert answer.status_code == 201
    seen = await fetch(browser, cast.cookies["alice"], answer.json()["id"], "?view=1")
    assert seen.status_code == 415 and "Download the original" in seen.text
    assert (await fetch(browser, cast.cookies["alice"], answer.json()["id"])).content == broken
