"""`POST /files` and its answer to everything that is not a good file from our own page."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.domains.documents.arriving import NewFile
from salestrekker_portal.domains.documents.ports import FileUnreadable, Scan, ScanOutcome
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotSignedIn
from salestrekker_portal.portals.routes.downloads import content_disposition, serve_file
from salestrekker_portal.portals.routes.uploads import UploadGrant, Uploads, without_reflex_uploads
from salestrekker_portal.tables.documents import StoredFile
from tests.support.local_files import LocalFiles

FIRM = uuid4()
HERE = "https://portal.example.com"
OURS = {"origin": HERE, "sec-fetch-site": "same-origin"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MB = 1024 * 1024


def row_of(file: NewFile) -> StoredFile:
    return StoredFile(organisation_id=FIRM, storage_key=file.key, size_bytes=file.size, sha256="", mime=file.mime)


class Desk:
    """The portal around the route: Kim's cookie, one request that wants files, and the files it got."""

    def __init__(self, folder) -> None:
        self.folder, self.files, self.got = folder, LocalFiles(folder, b"a secret for the tests only"), {}
        self.scanner, self.refuse_to_accept = NoScanner(), None

    async def authorise(self, request, fields) -> UploadGrant:
        if request.cookies.get("sid") != "kim":
            raise NotSignedIn
        if "request" not in fields:
            raise Invalid({"request": "Say which document this is."})
        if fields["request"] != "lease":
            raise NotFound("request")
        return UploadGrant(FIRM, self.accept)

    async def accept(self, upload):
        assert await self.files.exists(upload.key)
        if self.refuse_to_accept:
            raise self.refuse_to_accept
        self.got[upload.name] = upload
        return upload.name

    def app(self):
        route = Uploads(
            files=self.files,
            scanner=self.scanner,
            authorise=self.authorise,
        )

        async def download(request: Request):
            up = self.got[request.path_params["name"]]
            return await serve_file(request, self.files, row_of(up), up.name)

        return Starlette(
            routes=[
                Route("/files", route.receive_upload, methods=["POST"]),
                Route("/files/{name}", download),
            ]
        )

    def on_disk(self) -> list:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "files")


@pytest.fixture
async def kim(desk):
    transport = httpx.ASGITransport(desk.app())
    async with httpx.AsyncClient(transport=transport, base_url=HERE, headers=OURS, cookies={"sid": "kim"}) as client:
        yield client


def send(client, content, name="lease.pdf", *, fields=None, **kwargs):
    fields = {"request": "lease"} if fields is None else fields
    return client.post("/files", data=fields, files={"file": (name, content, "application/pdf")}, **kwargs)


async def test_a_good_file_arrives_and_comes_back_as_it_was(desk, kim):
    content = PDF + bytes(range(256)) * 5000
    answer = await send(kim, content)
    assert (answer.status_code, answer.json()) == (201, {"ok": True, "id": "lease.pdf"})
    upload = desk.got["lease.pdf"]
    assert (upload.size, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert upload.scanned == ScanOutcome.NOT_SCANNED
    back = await kim.get("/files/lease.pdf")
    assert back.content == content
    assert back.headers["content-disposition"].startswith("attachment; ")
    assert back.headers["cache-control"] == "private, no-store"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]


async def test_pdfs_and_pictures_are_shown_in_the_page_when_asked_and_text_never(desk, kim):
    await send(kim, PDF)
    await send(kim, b"plain words", "notes.txt")
    shown = await kim.get("/files/lease.pdf?view=1")
    assert shown.headers["content-disposition"].startswith("inline; ")
    assert shown.headers["content-type"] == "application/pdf"
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    never = await kim.get("/files/notes.txt?view=1")
    assert never.headers["content-disposition"].startswith("attachment; ")
    head = await kim.head("/files/lease.pdf")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(PDF)))


async def test_a_damaged_file_is_refused_before_anything_is_sent(desk, kim):
    await send(kim, PDF)
    path = desk.folder / desk.got["lease.pdf"].key
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(FileUnreadable):
        await kim.get("/files/lease.pdf")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/Lease 🏠 Tāne's.pdf", "Lease 🏠 Tāne's.pdf"),
        ('quo"ted\r\n.pdf', "quo-ted .pdf"),
        ("C:\\fakepath\\lease.pdf", "lease.pdf"),
    ],
)
async def test_names_keep_their_letters_and_lose_their_folders(desk, kim, sent, kept):
    assert (await send(kim, PDF, sent)).json() == {"ok": True, "id": kept}
    assert all(FIRM.hex in str(path).replace("-", "") for path in desk.on_disk())


async def test_a_name_in_the_extended_form_is_read_too(desk, kim):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="request"\r\n\r\nlease\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; '
        b"filename*=UTF-8''T%C4%81ne%20%F0%9F%8F%A0.pdf\r\n\r\n" + PDF + b"\r\n--b--\r\n"
    )
    answer = await kim.post("/files", content=body, headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.json() == {"ok": True, "id": "Tāne 🏠.pdf"}


def test_the_download_name_survives_every_program():
    header = content_disposition('Tāne "🏠".pdf', inline=False)
    assert header == ("attachment; filename=\"T_ne ___.pdf\"; filename*=UTF-8''T%C4%81ne%20%22%F0%9F%8F%A0%22.pdf")


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [
        ("lease.pdf", b"", 415, "That file is empty."),
        ("clip.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"x" * 9000, 415, "a film or sound recording"),
        ("IMG_1.HEIC", b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"x" * 9000, 415, "a film or sound recording"),
        ("lease.pdf", b"MZ" + b"x" * 9000, 415, "a Windows program"),
        ("lease.pdf", b"GIF89a" + PDF, 415, "a GIF picture"),
        ("lease.html", b"<html>", 415, "a web page"),
        ("letter.docx", b"PK\x03\x04" + b"x" * 9000, 415, "a zip archive"),
    ],
)
async def test_bad_content_is_refused_with_a_sentence_and_leaves_nothing(desk, kim, name, content, status, says):
    answer = await send(kim, content, name)
    assert answer.status_code == status and answer.json()["ok"] is False
    assert says in answer.json()["refusal"]
    assert desk.on_disk() == [] and desk.got == {}


async def test_61_mb_is_refused_by_its_length_before_it_is_stored(desk, kim):
    answer = await send(kim, PDF + b"\0" * (61 * MB - len(PDF)))
    assert (answer.status_code, answer.json()["refusal"][:20]) == (413, "That file is 61 MB. ")
    assert desk.on_disk() == []


def form_pieces(size: int, *, close: bool = True) -> AsyncIterator[bytes]:
    async def pieces():
        yield b'--b\r\nContent-Disposition: form-data; name="request"\r\n\r\nlease\r\n'
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="l.pdf"\r\n\r\n' + PDF
        sent, piece = len(PDF), b"\0" * 65536
        while sent < size:
            yield piece[: size - sent]
            sent += len(piece)
        if close:
            yield b"\r\n--b--\r\n"

    return pieces()


CHUNKED = {"content-type": "multipart/form-data; boundary=b"}


async def test_61_mb_without_a_length_is_cut_off_at_the_cap(desk, kim):
    answer = await kim.post("/files", content=form_pieces(61 * MB), headers=CHUNKED)
    assert (answer.status_code, answer.json()["refusal"][:24]) == (413, "That file is over 50 MB,")
    assert desk.on_disk() == [] and desk.got == {}


async def test_a_picture_too_large_to_draw_is_refused_behind_its_cameras_notes(desk, kim):
    notes = b"\xff\xe1\x80\x00" + b"n" * (0x8000 - 2)
    frame = b"\xff\xc0\x00\x11\x08" + (16_000).to_bytes(2, "big") * 2
    answer = await send(kim, b"\xff\xd8" + notes * 5 + frame + b"x" * 9000, "IMG_1.jpg")
    assert answer.status_code == 415 and "256 million pixels" in answer.json()["refusal"]
    assert not desk.on_disk()


async def test_exactly_50_mb_is_taken_in_bounded_memory(desk, kim):
    tracemalloc.start()
    try:
        answer = await kim.post("/files", content=form_pieces(50 * MB), headers=CHUNKED)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert answer.status_code == 201 and desk.got["l.pdf"].size == 50 * MB
    assert peak < 6 * MB, f"{peak / MB:.1f} MB"


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"origin": HERE}, True),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({}, False),
    ],
)
async def test_only_our_own_page_may_send(desk, headers, allowed):
    transport = httpx.ASGITransport(desk.app())
    async with httpx.AsyncClient(transport=transport, base_url=HERE, cookies={"sid": "kim"}) as anyone:
        answer = await send(anyone, PDF, headers=headers)
    assert answer.status_code == (201 if allowed else 403)
    assert bool(desk.got) == allowed and len(desk.on_disk()) == allowed


async def test_strangers_and_wrong_requests_store_nothing(desk, kim):
    for cookie, fields, status in [("", None, 401), ("kim", {}, 422), ("kim", {"request": "other"}, 404)]:
        kim.cookies = {"sid": cookie}
        answer = await send(kim, PDF + b"\0" * MB, fields=fields)
        assert answer.status_code == status and answer.json()["refusal"]
    assert desk.on_disk() == []


async def test_fields_after_the_file_do_not_count_and_a_second_file_is_refused(desk, kim):
    late = {"file": ("l.pdf", PDF), "request": (None, "lease")}
    assert (await kim.post("/files", files=late)).status_code == 422
    two = [("request", (None, "lease")), ("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]
    assert (await kim.post("/files", files=two)).status_code == 400
    assert desk.on_disk() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"--b--\r\n",
        b"--b\r\nX: y\r\n\r\n",
        b'--b\r\nContent-Disposition: form-data; name="request"\r\n\r\nlease\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 5000 + b"\r\n--b--\r\n",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 40 + b"--b--\r\n",
    ],
)
async def test_what_is_no_form_of_ours_gets_a_sentence(desk, kim, body):
    answer = await kim.post("/files", content=body, headers=CHUNKED)
    assert answer.status_code == 400 and "try again" in answer.json()["refusal"]
    assert (await kim.post("/files", content=body)).status_code == 400
    assert desk.on_disk() == []


async def test_a_body_that_ends_early_is_not_a_file(desk, kim):
    answer = await kim.post("/files", content=form_pieces(MB, close=False), headers=CHUNKED)
    assert answer.status_code == 400 and desk.on_disk() == [] and desk.got == {}


@pytest.mark.parametrize("way", ["disconnect", "task cancelled"])
async def test_cancelled_half_way_nothing_is_left(desk, way):
    pieces, arrived = form_pieces(20 * MB), asyncio.Event()
    left = 40

    async def receive():
        nonlocal left
        left -= 1
        if left:
            return {"type": "http.request", "body": await anext(pieces), "more_body": True}
        assert len(desk.on_disk()) == 1, "it was being written"
        arrived.set()
        if way == "disconnect":
            return {"type": "http.disconnect"}
        return await asyncio.Event().wait()

    async def send_nothing(message):
        return None

    headers = {**OURS, **CHUNKED, "cookie": "sid=kim", "host": "portal.example.com"}
    scope = {
        "type": "http",
        "scheme": "https",
        "method": "POST",
        "path": "/files",
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    task = asyncio.create_task(desk.app()(scope, receive, send_nothing))
    await asyncio.wait_for(arrived.wait(), 5)
    if way == "task cancelled":
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert desk.on_disk() == [] and desk.got == {}


async def test_a_file_that_is_refused_is_not_kept(sqlite, desk, kim):
    desk.refuse_to_accept = Conflict("This deal is locked.")
    assert (await send(kim, PDF)).status_code == 409
    assert desk.on_disk() == []


async def test_a_file_whose_commit_may_have_been_made_is_left_to_the_sweep(desk, kim):
    """The connection broke while the database answered: the row may be there, and it needs its file."""
    desk.refuse_to_accept = OSError("connection lost")
    answer = await send(kim, PDF)
    assert answer.status_code == 500 and "connection" not in answer.json()["refusal"]
    assert len(desk.on_disk()) == 1


class Says:
    """A scanner that answers one thing, having read everything."""

    def __init__(self, outcome: ScanOutcome) -> None:
        self.outcome = outcome

    async def scan(self, content):
        assert b"".join([piece async for piece in content]) == PDF
        return Scan(self.outcome, "This file is not for opening.")


@pytest.mark.parametrize(
    ("outcome", "status", "kept"),
    [
        (ScanOutcome.CLEAN, 201, True),
        (ScanOutcome.UNREACHED, 201, True),
        (ScanOutcome.INFECTED, 415, True),
        (ScanOutcome.UNCHECKABLE, 415, False),
    ],
)
async def test_what_the_scanner_says_decides_what_is_kept_and_told(sqlite, desk, outcome, status, kept):
    desk.scanner = Says(outcome)
    transport = httpx.ASGITransport(desk.app())
    async with httpx.AsyncClient(transport=transport, base_url=HERE, headers=OURS, cookies={"sid": "kim"}) as client:
        answer = await send(client, PDF)
    assert answer.status_code == status
    assert (answer.json().get("refusal") == "This file is not for opening.") == (status == 415)
    assert bool(desk.on_disk()) == bool(desk.got) == kept


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_upload", 404),
        ("/_upload/x.pdf", 404),
        ("//_upload", 404),
        ("/_event", 200),
        ("/files/_upload", 200),
    ],
)
async def test_reflexs_own_upload_address_never_answers(path, status):
    transport = httpx.ASGITransport(without_reflex_uploads(PlainTextResponse("inside")))
    async with httpx.AsyncClient(transport=transport) as anyone:
        for method in ("POST", "GET", "OPTIONS"):
            assert (await anyone.request(method, f"{HERE}{path}")).status_code == status
