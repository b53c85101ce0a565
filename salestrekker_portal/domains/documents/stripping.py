"""A JPEG or PNG without what a camera or a program wrote about it, its picture untouched. Pure.

Nothing is drawn anew, so that nothing of a scan's sharpness is lost and a look costs next to nothing.
"""

from salestrekker_portal.domains.documents.signatures import FileKind

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# What makes a PNG look as it does; its texts, its time and its EXIF are not among them.
_PNG_KEPT = frozenset(
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"]
)
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_LONE = frozenset({0x01, *range(0xD0, 0xD8)})


class NotAsExpected(ValueError):
    """The bytes don't follow the format; whoever can draw the picture should do that instead."""


def stripped(data: bytes, kind: FileKind) -> bytes:
    """The same picture without EXIF, XMP, comments and whatever hangs behind its end. Raises NotAsExpected."""
    if kind is FileKind.JPEG:
        return _jpeg(data)
    if kind is FileKind.PNG:
        return _png(data)
    raise NotAsExpected(kind)


def _png(data: bytes) -> bytes:
    kept, at = [_PNG_HEAD], len(_PNG_HEAD)
    while at + 12 <= len(data):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise NotAsExpected("no end")


def _jpeg(data: bytes) -> bytes:
    kept, at, drawn = [data[:2]], 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotAsExpected("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            return b"".join([*kept, data[at : at + 2]])
        end = at + 2 if marker in _LONE else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end, drawn = _after_scan(data, end), True
        if _is_kept(marker, data[at + 4 : at + 16]):
            kept.append(data[at:end])
        at = end
    if not drawn:
        raise NotAsExpected("no picture")
    # A photo that was cut off on its way is shown as far as it came.
    return b"".join([*kept, b"\xff\xd9"])


def _is_kept(marker: int, says: bytes) -> bool:
    """JFIF, the colour profile and Adobe's note on colours stay of what programs write; tables and scans do anyway."""
    if 0xE0 <= marker <= 0xEF:
        return marker in (0xE0, 0xEE) or (marker == 0xE2 and says.startswith(b"ICC_PROFILE\0"))
    return marker != _COMMENT


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker after a scan's own bytes stands, or where the file ends."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] and data[at + 1] not in _LONE and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)
