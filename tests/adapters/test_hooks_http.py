"""Deliveries over HTTP, against a real server on this machine, and where they must not go."""

import asyncio
import socket
import ssl
from contextlib import asynccontextmanager

import pytest

from salestrekker_portal.adapters.hooks_http import HttpHooks
from salestrekker_portal.domains.webhooks.ports import NotDelivered
from tests.adapters.twins.smtp import self_signed

BODY, HEADERS = b'{"event":"deal.moved"}', {"webhook-id": "1", "content-type": "application/json"}


@asynccontextmanager
async def program(answer: bytes, *, wait: float = 0.0, tls: ssl.SSLContext | None = None):
    """A server that answers so; yields its address and the requests that came."""
    requests: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        requests.append(head + await reader.readexactly(length))
        await asyncio.sleep(wait)
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://localhost:{port}/hook?of=portal", requests


def said(status: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def test_it_arrives_whole_under_the_name_that_was_typed():
    async with program(said("204 No Content")) as (url, requests):
        assert await HttpHooks(private=True).post(url, BODY, HEADERS) == 204
    (request,) = requests
    assert request.startswith(b"POST /hook?of=portal HTTP/1.1") and request.endswith(BODY)
    assert b"host: localhost:" in request.lower() and b"webhook-id: 1" in request.lower()


@pytest.mark.parametrize("status", ["301 Moved", "400 Bad", "410 Gone", "500 Broken", "503 Busy"])
async def test_any_other_answer_is_no_delivery(status):
    async with program(said(status, "location: http://127.0.0.1/admin")) as (url, requests):
        with pytest.raises(NotDelivered) as failure:
            await HttpHooks(private=True).post(url, BODY, HEADERS)
    assert (failure.value.status, len(requests)) == (int(status[:3]), 1), "a redirect is not followed"


async def test_a_slow_program_is_not_waited_for():
    async with program(said("200 OK"), wait=5) as (url, _):
        with pytest.raises(NotDelivered, match="no answer"):
            await HttpHooks(private=True, timeout=0.2).post(url, BODY, HEADERS)


async def test_half_an_answer_and_no_server_at_all():
    async with program(b"HTTP/1.1 2") as (url, _):
        with pytest.raises(NotDelivered):
            await HttpHooks(private=True).post(url, BODY, HEADERS)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(NotDelivered):
            await HttpHooks(private=True).post(f"http://127.0.0.1:{nobody.getsockname()[1]}/", BODY, HEADERS)


@pytest.mark.parametrize(
    "leads_to",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:192.168.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::1",
        "::7f00:1",
        "fec0::1",
    ],
)
async def test_a_name_that_leads_into_the_own_network_is_not_asked(monkeypatch, leads_to):
    """However public the name looks, and even when only one of its addresses does."""
    async with program(said("200 OK")) as (url, requests):
        asked = url.replace("localhost", "hooks.example.com").replace("http:", "https:")

        async def resolved(loop, host, port, **_):
            assert host == "hooks.example.com"
            return [(0, 0, 0, "", (address, port)) for address in ("93.184.215.14", leads_to)]

        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", resolved)
        with pytest.raises(NotDelivered, match="isn't on the internet"):
            await HttpHooks().post(asked, BODY, HEADERS)
    assert requests == []


async def test_a_name_that_nobody_knows(monkeypatch):
    async def unknown(*_, **__):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", unknown)
    with pytest.raises(NotDelivered, match="isn't known"):
        await HttpHooks().post("https://hooks.example.com/", BODY, HEADERS)


@pytest.mark.parametrize("host", ["a..example.com", f"{'a' * 64}.example.com", "..."])
async def test_what_can_not_be_a_name_is_known_to_nobody(host):
    with pytest.raises(NotDelivered, match="isn't known"):
        await HttpHooks().post(f"https://{host}/", BODY, HEADERS)


async def test_over_tls_the_certificate_has_to_be_the_names_though_a_number_is_called(monkeypatch, tmp_path):
    certificate, key = self_signed(tmp_path, "hooks.example.com")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    trust = ssl.create_default_context(cafile=str(certificate))

    async with program(said("200 OK"), tls=server) as (url, requests):
        port = url.split(":")[2].split("/")[0]
        monkeypatch.setattr(HttpHooks, "_address_of", lambda self, host, port: _one("127.0.0.1"))
        named = f"https://hooks.example.com:{port}/hook"
        assert await HttpHooks(private=True, trust=trust).post(named, BODY, HEADERS) == 200
        assert len(requests) == 1 and f"host: hooks.example.com:{port}".encode() in requests[0].lower()
        for carrier, address in (
            (HttpHooks(private=True), named),  # signed by nobody whom the world knows
            (HttpHooks(private=True, trust=trust), named.replace("hooks.", "other.")),
        ):
            with pytest.raises(NotDelivered, match="certificate"):
                await carrier.post(address, BODY, HEADERS)
    assert len(requests) == 1


async def _one(address: str) -> str:
    return address
