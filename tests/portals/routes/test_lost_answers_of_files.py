"""A file and its row, when the answer to a commit is lost or the process dies: no row is ever without its file.

The test tries every moment: it cuts the power at the first statement of an upload, then at the second, and so on.
"""

import asyncio
import hashlib
import os
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event, select
from starlette.applications import Starlette

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import settings
from salestrekker_portal.database import session as database
from salestrekker_portal.database.session import after_commit, reading, transaction
from salestrekker_portal.domains.documents import orphans, service, sweeping
from salestrekker_portal.domains.documents.arriving import receive_bytes
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes import files as file_routes
from salestrekker_portal.tables.documents import StoredFile
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("database")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
LONG_AGO = time.time() - 9 * 86_400


class Killed(BaseException):
    """The process is gone: nothing that catches exceptions is there to catch it."""


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def files(folder):
    return LocalFiles(folder, b"a secret for the tests only")


@pytest.fixture
async def browser(files):
    app = Starlette(routes=file_routes.file_routes(lambda: files, NoScanner))
    origin = settings().allowed_origins[0]
    headers = {"origin": origin, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin, headers=headers) as client:
        yield client


async def send(cast, browser, intention: str = "") -> httpx.Response:
    data = {"portal": "client"} | ({"_intention": intention} if intention else {})
    return await browser.post(
        "/files", data=data, files={"file": ("Payslip.pdf", PDF)}, headers={"cookie": cast.cookies["kim"]}
    )


async def rows() -> list[StoredFile]:
    async with reading() as session:
        return list(await session.scalars(select(StoredFile).where(StoredFile.storage_key.like("%-%/%-%"))))


async def every_row_opens(files) -> set[str]:
    kept = await rows()
    for row in kept:
        content = b"".join([piece async for piece in files.read(row.storage_key)])
        assert hashlib.sha256(content).hexdigest() == row.sha256
    return {row.storage_key for row in kept}


def in_store(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob("*-*/*") if path.is_file()}


async def swept_after_a_day(files, folder) -> None:
    for key in in_store(folder):
        os.utime(folder / key, (LONG_AGO, LONG_AGO))
    await sweeping.sweep_files(lambda: files)


async def test_a_commit_whose_answer_is_lost_keeps_its_file_and_the_second_try_is_the_first(
    cast, browser, files, folder, monkeypatch
):
    lost = False

    async def answer_lost(session) -> None:
        nonlocal lost
        await type(session).commit(session)
        if not lost:
            lost = True
            raise OSError("the connection broke while the database answered")

    intention = str(new_id())
    with monkeypatch.context() as patch:
        patch.setattr(file_routes, "transaction", losing(answer_lost))
        assert (await send(cast, browser, intention)).status_code == 500
    assert lost and len(await every_row_opens(files)) == 1, "it was committed"
    again = await send(cast, browser, intention)
    assert again.status_code == 201
    await swept_after_a_day(files, folder)
    assert await every_row_opens(files) == in_store(folder) != set()


def losing(commit):
    """`transaction`, with another way to commit."""

    def opened():
        return Losing(commit)

    return opened


class Losing:
    def __init__(self, commit) -> None:
        self.commit = commit

    async def __aenter__(self):
        self.inner = transaction()
        self.session = await self.inner.__aenter__()
        return self.session

    async def __aexit__(self, *problem):
        if problem[0] is None:
            for work in self.session.info["before_commit"]:
                await work(self.session)
            try:
                await self.commit(self.session)
            except OSError as error:
                await self.session.close()
                await self.inner.gen.aclose()  # whoever opened it is done with it: the next writer's turn
                raise error
        return await self.inner.__aexit__(*problem)


async def test_a_refusal_after_the_commit_costs_nobody_their_file(cast, browser, files, folder, monkeypatch):
    """What is done once the transaction is safely on disk may fail too, with a refusal like any other."""
    real = service.accept_upload

    async def filed(session, *given):
        after_commit(session, refuses)
        return await real(session, *given)

    async def refuses() -> None:
        raise Conflict("The other tabs could not be told.")

    monkeypatch.setattr(file_routes, "accept_upload", filed)
    assert (await send(cast, browser)).status_code == 409
    assert await every_row_opens(files) == in_store(folder) != set()


async def test_a_refused_file_goes_at_once_and_stays_when_nobody_can_be_asked(
    cast, browser, files, folder, monkeypatch
):
    async def refuses(*_):
        raise Conflict("This deal is locked.")

    async def cannot_say(*_):
        raise OSError("no database")

    monkeypatch.setattr(file_routes, "accept_upload", refuses)
    assert (await send(cast, browser)).status_code == 409 and in_store(folder) == set()
    with monkeypatch.context() as patch:
        patch.setattr(orphans, "named", cannot_say)
        assert (await send(cast, browser)).status_code == 409
    assert len(in_store(folder)) == 1
    await sweeping.sweep_files(lambda: files)
    assert len(in_store(folder)) == 1, "it is young, and may be on its way"
    await swept_after_a_day(files, folder)
    assert in_store(folder) == set()


async def test_killed_at_any_statement_every_row_has_its_file_and_every_file_its_row_after_a_day(
    cast, browser, files, folder
):
    left, killed = 0, 0

    def count(*_) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    engine = database.engine().sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        for moment in range(1, 80):
            left = moment
            try:
                answer = await send(cast, browser)
            except Killed:
                killed += 1
                continue
            assert answer.status_code == 201
            break
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert killed == moment - 1 > 5, "each moment but the last was one of the upload"
    assert len(await every_row_opens(files)) == 1
    await swept_after_a_day(files, folder)
    assert await every_row_opens(files) == in_store(folder)


async def test_files_of_a_firm_that_this_database_does_not_know_are_left_alone(cast, files, folder):
    """Two installations share a folder, or the database is not the one that belongs to it."""
    stranger, ours = [
        await receive_bytes(files, NoScanner(), firm, "x.pdf", PDF, limit=1000) for firm in (new_id(), cast.firm.id)
    ]
    await swept_after_a_day(files, folder)
    assert in_store(folder) == {stranger.key} and ours.key not in in_store(folder)


async def test_a_press_on_cancel_while_it_is_written_down_leaves_both_or_none(cast, browser, files, folder):
    for pause in (0.0, 0.01, 0.03, 0.06, 0.1):
        task = asyncio.create_task(send(cast, browser))
        await asyncio.sleep(pause)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait(others, timeout=5) if others else None
    await every_row_opens(files)
    await swept_after_a_day(files, folder)
    assert await every_row_opens(files) == in_store(folder)
