"""The content security policy: what a page may run, load and speak to.

Built pages start with scripts of their own between the tags. Which ones is known from the bundle, so each page names
them by their hashes; a script that anything else put into a page does not run. Nothing is evaluated: what our own
server asks of a page is named (portals/events/deeds.py).
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from salestrekker_portal.build import WEB
from salestrekker_portal.config import settings
from salestrekker_portal.served import current

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
# What is answered where no page has that address.
OTHERWISE = ("/404", "/__spa-fallback")


@cache
def connections() -> str:
    """Ourselves, and our own socket by its name: older browsers don't count that as 'self'."""
    sockets = [origin.replace("http", "ws", 1) for origin in settings().allowed_origins]
    return " ".join(["'self'", *sockets])


@cache
def plain_policy() -> str:
    """Of everything that is no built page: no script between the tags runs at all."""
    return _policy("")


def _policy(scripts: str) -> str:
    return (
        f"default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; connect-src {connections()}; object-src 'none'; base-uri 'self'; "
        # The two players that a video may be shown in once a client asked for it; our own frames show documents.
        "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com; "
        "frame-ancestors 'none'; form-action 'self'; "
        # No text becomes markup or a script by any of the ways that a page has for that, and no policy lets it through.
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


class PagePolicies:
    """The policy of each page of the bundle that this server started with."""

    def __init__(self, bundle: Path | None = None) -> None:
        bundle = bundle or (current(WEB) or WEB) / "build" / "client"
        own = {path: set(hashes) for path, hashes in pages_of(bundle)}
        # An address with a part that varies is answered with one of these.
        shared = set().union(*(own.get(path, set()) for path in OTHERWISE))
        self._pages = {path: _policy(_named(hashes | shared)) for path, hashes in own.items()}
        self._otherwise = _policy(_named(shared))

    def of(self, path: str) -> str:
        """By the address that was asked for."""
        return self._pages.get(_address(path), self._otherwise)


def pages_of(bundle: Path) -> Iterator[tuple[str, list[str]]]:
    """Address and script hashes of each built page."""
    for page in sorted(bundle.rglob("*.html")):
        scripts = [script for script in INLINE.findall(page.read_text(encoding="utf-8")) if script]
        yield _address("/" + page.relative_to(bundle).as_posix()), [hash_of(script) for script in scripts]


def hash_of(script: str) -> str:
    """As a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _address(path: str) -> str:
    """/board/index.html, /board.html and /board/ are all /board."""
    return path.removesuffix("index.html").removesuffix(".html").rstrip("/") or "/"


def _named(hashes: set[str]) -> str:
    return "".join(f" {each}" for each in sorted(hashes))
