"""Every plain HTTP route × everybody who should be turned away, wrong origins, wrong methods, and garbage."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest
from sqlalchemy import delete
from starlette.applications import Starlette
from starlette.routing import Mount

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import Mode, Settings, settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.portal_access.delivery import hash_of_pin
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.portals.api.app import PREFIX
from salestrekker_portal.portals.http.headers import SecurityHeaders
from salestrekker_portal.portals.http.requests import FORM_LIMIT
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.files import file_routes
from salestrekker_portal.portals.routes.uploads import without_reflex_uploads
from salestrekker_portal.salestrekker_portal import app
from salestrekker_portal.tables.access import Portal, Throttle
from salestrekker_portal.tables.documents import ComplianceDocument, Document, StoredFile
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink
from tests.refusals.case import STRANGERS, filled
from tests.refusals.place import Place, secrets_kept_from
from tests.refusals.routes_table import PIN, REFLEX_ROUTES, ROUTE_CASES, RouteCase
from tests.refusals.snapshot import snapshot
from tests.support.local_files import LocalFiles

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n% QZKIMFILE QZFILE\n%%EOF\n"
ORIGIN = settings().allowed_origins[0]
OURS = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
# What a page of somebody else, an old browser and a program send.
ELSEWHERE = (
    {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    {"origin": "https://evil.example"},
    {"origin": "null", "sec-fetch-site": "same-site"},
    {"origin": f"{ORIGIN}.evil.example"},
    {"referer": f"{ORIGIN}/portal"},
    {},
)
GARBAGE = ("", "x" * 5000, "<script>alert(1)</script>", "../../etc/passwd", "' OR 1=1 --", "\x00", "²", "🦆" * 50)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")


def our_routes() -> list:
    """The routes as the app has them; those of the API are tried in tests/portals/api/test_refusals.py."""
    routes = list(app.api_transformer[0].routes)
    assert [each.path for each in routes if isinstance(each, Mount)] == [PREFIX]
    return [each for each in routes if not isinstance(each, Mount)]


def test_the_table_has_every_route():
    there = {(method, route.path) for route in our_routes() for method in route.methods - {"HEAD"}}
    listed = {(case.method, case.route) for case in ROUTE_CASES}
    assert there == listed, f"rows to add or to drop: {sorted(there ^ listed)}"
    assert {route.path for route in app._api.routes} <= REFLEX_ROUTES


@pytest.fixture(autouse=True)
def outside_the_demo(monkeypatch):
    """The demo's door is shut unless a test opens it."""
    real = Settings(mode=Mode.EMBEDDED, secret="x" * 40)
    monkeypatch.setattr("salestrekker_portal.portals.routes.demo.settings", lambda: real)


@pytest.fixture
async def web(place: Place, tmp_path) -> AsyncIterator[httpx.AsyncClient]:
    """The app's routes over a store with real files in it."""
    files = LocalFiles(tmp_path / "files", b"a secret for the tests only")
    async with transaction() as session:
        for kind, name in ((Document, "kim_document"), (Document, "document"), (ComplianceDocument, "compliance")):
            document = await session.get(kind, UUID(place.ids[name]))
            await _fill(files, place, await session.get(StoredFile, document.file_id))
        access = await session.get(PortalAccess, UUID(place.ids["kim_access"]))
        access.pin_hash, access.pin_sent_at = hash_of_pin(access.id, PIN), utc_now() - timedelta(hours=1)
        old = {"token_hash": token_hash("QZOLDLINK"), "token_sealed": "", "replaced_at": utc_now() - timedelta(hours=2)}
        session.add(PortalLink(access_id=access.id, created_at=utc_now() - timedelta(days=1), **old))
        link = await password_link(session, Portal.BROKER, UUID(place.ids["alice"]))
        place.ids["password_token"] = link.partition("token=")[2]
    kept = [route for route in our_routes() if not route.path.startswith(("/files", "/compliance"))]
    routes = Starlette(routes=[*kept, *file_routes(lambda: files, NoScanner)])
    transport = httpx.ASGITransport(SecurityHeaders(without_reflex_uploads(routes)))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


async def _fill(files: LocalFiles, place: Place, row: StoredFile) -> None:
    async with files.open_writer(place.firm_id, max_bytes=10_000) as writer:
        await writer.write(PDF)
        stored = await writer.finish()
    row.storage_key, row.size_bytes, row.sha256 = stored.key, stored.size, stored.sha256


async def _send(web, case: RouteCase, place: Place, name: str, *, headers=OURS, form=None) -> httpx.Response:
    data = filled(case.form if form is None else form, place.ids)
    sent = {"data": data} if data is not None else {}
    if case.with_file:
        sent["files"] = {"file": ("Payslip.pdf", PDF, "application/pdf")}
    path = filled(case.path or case.route, place.ids)
    web.cookies.clear()
    return await web.request(case.method, path, headers={**headers, "cookie": place.cookies[name]}, **sent)


def _session_of(answer: httpx.Response) -> list[str]:
    return [name for name, value in answer.cookies.items() if name.endswith("-session") and value]


def _harmless(answer: httpx.Response, name: str) -> None:
    """Nothing secret, nothing of our insides, no way in, and the headers that keep a browser on its guard."""
    said = answer.text + repr(answer.headers)
    assert not [secret for secret in secrets_kept_from(name) if secret in said]
    assert "Traceback" not in said and "sqlalchemy" not in said
    assert not _session_of(answer)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("case", ROUTE_CASES, ids=lambda case: f"{case.method} {case.path or case.route}")
async def test_strangers_are_turned_away(web, place: Place, case: RouteCase):
    before = await snapshot(place)
    for name in STRANGERS:
        if name in case.own or (name == case.rightful and case.tried is None):
            continue
        answer = await _send(web, case, place, name, form=case.tried)
        _harmless(answer, name)
        assert answer.status_code in (case.welcome if case.public else case.refused), (name, answer.text)
        assert await snapshot(place) == before, f"{case.route} let {name} change something"
        assert await actor_in(Portal.CLIENT, place.cookies["kim"]), f"{case.route} let {name} sign kim out"
    await _rightful(web, case, place)
    for name in case.own:
        answer = await _send(web, case, place, name)
        assert answer.status_code in case.welcome
        if name != "bob":
            _harmless(answer, name)


async def _rightful(web, case: RouteCase, place: Place) -> None:
    async with transaction() as session:
        await session.execute(delete(Throttle))  # the strangers' guesses have used up everybody's tries
    before = await snapshot(place)
    answer = await _send(web, case, place, case.rightful)
    assert answer.status_code in case.welcome, answer.text
    assert answer.headers.get("location", "") == case.leads_to or not case.leads_to
    assert bool(_session_of(answer)) == case.opens
    if case.tried is not None and not case.opens:
        assert await snapshot(place) != before, "nothing happened for the rightful person either"
    if case.with_file:
        assert await snapshot(place) != before and answer.json()["ok"]
    if case.method == "GET" and "{document_id}" in case.route:
        assert answer.content == PDF and answer.headers["cache-control"] == "private, no-store"
    if case.route == "/session/end":
        assert await actor_in(Portal.CLIENT, place.cookies["kim"]) is None


POSTS = [case for case in ROUTE_CASES if case.method == "POST" and not case.signed]


@pytest.mark.parametrize("case", POSTS, ids=lambda case: f"{case.route} {case.rightful}")
async def test_forms_of_other_sites_are_refused(web, place: Place, case: RouteCase):
    before = await snapshot(place)
    for headers in ELSEWHERE:
        answer = await _send(web, case, place, case.rightful, headers=headers)
        assert answer.status_code == 403, headers
        _harmless(answer, "mallory")
    assert await snapshot(place) == before
    assert await actor_in(Portal.CLIENT, place.cookies["kim"])


@pytest.mark.parametrize("case", ROUTE_CASES, ids=lambda case: f"{case.method} {case.path or case.route}")
async def test_wrong_methods_and_garbage_change_nothing(web, place: Place, case: RouteCase):
    before = await snapshot(place)
    path = filled(case.path or case.route, place.ids)
    allowed = {method for route in our_routes() if route.path == case.route for method in route.methods}
    for method in [each for each in METHODS if each not in allowed]:
        answer = await web.request(method, path, headers={**OURS, "cookie": place.cookies["mallory"]})
        assert answer.status_code == 405
    for answer in await _garbage(web, case, place):
        assert answer.status_code < 500, answer.text
        _harmless(answer, "mallory")
    assert await snapshot(place) == before


async def _garbage(web, case: RouteCase, place: Place) -> list[httpx.Response]:
    """Fields, bodies and addresses that none of our pages sends, as somebody of another firm."""
    headers = {**OURS, "cookie": place.cookies["mallory"]}
    answers = []
    for junk in GARBAGE:
        if case.form is not None:
            answers.append(await _send(web, case, place, "mallory", form=dict.fromkeys(case.form, junk)))
        if "{" in case.route:
            address = case.route.partition("{")[0] + quote(junk, safe="")
            answers.append(await web.request(case.method, address, headers=headers))
    if case.method == "POST":
        path = filled(case.path or case.route, place.ids)
        for kind, body in _bodies():
            answers.append(await web.post(path, content=body, headers={**headers, "content-type": kind}))
    return answers


def _bodies() -> list[tuple[str, bytes]]:
    form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
    return [
        (form, b"x=" + b"y" * (FORM_LIMIT + 1)),
        (form, b"email=%ED%A0%80&password=%00&token=%F0%9F&portal=client&person=%00"),
        (form, b"&".join(b"f%d=1" % number for number in range(200))),
        ("application/json", b'{"email": {"$ne": ""}}'),
        (parts, b"--b\r\nnot a part"),
        (parts, b'--b\r\nContent-Disposition: form-data; name="portal"\r\n\r\nclient\r\n--b--\r\n'),
        (parts, b'--b\r\nContent-Disposition: form-data; name="token"; filename="a"\r\n\r\nx\r\n--b--\r\n'),
        ("multipart/form-data", b"no boundary"),
    ]


async def test_the_demo_lets_in_only_those_whom_its_own_page_offers(web, place: Place, monkeypatch):
    case = next(each for each in ROUTE_CASES if each.route == "/session/demo")
    monkeypatch.setattr("salestrekker_portal.portals.routes.demo.settings", lambda: Settings(mode=Mode.DEMO))
    for person in ("alice@example.com", "kim", "", "../"):
        answer = await _send(web, case, place, "nobody", form={"person": person})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert not _session_of(answer)


async def test_reflex_takes_no_files(web):
    for path in ("/_upload", "/_upload/", "/_upload/a.pdf", "//_upload"):
        for method in ("GET", "POST"):
            assert (await web.request(method, path, headers=OURS)).status_code == 404
