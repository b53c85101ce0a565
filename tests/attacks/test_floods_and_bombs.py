"""More of what was tried: floods of files and messages, a document that bursts, forms that no browser makes.

Each as the attacker goes about it; on earlier versions each of them succeeded.
"""

import io
import zipfile

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import quotas
from salestrekker_portal.domains.documents import requests, sending
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.portals.routes.account import ACCOUNT_ROUTES
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.portals.routes.logo import LOGO_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.notes import Note
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("sqlite")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
async def browser(tmp_path):
    files = LocalFiles(tmp_path / "files", b"a secret for the tests only")
    routes = [*file_routes(lambda: files, NoScanner), *ROUTES, *CLIENT_ROUTES, *ACCOUNT_ROUTES, *LOGO_ROUTES]
    app = Starlette(routes=[over_http(route) for route in routes])
    origin = settings().allowed_origins[0]
    headers = {"origin": origin, "sec-fetch-site": "same-origin", "accept": "application/json"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin, headers=headers) as client:
        yield client


@pytest.fixture
async def asked(cast) -> str:
    async with transaction() as session:
        wanted = await requests.add_request(
            session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id
        )
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    return str(wanted.id)


async def send(browser, cast, asked, content=PDF, name="Payslip.pdf") -> httpx.Response:
    form, file = {"portal": "client", "request": asked}, {"file": (name, content, "application/pdf")}
    return await browser.post("/files", data=form, files=file, headers={"cookie": cast.cookies["kim"]})


async def stored() -> int:
    async with reading() as session:
        return await session.scalar(select(func.count(StoredFile.id)))


async def test_a_client_fills_no_disk_in_a_day(cast, browser, asked, monkeypatch):
    monkeypatch.setattr(quotas, "FILES_A_DAY", 3)
    answers = [await send(browser, cast, asked) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 409, 409, 409]
    assert answers[-1].json()["refusal"] == quotas.ENOUGH_FILES and await stored() == 3


async def test_nor_with_few_large_files(cast, browser, asked, monkeypatch):
    monkeypatch.setattr(quotas, "MEGABYTES_A_DAY", 2)
    large = PDF + b"\0" * 1_200_000
    answers = [(await send(browser, cast, asked, large)).status_code for _ in range(3)]
    assert answers == [201, 409, 409] and await stored() == 1


async def test_a_client_writes_no_thousand_messages(cast):
    for number in range(quotas.MESSAGES_A_DAY):
        async with transaction() as session:
            await add_note(session, cast.kim, cast.deal.id, f"{number}")
    with pytest.raises(Conflict, match="100 messages in a day"):
        async with transaction() as session:
            await add_note(session, cast.kim, cast.deal.id, "one more")
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "The team writes on.")
        await add_note(session, cast.sam, cast.deal.id, "So does somebody else.")
    async with reading() as session:
        assert await session.scalar(select(func.count(Note.id))) == quotas.MESSAGES_A_DAY + 2


def office(parts: dict[str, bytes]) -> bytes:
    """A Word document with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"[Content_Types].xml": b"<Types/>"} | parts).items():
            archive.writestr(name, content)
    return made.getvalue()


async def test_a_document_that_bursts_is_refused_in_words_before_anybody_opens_it(cast, browser, asked):
    bomb = office({"word/document.xml": b"\0" * 60_000_000})
    answer = await send(browser, cast, asked, bomb, "Payslip.docx")
    assert len(bomb) < 100_000 and answer.status_code == 415
    assert "unpacks to far more" in answer.json()["refusal"] and "save it as a PDF" in answer.json()["refusal"]
    assert await stored() == 0
    honest = office({"word/document.xml": b"<w:document>" + b"<w:p>Salary 2026</w:p>" * 100_000})
    assert (await send(browser, cast, asked, honest, "Payslip.docx")).status_code == 201


FORMS = ("/files", "/session/broker", "/session/client", "/session/forgot", "/session/logo", "/session/import",
         "/session/set-up")  # fmt: skip
NOT_OURS = {
    "a boundary of 5,000 bytes": ("multipart/form-data; boundary=" + "x" * 5000, b"--" + b"x" * 5000 + b"--\r\n"),
    "no boundary": ("multipart/form-data", b"x"),
    "an empty boundary": ("multipart/form-data; boundary=", b"----\r\n"),
    "a part without a name": (
        "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
    ),
    "rubbish": ("multipart/form-data; boundary=x", b"\xff\0\r\n--y"),
    "a header without end": ("multipart/form-data; boundary=x", b"--x\r\n" + b"a" * 60_000),
}  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("what", NOT_OURS)
async def test_a_form_that_no_browser_makes_is_no_fault_of_ours(cast, browser, path, what):
    kind, body = NOT_OURS[what]
    headers = {"content-type": kind, "cookie": cast.cookies["alice"]}
    answer = await browser.post(path, content=body, headers=headers)
    assert answer.status_code < 500, f"{what} at {path}: {answer.status_code}"
