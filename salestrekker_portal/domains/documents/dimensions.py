"""How large a picture says that it is, from its beginning and without unpacking it. Pure."""

from collections.abc import Iterator

from salestrekker_portal.domains.documents.signatures import FileKind

MOST_PIXELS = 80_000_000
"""More than a phone takes unless told to; a file that says more needs gigabytes to be drawn, or is made for that."""
OPENING_BYTES = 512 * 1024
"""Enough of a picture for its size, behind what a camera writes in front of it."""

# Markers of a JPEG's frames, which hold its size; C4, C8 and CC are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pixels_of(opening: bytes, kind: FileKind) -> int | None:
    """Width times height; None when the opening doesn't tell, and for what is no picture or is never drawn."""
    if kind is FileKind.JPEG:
        sizes = _jpeg(opening)
    elif kind is FileKind.PNG:
        sizes = _png(opening)
    elif kind is FileKind.WEBP:
        sizes = _webp(opening)
    elif kind in (FileKind.HEIC, FileKind.AVIF):
        sizes = _boxed(opening)
    else:
        return None
    return max((width * height for width, height in sizes), default=None)


def _jpeg(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker in _FRAMES:
            yield _number(data, at + 7, 2), _number(data, at + 5, 2)
            return
        at += 2 + _number(data, at + 2, 2)


def _png(data: bytes) -> Iterator[tuple[int, int]]:
    if data[12:16] == b"IHDR" and len(data) >= 24:
        yield _number(data, 16, 4), _number(data, 20, 4)


def _webp(data: bytes) -> Iterator[tuple[int, int]]:
    form = data[12:16]
    if len(data) < 30:
        return
    if form == b"VP8X":
        yield int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    elif form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif form == b"VP8 ":
        width, height = (int.from_bytes(data[at : at + 2], "little") for at in (26, 28))
        yield width & 0x3FFF, height & 0x3FFF


def _boxed(data: bytes) -> Iterator[tuple[int, int]]:
    """HEIC and AVIF: the whole picture and each tile have a box of their size; the largest is the picture."""
    at = data.find(b"ispe")
    while 0 <= at <= len(data) - 16:
        yield _number(data, at + 8, 4), _number(data, at + 12, 4)
        at = data.find(b"ispe", at + 4)


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
