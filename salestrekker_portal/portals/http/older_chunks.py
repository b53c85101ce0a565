"""Chunks of other versions: an open tab of the last release goes on, and one behind two servers gets either's."""

from functools import cache
from pathlib import Path

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.build import WEB
from salestrekker_portal.served import chunk_folder, current

ASSETS = "/assets/"
ENCODINGS = ("brotli", "gzip")


class OlderChunks:
    """Stands before the pages: a chunk that this server's own version lacks comes from one that has it."""

    def __init__(self, app: ASGIApp, web: Path = WEB) -> None:
        self.app = app
        self._web = web
        own = current(web)
        self._own = own / "build" / "client" if own is not None else None
        self._files = cache(lambda folder: PrecompressedStaticFiles(directory=folder, encodings=ENCODINGS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(ASSETS) and scope["method"] in ("GET", "HEAD"):
            name = scope["path"].removeprefix(ASSETS)
            if self._own is not None and not (self._own / "assets" / name).is_file():
                other = chunk_folder(self._web, name)
                if other is not None:
                    await self._files(other)({**scope, "root_path": ""}, receive, send)
                    return
        await self.app(scope, receive, send)
