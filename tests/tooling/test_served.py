"""A build beside a running server: nothing that people ask for is missing for a moment, nor after the next start."""

import asyncio
import shutil
import threading
import time
from pathlib import Path

import httpx
import pytest
from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.routing import Mount

from salestrekker_portal import build, served
from salestrekker_portal.portals.http.older_chunks import OlderChunks


def write_pages(web: Path, release: int) -> None:
    """What a build leaves: a page that names its own chunk."""
    pages = web / "build" / "client"
    shutil.rmtree(pages, ignore_errors=True)  # the toolchain does so, and takes its time before it writes
    time.sleep(0.1)
    (pages / "assets").mkdir(parents=True)
    (pages / "sign-in.html").write_text(f"release {release}")
    (pages / "assets" / f"page-r{release}.js").write_text(f"chunk {release}")


@pytest.fixture
def web(tmp_path, monkeypatch) -> Path:
    """A checkout whose toolchain is `write_pages`; its one source is the number of the release."""
    source, folder = tmp_path / "source", tmp_path / ".web"
    source.write_text("1")
    monkeypatch.setattr(build, "WEB", folder)
    monkeypatch.setattr(build, "STAMP", folder / "built-from")
    monkeypatch.setattr(build, "BUNDLE", folder / "build" / "client")
    monkeypatch.setattr(build, "fingerprint", lambda: f"release-{source.read_text()}".ljust(64, "0"))

    def toolchain() -> None:
        (folder / "built-from").unlink(missing_ok=True)
        write_pages(folder, int(source.read_text()))
        (folder / "built-from").write_text(build.fingerprint())

    monkeypatch.setattr(build, "_build", toolchain)
    return folder


def release(web: Path, number: int) -> bool:
    (web.parent / "source").write_text(str(number))
    return build.build()


def started(web: Path) -> OlderChunks:
    """A server, as it is when it starts now."""
    version = served.current(web)
    assert version is not None
    pages = PrecompressedStaticFiles(directory=version / "build" / "client", html=True, encodings=("gzip",))
    return OlderChunks(Starlette(routes=[Mount("/", app=pages)]), web)


async def get(server: OlderChunks, path: str) -> tuple[int, str]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=server), base_url="http://portal") as browser:
        answer = await browser.get(path)
    return answer.status_code, answer.text


async def test_under_constant_requests_a_build_answers_no_404(web) -> None:
    release(web, 1)
    server = started(web)
    building = threading.Thread(target=lambda: [release(web, number) for number in range(2, served.KEPT + 1)])
    building.start()
    answers = []
    while building.is_alive():
        answers.append(await get(server, "/sign-in.html"))
        answers.append(await get(server, "/assets/page-r1.js"))
        await asyncio.sleep(0)
    building.join()
    assert len(answers) > 20 and set(answers) == {(200, "release 1"), (200, "chunk 1")}


async def test_after_the_next_start_an_open_tab_gets_its_old_chunks_and_pages_are_new(web) -> None:
    release(web, 1)
    release(web, 2)
    server = started(web)
    assert await get(server, "/sign-in.html") == (200, "release 2")
    assert await get(server, "/assets/page-r1.js") == (200, "chunk 1")
    assert await get(server, "/assets/page-r2.js") == (200, "chunk 2")
    assert (await get(server, "/assets/page-r3.js"))[0] == 404


async def test_behind_one_proxy_the_server_that_is_not_restarted_yet_has_the_new_chunks_too(web) -> None:
    release(web, 1)
    before = started(web)
    release(web, 2)
    assert await get(before, "/assets/page-r2.js") == (200, "chunk 2")
    assert await get(before, "/sign-in.html") == (200, "release 1")


async def test_what_is_no_chunk_is_looked_for_nowhere_else(web) -> None:
    (web.parent / "secret").write_text("secret")
    release(web, 1)
    release(web, 2)
    server = started(web)
    for path in ("/assets/..%2f..%2f..%2fsecret", "/assets/../sign-in.html", "/assets/", "/assets/.hidden"):
        assert (await get(server, path))[0] in (404, 200) and "secret" not in (await get(server, path))[1]
    assert served.chunk_folder(web, "../page-r1.js") is None and served.chunk_folder(web, "") is None


def test_the_last_versions_stay_and_going_back_builds_nothing(web) -> None:
    for number in range(1, served.KEPT + 3):
        assert release(web, number) is True
    assert len(served.versions(web)) == served.KEPT
    assert served.chunk_folder(web, "page-r2.js") is None and served.chunk_folder(web, "page-r4.js") is not None
    assert release(web, served.KEPT + 1) is False
    current = served.current(web)
    assert current is not None and (current / "build/client/sign-in.html").read_text() == f"release {served.KEPT + 1}"
    assert release(web, served.KEPT + 1) is False


def test_a_build_that_fails_leaves_what_is_served(web, monkeypatch) -> None:
    release(web, 1)

    def broken() -> None:
        shutil.rmtree(web / "build" / "client")
        raise build.BuildFailed("no")

    monkeypatch.setattr(build, "_build", broken)
    with pytest.raises(build.BuildFailed):
        release(web, 2)
    current = served.current(web)
    assert current is not None and (current / "build/client/sign-in.html").read_text() == "release 1"


def test_what_was_interrupted_is_not_taken_for_a_version(web) -> None:
    release(web, 1)
    (web / "served" / "release-2.coming").mkdir()
    assert len(served.versions(web)) == 1
