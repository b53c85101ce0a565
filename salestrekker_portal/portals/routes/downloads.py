"""A stored file to a person who may see it: streamed, never cached, never able to run as a page of ours."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from salestrekker_portal.domains.documents.checks import MIME, PICTURES, SHOWN_INLINE, kind_of
from salestrekker_portal.domains.documents.photos import UnreadablePhoto, seen
from salestrekker_portal.domains.documents.ports import FileStore
from salestrekker_portal.tables.documents import StoredFile

_CLOSED = "default-src 'none'; sandbox; frame-ancestors 'self'"


async def serve_file(request: Request, files: FileStore, file: StoredFile, name: str) -> Response:
    """The file as a download, as it came; or in the page with `?view=1` if it is a PDF or a picture, made to be seen.

    The caller has asked whether this person may see it; `name` is what it is called there.
    Raises NotFound, FileUnreadable and StoreUnreachable before anything is sent. Damage further in ends the connection
    early, which the browser reports as a failed download.
    """
    looking, kind = request.query_params.get("view") == "1", kind_of(file.mime)
    if looking and kind in PICTURES:
        return await _as_seen(request, files, file, name)
    pieces = files.read(file.storage_key)
    first = await anext(pieces, b"")
    headers = _headers(name, file.size_bytes, inline=looking and kind in SHOWN_INLINE)
    if request.method == "HEAD":
        await pieces.aclose()
        return Response(headers=headers, media_type=file.mime)
    return StreamingResponse(_all(first, pieces), headers=headers, media_type=file.mime)


async def _as_seen(request: Request, files: FileStore, file: StoredFile, name: str) -> Response:
    """A picture to look at. One that can't be read says so; the original stays to be downloaded."""
    kept_as = kind_of(file.mime)
    try:
        picture, kind = await seen([piece async for piece in files.read(file.storage_key)], kept_as)
    except UnreadablePhoto as refusal:
        return PlainTextResponse(refusal.message, 415, headers=_headers(f"{name}.txt", None, inline=True))
    shown_as = name if kind is kept_as else f"{name.rpartition('.')[0] or name}.jpg"
    headers = _headers(shown_as, len(picture), inline=True)
    return Response(b"" if request.method == "HEAD" else picture, headers=headers, media_type=MIME[kind])


def _headers(name: str, size: int | None, *, inline: bool) -> dict[str, str]:
    return ({} if size is None else {"content-length": str(size)}) | {
        "content-disposition": content_disposition(name, inline=inline),
        "cache-control": "private, no-store",
        "x-frame-options": "SAMEORIGIN",
        "x-content-type-options": "nosniff",
        "content-security-policy": _CLOSED,
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "accept-ranges": "none",
    }


def content_disposition(name: str, *, inline: bool) -> str:
    """The header of RFC 6266: an ASCII name for old programs, then the real one (RFC 5987)."""
    plain = name.encode("ascii", "replace").decode().translate(str.maketrans('?"\\', "___"))
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _all(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for piece in rest:
        yield piece
