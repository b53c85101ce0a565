"""Fixtures for tests that need a real server, a real browser or a real PostgreSQL. Loaded by tests/conftest.py."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import browsers
from tests.support.postgres import PostgresServer
from tests.support.s3 import S3Server
from tests.support.server import PortalServer, ensure_built, make_once

SHOTS = Path(os.environ.get("TEST_PICTURES", "/tmp/portal-test-pictures"))


# The files that take longest, first: two processes that take file after file then end at about the same time.
LONGEST = ("test_nothing_of_a.py", "test_three_engines.py", "test_translated_screens.py", "test_every_press.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps a loop in the thread that asynchronous tests could not share.

    What needs the whole production stack runs only where it is asked for: `-m stack`.
    """
    if "stack" not in config.getoption("markexpr"):
        apart = [item for item in items if item.get_closest_marker("stack") is not None]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item.get_closest_marker("stack") is None]

    def order(item: pytest.Item) -> tuple[bool, int]:
        if item.get_closest_marker("browser") is None:
            return False, 0
        return True, LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)

    items.sort(key=order)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call):
    """Keep each phase's report on the item, so that a fixture can see whether its test failed."""
    outcome = yield
    setattr(item, f"report_{outcome.get_result().when}", outcome.get_result())


def _failed(request: pytest.FixtureRequest) -> bool:
    return bool(getattr(getattr(request.node, "report_call", None), "failed", False))


def _picture_path(request: pytest.FixtureRequest, number: int) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', request.node.nodeid)[-120:]}-{number}.png"


def _or_fail(make: Callable):
    """The made thing, or one line instead of a traceback when the machine lacks something."""
    try:
        return make()
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)


# --- PostgreSQL ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the whole run."""
    server = _or_fail(PostgresServer)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """One S3 server for the whole run."""
    server = _or_fail(S3Server)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    """The name of a database at the newest revision, to be copied."""
    from tests.support.migrations import upgrade

    name = postgres.create()
    upgrade(postgres.url(name))
    return name


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A fresh, empty database."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_url(postgres: PostgresServer, migrated_template: str) -> Iterator[str]:
    """A fresh database at the newest revision."""
    name = postgres.create(migrated_template)
    yield postgres.url(name)
    postgres.drop(name)


# --- The running product ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same for each of its processes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The production bundle, built once for all tests of this run."""
    _or_fail(lambda: ensure_built(tmp_path_factory.getbasetemp().parent))


@pytest.fixture(scope="session")
def demo_template(shared_folder: Path) -> Path:
    """A data folder with the demonstration brokerage in it, made once; copy it, don't change it."""
    folder = shared_folder / "demo-template" / "data"
    _or_fail(lambda: make_once(folder))
    return folder


@pytest.fixture(scope="session")
def start_server(
    bundle: None, demo_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., PortalServer]]:
    """A function that starts a server on a fresh copy of the demo data; settings are environment variables."""
    started: list[PortalServer] = []

    def start(**settings: str) -> PortalServer:
        data = tmp_path_factory.mktemp("server") / "data"
        started.append(PortalServer.from_template(demo_template, data, **settings))
        return started[-1].start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def server(start_server: Callable[..., PortalServer]) -> Iterator[PortalServer]:
    """The product with fresh demo data, shared by the tests of one module."""
    running = start_server()
    yield running
    running.stop()


@pytest.fixture
def own_server(start_server: Callable[..., PortalServer]) -> Iterator[PortalServer]:
    """The product with fresh demo data for one test that kills it or counts everything."""
    running = start_server()
    yield running
    running.stop()


# --- Browsers -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright_driver) -> Iterator:
    browser = _or_fail(lambda: browsers.launch_chromium(playwright_driver))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright_driver) -> Iterator:
    browser = _or_fail(lambda: browsers.launch_firefox(playwright_driver))
    yield browser
    browser.close()


class People:
    """Opens browsers as separate people would: each call is a new profile without cookies."""

    def __init__(self, browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.pages: list = []
        self.errors: list[str] = []

    def open(
        self,
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        prepare: Callable | None = None,
        **options,
    ):
        """A page of a new person at `path`. Uncaught script errors fail the test afterwards.

        `prepare` gets the context before anything is loaded.
        """
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **{**browsers.CONTEXT, **options},
        )
        context.set_default_timeout(15_000)
        if prepare:
            prepare(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._blocked(page, said.text))
        self.pages.append(page)
        page.goto(path)
        return page

    def _blocked(self, page, said: str) -> None:
        """What a page wanted to run, load or speak to, and the policy did not let it."""
        # A document that somebody sent has a policy of its own, under which nothing at all may load.
        is_one = "Content Security Policy" in said or "Content-Security-Policy" in said
        if is_one and "default-src 'none'" not in said:
            self.errors.append(f"{page.url}: {said}")

    def close(self) -> None:
        for page in self.pages:
            page.context.close()


@pytest.fixture
def people(request: pytest.FixtureRequest, chromium, server: PortalServer) -> Iterator[People]:
    """Chromium for as many people as a test needs, on the module's server."""
    yield from people_of(request, chromium, server)


@pytest.fixture
def firefox_people(request: pytest.FixtureRequest, firefox, server: PortalServer) -> Iterator[People]:
    """The same in Firefox."""
    yield from people_of(request, firefox, server)


def people_of(request: pytest.FixtureRequest, browser, server: PortalServer) -> Iterator[People]:
    """People on a server; afterwards pictures and the log when the test failed. For a fixture to yield from."""
    them = People(browser, server.url)
    yield them
    if _failed(request):
        for number, page in enumerate(them.pages):
            if not page.is_closed():
                page.screenshot(path=_picture_path(request, number), full_page=True)
        print(f"\nPictures: {SHOTS}\nServer log:\n{server.log[-3000:]}")
    them.close()
    assert not them.errors, "uncaught script errors: " + "; ".join(them.errors)


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    with browsers.virtual_screen() as display:
        yield display


@pytest.fixture
def webkit(request: pytest.FixtureRequest, screen: str, tmp_path: Path) -> Iterator:
    """A Selenium driver of WebKit (Safari's engine) with a fresh profile."""
    with browsers.webkit(screen, tmp_path / "home") as driver:
        yield driver
        if _failed(request):
            driver.save_screenshot(str(_picture_path(request, 9)))
