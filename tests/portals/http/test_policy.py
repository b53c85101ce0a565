"""The content security policy names the scripts of each built page, and lets nothing else run between the tags."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.portals.http.headers import SecurityHeaders
from salestrekker_portal.portals.http.policy import PagePolicies, hash_of, plain_policy


@pytest.fixture
def policies(tmp_path) -> PagePolicies:
    for path, scripts in (
        ("404.html", "<script>fallback()</script>"),
        ("board/index.html", '<script src="/a.js"></script><script>begin()</script><script id="x">\n 2\n</script>'),
        ("board.html", "<script>begin()</script>"),
        ("index.html", "<p>no script</p>"),
    ):
        page = tmp_path / path
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<!doctype html><body>{scripts}</body>")
    return PagePolicies(tmp_path)


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_a_page_names_its_own_scripts_and_those_of_the_page_for_other_addresses(policies):
    named = directives(policies.of("/board"))["script-src"]
    assert hash_of("begin()") in named and hash_of("fallback()") in named and "unsafe-inline" not in named
    assert policies.of("/board") == policies.of("/board/") == policies.of("/board/index.html")
    other = directives(policies.of("/deals/0b1c/notes"))["script-src"]
    assert hash_of("fallback()") in other and hash_of("begin()") not in other


def test_a_hash_is_of_every_letter_between_the_tags():
    # openssl dgst -sha256 -binary | base64, of "alert(1)"
    assert hash_of("alert(1)") == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"


def test_nothing_is_told_to_anybody_else():
    policy = directives(plain_policy())
    assert policy["connect-src"].split() == ["'self'", "ws://localhost:8000", "ws://127.0.0.1:8000"]
    assert policy["script-src"] == "'self'"
    assert (policy["object-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'", "'self'")


def test_no_text_becomes_markup_or_a_script(policies):
    for policy in (plain_policy(), policies.of("/board"), policies.of("/deals/0b1c/notes")):
        named = directives(policy)
        assert (named["require-trusted-types-for"], named["trusted-types"]) == ("'script'", "'none'")


async def test_the_header_goes_with_each_kind_of_answer(policies):
    routes = [Route("/board", lambda _: HTMLResponse("<p>")), Route("/health", lambda _: PlainTextResponse("ok")),
              Route("/", lambda _: Response(status_code=304))]  # fmt: skip
    app = SecurityHeaders(Starlette(routes=routes), policies)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as browser:
        page, plain, kept = [await browser.get(path) for path in ("/board", "/health", "/")]
    assert page.headers["content-security-policy"] == policies.of("/board")
    assert plain.headers["content-security-policy"] == plain_policy()
    assert kept.headers["content-security-policy"] == policies.of("/"), "a page that was kept would lose its scripts"
