"""A multipart form read as it arrives: first its fields, then one file, piece by piece, never all of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from urllib.parse import unquote

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from salestrekker_portal.kernel.errors import DomainError

IDLE_SECONDS = 60
MAX_FIELDS, MAX_FIELD_BYTES = 20, 2000
MOST_BOUNDARY = 70  # RFC 2046, 5.1.1
OVERHEAD_BYTES = 64 * 1024
"""What boundaries, headers and fields may add to a file."""
_EXTENDED = re.compile(r"filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;\s]+)", re.I)


class Malformed(DomainError):
    """Not the form that our own page sends."""

    def __init__(self, detail: str) -> None:
        super().__init__("That upload didn't arrive in one piece. Please try again.")
        self.detail = detail


class FormStream:
    """Use in this order: `open_file`, `data` until it ends, `finish`. Raises Malformed throughout.

    Starlette's ClientDisconnect flies through; a sender silent for a minute raises TimeoutError.
    """

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type"))
        if kind != b"multipart/form-data" or not 0 < len(options.get(b"boundary", b"")) <= MOST_BOUNDARY:
            raise Malformed("not multipart")
        self._body = request.stream()
        self._seen: list[tuple[str, bytes]] = []
        self._complete = False
        self._parser = self._new_parser(options[b"boundary"])
        self._events = self._parsed()

    async def open_file(self) -> tuple[dict[str, str], str]:
        """The fields in front of the file, and the name that the sender gives it, as sent."""
        fields: dict[str, str] = {}
        while len(fields) <= MAX_FIELDS:
            name, filename = await self._next_part()
            if filename is not None:
                return fields, filename
            value = bytearray()
            async for data in self.data():
                value += data
                if len(value) > MAX_FIELD_BYTES:
                    raise Malformed("long field")
            fields[name] = value.decode("utf-8", "replace")
        raise Malformed("too many fields")

    async def data(self) -> AsyncIterator[bytes]:
        """What is left of the current part."""
        async for event, data in self._events:
            if event == "end":
                return
            if data:
                yield data
        raise Malformed("cut short")

    async def finish(self) -> None:
        """Insist that the file was the last part, so that nothing was sent that nobody looked at."""
        async for event, _ in self._events:
            if event == "begin":
                raise Malformed("something after the file")

    async def drain(self, limit: int) -> None:
        """Read on without keeping anything, so that a browser listens to the answer; `limit` in bytes."""
        try:
            async for chunk in self._body:
                limit -= len(chunk)
                if limit < 0:
                    return
        except (RuntimeError, TimeoutError):
            return

    async def _next_part(self) -> tuple[str, str | None]:
        """Field name, and file name if it is a file."""
        async for event, data in self._events:
            if event == "headers":
                return _disposition(data)
        raise Malformed("no file")

    async def _parsed(self) -> AsyncIterator[tuple[str, bytes]]:
        while (chunk := await self._next_chunk()) is not None:
            try:
                self._parser.write(chunk)
            except FormParserError as error:
                raise Malformed(str(error)) from None
            seen, self._seen[:] = list(self._seen), []
            for event in seen:
                yield event
        if not self._complete:
            raise Malformed("cut short")

    async def _next_chunk(self) -> bytes | None:
        async with asyncio.timeout(IDLE_SECONDS):
            return await anext(self._body, None)

    def _new_parser(self, boundary: bytes) -> MultipartParser:
        field, value, headers = bytearray(), bytearray(), {}

        def begin() -> None:
            headers.clear()
            self._seen.append(("begin", b""))

        def header_ended() -> None:
            headers[bytes(field).lower()] = bytes(value)
            field.clear()
            value.clear()

        def ended() -> None:
            self._complete = True

        callbacks = {
            "on_part_begin": begin,
            "on_header_field": lambda data, start, end: field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: value.extend(data[start:end]),
            "on_header_end": header_ended,
            "on_headers_finished": lambda: self._seen.append(("headers", headers.get(b"content-disposition", b""))),
            "on_part_data": lambda data, start, end: self._seen.append(("data", data[start:end])),
            "on_part_end": lambda: self._seen.append(("end", b"")),
            "on_end": ended,
        }
        return MultipartParser(boundary, callbacks)


def _disposition(header: bytes) -> tuple[str, str | None]:
    kind, options = parse_options_header(header)
    if kind != b"form-data" or b"name" not in options:
        raise Malformed("part without a name")
    name = _decoded(options[b"name"])
    if b"filename" in options:
        # Browsers write these three, and only these, as percent codes (HTML, multipart/form-data encoding).
        filename = _decoded(options[b"filename"])
        for code, character in (("%22", '"'), ("%0D", "\r"), ("%0A", "\n")):
            filename = filename.replace(code, character)
        return name, filename
    # RFC 5987 names don't belong in a form (RFC 7578), but some mail and phone programs send nothing else.
    if extended := _EXTENDED.search(header.decode("latin-1")):
        charset = "latin-1" if extended[1].lower() == "iso-8859-1" else "utf-8"
        return name, unquote(extended[2], encoding=charset, errors="replace")
    return name, None


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
