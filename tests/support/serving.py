"""Serves some of our HTTP routes for real, in the loop of the test."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.routing import Route

from tests.support.ports import free_port


@asynccontextmanager
async def serving(routes: Sequence[Route]) -> AsyncIterator[str]:
    """The base address while it runs."""
    port = free_port()
    server = Server(
        Starlette(routes=list(routes)), address="127.0.0.1", port=port, interface=Interfaces.ASGINL, log_enabled=False
    )
    running = asyncio.create_task(server.serve())
    url = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient() as client:
        for _ in range(100):
            try:
                await client.get(url)
                break
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    yield url
    server.stop()
    await running
