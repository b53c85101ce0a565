"""Carries deliveries over HTTP to addresses on the internet, and to no other.

A firm types the address, and our server asks it: without a check of where the name leads, at the moment of asking, it
could be made to post to machines that only it can reach.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from salestrekker_portal.domains.webhooks.ports import NotDelivered
from salestrekker_portal.domains.webhooks.rules import is_public

TIMEOUT_SECONDS = 10.0


class HttpHooks:
    """`private` lets this machine and network be asked too: for development and tests."""

    def __init__(
        self, *, private: bool = False, timeout: float = TIMEOUT_SECONDS, trust: ssl.SSLContext | None = None
    ) -> None:
        """`trust` knows more certificates than the public ones."""
        self._private, self._timeout, self._trust = private, timeout, trust

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """As the port says. Redirects are not followed: they could lead anywhere."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            async with asyncio.timeout(self._timeout):
                address = await self._address_of(host, parts.port or (443 if parts.scheme == "https" else 80))
                return await self._ask(httpx.URL(url), host, address, body, headers)
        except TimeoutError:
            raise NotDelivered("no answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise NotDelivered("no connection, or no valid certificate") from None

    async def _address_of(self, host: str, port: int) -> str:
        """One of the addresses that the name has now; each of them must be on the internet."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # what can't be a name is known to nobody
            raise NotDelivered("the name of the address isn't known") from None
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not (self._private or all(is_public(each) for each in addresses)):
            raise NotDelivered("the address isn't on the internet")
        return addresses[0]

    async def _ask(self, url: httpx.URL, host: str, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        # Asked at the number that was judged, so that the name can't lead elsewhere a moment later; the certificate
        # is still the name's.
        to = url.copy_with(host=address)
        named = {**headers, "host": url.netloc.decode("ascii")}
        async with httpx.AsyncClient(
            timeout=self._timeout, follow_redirects=False, trust_env=False, verify=self._trust or True
        ) as client:
            asked = client.stream("POST", to, content=body, headers=named, extensions={"sni_hostname": host})
            async with asked as answer:  # its body is of no interest, however long it is
                if not answer.is_success:
                    raise NotDelivered(f"answered {answer.status_code}", answer.status_code)
                return answer.status_code
