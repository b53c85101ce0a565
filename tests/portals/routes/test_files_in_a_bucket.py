"""`POST /files` and `GET /files/...` while the files lie in a bucket, and the bucket has troubles."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.tables.documents import Document, StoredFile
from tests.support.s3 import Line, bucket_of

pytestmark = pytest.mark.usefixtures("sqlite")
PDF = b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 120_000 + b"%%EOF\n"
SECRET = b"a secret for the tests only"
SENTENCE = "We can’t reach the place where files are kept just now. Nothing was lost: try again in a minute."
TROUBLES = {
    "nobody listens": ("closed", 0),
    "it refuses us": ("refuses", 0),
    "it says nothing": ("silent", 0),
    "the line is cut while we send": ("cut going up", 1_000_000),
    "the line is cut while it answers": ("cut coming down", 50),
}


@pytest.fixture
def bucket_name(s3) -> str:
    name = f"papers-{uuid4()}"
    s3.make_bucket(name)
    return name


def process(s3, name: str, **facts) -> httpx.AsyncClient:
    """One server of the portal, with a store of its own on the same bucket."""
    files = SealedFiles(bucket_of(s3, name, **facts), SECRET)
    app = Starlette(routes=file_routes(lambda: files, NoScanner))
    origin = settings().allowed_origins[0]
    headers = {"origin": origin, "sec-fetch-site": "same-origin"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin, headers=headers)


async def send(cast, server, intention: str) -> httpx.Response:
    data = {"portal": "client", "_intention": intention}
    return await server.post(
        "/files", data=data, files={"file": ("Payslip.pdf", PDF)}, headers={"cookie": cast.cookies["kim"]}
    )


async def fetch(cast, server, document_id: str) -> httpx.Response:
    return await server.get(f"/files/{document_id}", headers={"cookie": cast.cookies["bob"]})


async def rows() -> tuple[int, int]:
    async with reading() as session:
        counted = [await session.scalar(select(func.count()).select_from(each)) for each in (StoredFile, Document)]
    return counted[0] or 0, counted[1] or 0


async def test_what_one_server_stored_another_opens(cast, s3, bucket_name):
    async with process(s3, bucket_name) as one, process(s3, bucket_name) as other:
        answer = await send(cast, one, str(new_id()))
        assert answer.status_code == 201
        opened = await fetch(cast, other, answer.json()["id"])
        assert opened.status_code == 200 and opened.content == PDF


@pytest.mark.parametrize("what", TROUBLES)
async def test_in_trouble_it_says_so_keeps_no_row_and_the_next_try_is_the_first(cast, s3, bucket_name, what):
    line, intention = Line(s3.port), str(new_id())
    # The one in trouble gives up soon; the other has the patience that it has in production.
    async with (
        line.open() as endpoint,
        process(s3, bucket_name, endpoint=endpoint, seconds=1.0) as cut_off,
        process(s3, bucket_name) as server,
    ):
        before = await rows()
        line.has(*TROUBLES[what])
        refused = await send(cast, cut_off, intention)
        assert (refused.status_code, refused.json()["refusal"]) == (503, SENTENCE)
        assert await rows() == before
        taken = await send(cast, server, intention)
        assert taken.status_code == 201
        assert await rows() == (before[0] + 1, before[1] + 1)
        if what != "the line is cut while we send":
            closed = await fetch(cast, cut_off, taken.json()["id"])
            assert (closed.status_code, closed.text) == (503, SENTENCE)
        opened = await fetch(cast, server, taken.json()["id"])
        assert opened.status_code == 200 and opened.content == PDF
