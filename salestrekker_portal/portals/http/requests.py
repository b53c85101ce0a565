"""What every plain HTTP route shares: who posts it, from where, and the headers that leave with every answer."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import HTTPConnection, Request

from salestrekker_portal.config import settings
from salestrekker_portal.kernel.numbers import whole_in

FORM_LIMIT = 64 * 1024
# A longer body than this is as long as this: nothing here takes a thousandth of it.
MOST_BYTES = 10**15
_LOCAL = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")


def is_same_origin(request: Request) -> bool:
    """Whether a form or upload comes from our own pages. CORS does not stop plain posts, so we do."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    # Browsers write this header themselves; no page can.
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        # Neither header: no browser that we serve posts a form like that.
        return site is not None
    return origin in settings().allowed_origins or origin == f"{request.url.scheme}://{request.url.netloc}"


def length_of(request: Request) -> int | None:
    """How many bytes a body says it has; None when it says nothing, or no number."""
    return whole_in(request.headers.get("content-length"), MOST_BYTES)


async def small_form(request: Request) -> FormData | None:
    """The posted form, or None when it is too large, or too strange, to be one of ours."""
    # No length counts as too much: a chunked body could go on for ever.
    length = length_of(request)
    if length is None or length > FORM_LIMIT:
        return None
    try:
        return await request.form(max_files=0, max_fields=60)
    except (FormParserError, MultiPartException, HTTPException):
        # No form of ours: a boundary of thousands of letters, files, a part without a name.
        return None


def client_address(request: HTTPConnection) -> str:
    """The browser's address: the last hop that is none of the proxies that the operator named.

    X-Forwarded-For is believed only as far as named proxies wrote it; anybody else could write it.
    """
    peer = request.client.host if request.client else ""
    return address_behind(peer, ",".join(request.headers.getlist("x-forwarded-for")))


def address_behind(peer: str, forwarded: str) -> str:
    """The same for an event: who is connected, and what X-Forwarded-For says. An address that is none is ""."""
    hops = [part.strip() for part in forwarded.split(",") if part.strip()]
    # From the right: each proxy adds who spoke to it, so only the end of the list was written by ours.
    while hops and _is_trusted(peer):
        peer = hops.pop()
    return peer if _address(peer) else ""


def _address(raw: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(raw)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(raw: str) -> bool:
    address = _address(raw)
    return address is not None and any(address in network for network in settings().trusted_proxies)


def safe_next(raw: object, otherwise: str) -> str:
    """A local address to go on to; anything else is replaced. "//evil", "/\\evil" and "/\\t/evil" are not local."""
    text = str(raw or "")
    # A browser leaves out tabs and line breaks, and takes a backslash for a slash.
    return text if len(text) < 300 and _LOCAL.fullmatch(text) else otherwise
