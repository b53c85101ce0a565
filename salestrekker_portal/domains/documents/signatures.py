"""What a file really is, told from its bytes: our allow-list exactly, and the usual impostors by name.

Our own table and not libmagic: a fresh macOS or Debian without root has no libmagic, and it calls a
polyglot by whichever face it finds first. Pure functions; nothing here opens or unpacks a file.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

HEAD_BYTES = 4096
"""Enough of the beginning to tell every kind."""
TAIL_BYTES = 256 * 1024
"""Enough of the end for the table of contents of any Word or Excel file of a person's own making."""
# What an Office file may unpack to: always so much, more while it shrinks to no less than a hundredth, never beyond.
ALWAYS_UNPACKED, MOST_TIMES, MOST_UNPACKED = 50 * 1024 * 1024, 100, 1024 * 1024 * 1024


class FileKind(StrEnum):
    """What we take."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    AVIF = "avif"
    WEBP = "webp"
    TIFF = "tiff"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    TEXT = "txt"
    EMAIL = "eml"


@dataclass(frozen=True, slots=True)
class FoundKind:
    """`what` completes "it's really …". `kind` is None for what we don't take; `why_not` is then the advice.

    `office` marks a zip whose table of contents has still to be seen.
    """

    what: str
    kind: FileKind | None = None
    why_not: str = "Save it as a PDF or take a photo of it, and send that."
    office: bool = False


_NEVER = "We never take programs or web pages. Save it as a PDF and send that."
_UNPACK = "Unpack it and send the files inside."
_TABLE: tuple[tuple[bytes, FoundKind], ...] = (
    (b"%PDF-", FoundKind("a PDF", FileKind.PDF)),
    (b"\xff\xd8\xff", FoundKind("a JPEG photo", FileKind.JPEG)),
    (b"\x89PNG\r\n\x1a\n", FoundKind("a PNG picture", FileKind.PNG)),
    (b"II*\0", FoundKind("a TIFF scan", FileKind.TIFF)),
    (b"MM\0*", FoundKind("a TIFF scan", FileKind.TIFF)),
    (b"MZ", FoundKind("a Windows program", why_not=_NEVER)),
    (b"\x7fELF", FoundKind("a Linux program", why_not=_NEVER)),
    (b"\xca\xfe\xba\xbe", FoundKind("a program", why_not=_NEVER)),
    (b"\xcf\xfa\xed\xfe", FoundKind("a Mac program", why_not=_NEVER)),
    (b"\xce\xfa\xed\xfe", FoundKind("a Mac program", why_not=_NEVER)),
    (b"L\0\0\0\x01\x14\x02\0", FoundKind("a Windows shortcut", why_not=_NEVER)),
    (b"#!", FoundKind("a script", why_not=_NEVER)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FoundKind("an older or locked Office file")),
    (b"{\\rtf", FoundKind("a rich text file")),
    (b"%!PS", FoundKind("a PostScript file")),
    (b"GIF8", FoundKind("a GIF picture")),
    (b"BM", FoundKind("a bitmap picture")),
    (b"8BPS", FoundKind("a Photoshop file")),
    (b"7z\xbc\xaf\x27\x1c", FoundKind("a 7-Zip archive", why_not=_UNPACK)),
    (b"Rar!", FoundKind("a RAR archive", why_not=_UNPACK)),
    (b"\x1f\x8b", FoundKind("a compressed archive", why_not=_UNPACK)),
)
_ZIP = FoundKind("a zip archive", why_not=_UNPACK)
_PAGES = FoundKind("an Apple Pages or Numbers file", why_not="Open it, choose Share, Export and PDF, and send the PDF.")
_MACROS = FoundKind("an Office file with macros", why_not="Save it without macros, or as a PDF, and send that.")
_WORD, _EXCEL = FoundKind("a Word document", FileKind.DOCX), FoundKind("an Excel workbook", FileKind.XLSX)
_BURSTS = FoundKind(
    "an Office file that unpacks to far more than any document", why_not="Open it, save it as a PDF and send that."
)
_HTML, _SVG = FoundKind("a web page", why_not=_NEVER), FoundKind("an SVG drawing", why_not=_NEVER)
_PLAIN, _EMAIL = FoundKind("plain text", FileKind.TEXT), FoundKind("an e-mail", FileKind.EMAIL)
_LATE_PDF = FoundKind(
    "a PDF with something else put in front of it", why_not="Open it, save it as a new PDF and send that."
)
UNKNOWN = FoundKind("something we don't recognise")

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_STILL_BRANDS = frozenset({b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|script|iframe|svg|style|img|form|meta|object|embed|div|title)\b)",
    re.I,
)
_TAG = re.compile(rb"<[A-Za-z!/?%]")
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_NAMES = re.compile(rb"^(?:received|from|date|subject|message-id|mime-version):", re.I | re.M)
_APPLES_FOLDER = re.compile(rb"^[^/]+\.(?:pages|numbers|key)/")
_APPLES_NEW = frozenset({b"index.zip", b"index.apxl", b"index.apxl.gz"})
_APPLES_OLD = frozenset({b"index.xml", b"index.xml.gz"})
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def sniff(head: bytes, tail: bytes | None = None) -> FoundKind:
    """What these bytes are. `tail` is the end of the file (up to TAIL_BYTES), None while it still arrives."""
    # Whoever still collects hands in a bytearray, which is in no set of brands.
    head, tail = bytes(head[:HEAD_BYTES]), None if tail is None else bytes(tail)
    if head.startswith(b"BM") and not _is_bitmap(head):
        return _text(head)
    for signature, found in _TABLE:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FoundKind("a WebP picture", FileKind.WEBP)
    if head[4:8] == b"ftyp":
        return _boxed(head)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return FoundKind("a zip archive", office=True) if tail is None else _zipped(tail)
    if b"%PDF-" in head[:1024]:
        # Scanners, printers and download scripts put bytes first, and every reader skips them. Markup in front is
        # another file wearing a PDF; programs and archives were told by their first bytes above.
        return _LATE_PDF if _TAG.search(head[: head.index(b"%PDF-")]) else FoundKind("a PDF", FileKind.PDF)
    return _text(head)


def _is_bitmap(head: bytes) -> bool:
    return len(head) > 14 and head[6:10] == b"\0\0\0\0"


def _boxed(head: bytes) -> FoundKind:
    """ISO media: the photos of an iPhone, and also films. The first box lists the brands it conforms to."""
    end = min(int.from_bytes(head[:4], "big"), 256, len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
    if brands & _AVIF_BRANDS:
        return FoundKind("an AVIF photo", FileKind.AVIF)
    if brands & _HEIC_BRANDS or head[8:12] in _STILL_BRANDS:
        return FoundKind("a HEIC photo", FileKind.HEIC)
    return FoundKind("a film or sound recording", why_not="Take a photo of the paper instead, and send that.")


def _zipped(tail: bytes) -> FoundKind:
    """A zip is Word or Excel by the names in its table of contents, which is at its end."""
    names = _zip_names(tail)
    if _bursts(tail):
        return _BURSTS
    if any(name.endswith(b"vbaproject.bin") for name in names):
        return _MACROS
    if b"[content_types].xml" in names:
        if b"word/document.xml" in names:
            return _WORD
        if b"xl/workbook.xml" in names:
            return _EXCEL
    return _PAGES if _is_apples(names) else _ZIP


def _is_apples(names: frozenset[bytes]) -> bool:
    """Pages, Numbers and Keynote of any year, with or without a preview, also as a folder that was zipped on a Mac."""
    inside = {_APPLES_FOLDER.sub(b"", name) for name in names}
    if any(name.endswith(b".iwa") for name in inside) or inside & _APPLES_NEW:
        return True
    beside = any(name.startswith((b"quicklook/", b"contents/pkginfo", b"thumbs/")) for name in inside)
    return bool(inside & _APPLES_OLD) and (beside or b"buildversionhistory.plist" in inside)


def _bursts(tail: bytes) -> bool:
    """Whether whoever opens it would have a disk or memory filled: by what its own table of contents says."""
    parts = _zip_parts(tail)
    packed, whole = sum(part.packed for part in parts), sum(part.whole for part in parts)
    return whole > MOST_UNPACKED or (whole > ALWAYS_UNPACKED and whole > MOST_TIMES * packed)


def _zip_names(tail: bytes) -> frozenset[bytes]:
    """Names in the central directory, lower case; empty when it is damaged or not wholly within `tail`."""
    return frozenset(part.name for part in _zip_parts(tail))


class _ZipPart(NamedTuple):
    """A file in a zip: its name in lower case, and its bytes packed and unpacked."""

    name: bytes
    packed: int
    whole: int


def _zip_parts(tail: bytes) -> list[_ZipPart]:
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return []
    count = int.from_bytes(tail[end + 10 : end + 12], "little")
    at = end - int.from_bytes(tail[end + 12 : end + 16], "little")
    parts = []
    for _ in range(count):
        if at < 0 or tail[at : at + 4] != b"PK\x01\x02":
            return []
        packed, whole = (int.from_bytes(tail[at + o : at + o + 4], "little") for o in (20, 24))
        name, extra, comment = (int.from_bytes(tail[at + o : at + o + 2], "little") for o in (28, 30, 32))
        parts.append(_ZipPart(tail[at + 46 : at + 46 + name].replace(b"\\", b"/").lower(), packed, whole))
        at += 46 + name + extra + comment
    return parts


def _text(head: bytes) -> FoundKind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16, as Excel saves "Unicode text"; looked at as ASCII so that markup can't hide in it.
        head = head[2:].replace(b"\0", b"")
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if markup := _MARKUP.search(body[:1024]):
        if markup[0].lower() == b"<svg":
            return _SVG
        if body.startswith(b"<"):
            return _HTML
    if body.startswith(b"<?xml"):
        return FoundKind("an XML file")
    if not _CONTROL.isdisjoint(head):
        return UNKNOWN
    if _MAIL_HEADER.match(body) and len(_MAIL_NAMES.findall(body)) >= 2:
        return _EMAIL
    return _PLAIN


def is_table(head: bytes) -> bool:
    """Whether plain text is rows of values: two lines or more, with as many tabs, commas or semicolons in each."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8", "replace").removeprefix("\ufeff")
    # The last line of a head may have been cut in the middle.
    lines = [line for line in text.splitlines()[: -1 if len(head) >= HEAD_BYTES else None] if line.strip()]
    return len(lines) > 1 and any(_in_each(lines, mark) for mark in ("\t", r"\|", r",(?! )", r";(?! )"))


def _in_each(lines: list[str], mark: str) -> bool:
    counts = {len(re.findall(mark, re.sub(r'"[^"]*"', "", line))) for line in lines}
    return len(counts) == 1 and counts != {0}
