"""S-privacy: a client takes their own data away, all of it, and nothing of anybody else."""

import json
import zipfile
from io import BytesIO

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.http import flash, zip_stream
from salestrekker_portal.portals.routes import own_data
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.portal_access import ConsentRecord, PortalAccess
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("sqlite")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ORIGIN = settings().allowed_origins[0]


@pytest.fixture
async def browser(tmp_path):
    files = LocalFiles(tmp_path / "files", b"a secret for the tests only")
    app = Starlette(routes=file_routes(lambda: files, NoScanner))
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN, headers=headers) as client:
        yield client


async def send(browser, cookie, name, portal="client", **fields):
    sent = {"file": (name, PDF + name.encode(), "application/pdf")}
    data = {"portal": portal, **{key: str(value) for key, value in fields.items()}}
    assert (await browser.post("/files", data=data, files=sent, headers={"cookie": cookie})).status_code == 201


async def download(browser, cookie, **headers):
    return await browser.post("/portal/my-data", headers={"cookie": cookie, **headers})


async def furnish(cast, browser) -> None:
    """Something of everybody's."""
    async with transaction() as session:
        for contact, words in ((cast.kim_contact, "Kimberley <script>"), (cast.sam_contact, "Samantha")):
            session.add(
                Answer(deal_id=cast.deal.id, section_id="applicant.personal_details", subject_id=contact.id,
                       field_key="first_name", raw=words, author_id=contact.id, author_name="X", answered_at=utc_now())
            )  # fmt: skip
        await add_note(session, cast.kim, cast.deal.id, "From kim & co")
        await add_note(session, cast.sam, cast.deal.id, "From sam")
        await add_note(session, cast.alice, cast.deal.id, "For clients", with_client=True)
        await add_note(session, cast.alice, cast.deal.id, "Team only")
        agreed = {"documents": [{"name": "Privacy disclosure", "version": "v1"}], "agreed_at": utc_now()}
        session.add(ConsentRecord(access_id=cast.kim_access.id, from_address="203.0.113.9", **agreed))
    for name in ("Payslip.pdf", "Payslip.pdf", "Lease.pdf"):
        await send(browser, cast.cookies["kim"], name)
    await send(browser, cast.cookies["sam"], "Sams.pdf")
    await send(browser, cast.cookies["alice"], "Internal.pdf", portal="broker", deal=cast.deal.id)


async def test_the_zip_holds_ones_own_and_nothing_else(cast, browser):
    await furnish(cast, browser)
    answer = await download(browser, cast.cookies["kim"])
    assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="my-data.zip"')
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "documents/Lease.pdf", "documents/Payslip (2).pdf", "documents/Payslip.pdf", "my-data.html", "my-data.json",
    ]  # fmt: skip
    assert archive.read("documents/Lease.pdf") == PDF + b"Lease.pdf"
    told = json.loads(archive.read("my-data.json"))
    assert [row["words"] for row in told["answers"] if row["field_key"] == "first_name"] == ["Kimberley <script>"]
    assert [row["text"] for row in told["messages"]] == ["From kim & co", "For clients"]
    assert told["agreed"][0]["from"] == "203.0.113.9" and len(told["documents"]) == 3
    page = archive.read("my-data.html").decode()
    assert "Kimberley &lt;script&gt;" in page and "<script" not in page
    everything = page + json.dumps(told)
    assert not [word for word in ("Samantha", "From sam", "Team only", "Sams.pdf", "Internal") if word in everything]


async def test_it_is_recorded_and_may_not_be_repeated_for_ever(cast, browser):
    for _ in range(3):
        assert (await download(browser, cast.cookies["kim"])).status_code == 200
    refused = await download(browser, cast.cookies["kim"])
    assert refused.status_code == 303 and refused.headers["location"] == "/portal/privacy"
    said, _ = flash.read(refused.headers["set-cookie"].split(";")[0], "/portal/privacy")
    assert "15 minutes" in said[""]
    assert (await download(browser, cast.cookies["sam"])).status_code == 200
    async with reading() as session:
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.kind == "privacy:downloaded")))
    assert len(kinds) == 4


async def test_others_and_other_sites_get_nothing(cast, browser):
    for name in ("alice", "priya", "mallory"):
        answer = await download(browser, cast.cookies[name])
        assert answer.status_code == 303 and answer.headers["location"] == "/portal/ended" and not answer.content
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert (await download(browser, cast.cookies["kim"], **evil)).status_code == 403
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).consented_at = None
    assert (await download(browser, cast.cookies["kim"])).headers["location"] == "/portal/consent"
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).revoked_at = utc_now()
    assert (await download(browser, cast.cookies["kim"])).headers["location"] == "/portal/ended"


async def test_quarantine_and_what_does_not_fit_are_named_and_not_given(cast, browser, monkeypatch):
    await furnish(cast, browser)
    async with transaction() as session:
        lease = await session.scalar(select(StoredFile).where(StoredFile.size_bytes == len(PDF + b"Lease.pdf")))
        lease.scanned = "infected"
    monkeypatch.setattr("salestrekker_portal.domains.insights.own_data.MOST_BYTES", len(PDF) + 20)
    answer = await download(browser, cast.cookies["kim"])
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert sorted(archive.namelist()) == ["documents/Payslip.pdf", "my-data.html", "my-data.json"]
    told = json.loads(archive.read("my-data.json"))
    assert sorted(told["documents_not_included"]) == ["Lease.pdf", "Payslip.pdf"]


async def test_access_that_ends_in_the_middle_ends_the_download(cast, browser, monkeypatch):
    await furnish(cast, browser)
    asked = 0

    async def once_only(portal: Portal, header: str):
        nonlocal asked
        asked += 1
        return await real(portal, header) if asked < 3 else None

    real = own_data.actor_in
    monkeypatch.setattr(own_data, "actor_in", once_only)
    with pytest.raises(Exception, match="sign in again"):
        await download(browser, cast.cookies["kim"])


async def test_a_large_file_passes_through_in_pieces():
    sent = b"x" * 300_000

    async def entries():
        async def content():
            for start in range(0, len(sent), 1000):
                yield sent[start : start + 1000]

        yield zip_stream.ZipEntry(name="a.bin", content=content(), at=utc_now())

    pieces = [piece async for piece in zip_stream.zip_stream(entries())]
    assert max(map(len, pieces)) < 3000
    assert zipfile.ZipFile(BytesIO(b"".join(pieces))).read("a.bin") == sent
