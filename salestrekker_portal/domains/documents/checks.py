"""What a client may send, decided from the name, the size and the bytes. Pure: no disk, no database.

The answers are sentences for the person who chose the file: what is wrong, and what to do.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from salestrekker_portal.domains.documents.dimensions import MOST_PIXELS, pixels_of
from salestrekker_portal.domains.documents.signatures import UNKNOWN, FileKind, FoundKind, is_table, sniff

MAX_FILE_BYTES = 50 * 1024 * 1024
"""50 MB, counted as 50 × 1024 × 1024 bytes: exactly that is taken, one byte more is not."""
MAX_NAME = 120
_MAX_NAME_BYTES = 240
"""Most disks refuse a name over 255 bytes, and an emoji is four of them."""

MIME = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.HEIC: "image/heic",
    FileKind.AVIF: "image/avif",
    FileKind.WEBP: "image/webp",
    FileKind.TIFF: "image/tiff",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv",
    FileKind.TEXT: "text/plain",
    FileKind.EMAIL: "message/rfc822",
}
_KINDS = {mime: kind for kind, mime in MIME.items()}
EXTENSIONS = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".heic": FileKind.HEIC,
    ".heif": FileKind.HEIC,
    ".avif": FileKind.AVIF,
    ".webp": FileKind.WEBP,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".docx": FileKind.DOCX,
    ".xlsx": FileKind.XLSX,
    ".csv": FileKind.CSV,
    ".tsv": FileKind.CSV,
    ".txt": FileKind.TEXT,
    ".eml": FileKind.EMAIL,
}
ACCEPT = ",".join((*EXTENSIONS, "image/*"))
"""For the `accept` attribute: `image/*` is what makes a phone offer its camera."""
SHOWN_INLINE = frozenset({FileKind.PDF})
"""What every browser can show and nothing can run from; the rest is only ever downloaded."""
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC, FileKind.AVIF})
"""Looked at as `photos.seen` makes them for the look, downloaded as they came."""

# What browsers, mail programs and banks' web pages call a file when they don't know better.
_MISNOMERS = frozenset(
    re.findall(
        r"\.\w+",
        """
        .jfif .jpe .jif .pjpeg .pjp .heics .hif .aspx .ashx .asp .php .do .jsp .cgi .htm .html .bin .dat .tmp
        .download .part .file .img .image .photo .gif .bmp .doc .xls .zip .ps .mim .att .dib .svc .mvc .axd
        .action .tab .prn .asc
        """,
    )
)
# Banks and bookkeeping programs write tables of text under these, and under what a web page ends in.
_TABLES = frozenset([".xls", ".xlsx", *_MISNOMERS])
_FIRST_EXTENSION = {kind: extension for extension, kind in reversed(EXTENSIONS.items())}
_ALSO_TEXT = frozenset({FileKind.CSV, FileKind.TEXT, FileKind.EMAIL})
_WE_TAKE = "We take PDFs, photos, scans, Word and Excel files, CSV, text and e-mails."
_JOINER = "\u200d"
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
TOO_LARGE = "That file is {size}. The most we can take is {limit}: make it smaller, or send it in parts."
WRONG_TYPE = "We can't take {extension} files such as “{name}”. " + _WE_TAKE
WRONG_TEXT = "We can't take {extension} files such as “{name}”: it's really {what}. Save it as a PDF and send that."
TOO_MANY_PIXELS = (
    "This picture has {millions} million pixels, more than can be shown ({limit} million). Take it with your camera's "
    "normal size, or send a screenshot of it or a PDF."
)
EMPTY = "That file is empty. Check that it opens on your own device, then send it again."


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """`sentence` is None when the file may stay; then `kind` and `mime` are what it really is."""

    kind: FileKind | None
    mime: str
    sentence: str | None = None


def clean_name(raw: str) -> str:
    """The file's own name, safe to show and to download under: no folders, nothing invisible or reserved.

    Letters, macrons and emoji stay. At most 120 characters and 240 bytes, its extension kept; never empty.
    """
    name = raw.encode("utf-8", "ignore").decode()
    name = next((part for part in reversed(re.split(r"[/\\]", name)) if part.strip(" .")), "")
    name = "".join(
        " " if c.isspace() else c
        for c in name
        if c.isspace() or c == _JOINER or unicodedata.category(c) not in _INVISIBLE
    )
    name = re.sub(" +", " ", unicodedata.normalize("NFC", name))
    name = re.sub(r'[<>:"|?*]', "-", name)
    if name in EXTENSIONS:
        return f"document{name}"
    stem, extension = _split(name.strip(" .\u200d"))
    while len(stem + extension) > MAX_NAME or len((stem + extension).encode()) > _MAX_NAME_BYTES:
        stem = stem[:-1].rstrip(" .\u200d")
    return stem + extension or "document"


def kind_of(mime: str) -> FileKind:
    """The kind of a file that was judged; what nobody knows any more is text, which is only ever downloaded."""
    return _KINDS.get(mime, FileKind.TEXT)


def named_for(name: str, kind: FileKind) -> str:
    """`name` with an extension of its kind: phones send bare names and wrong ones, and nobody can rename on a phone."""
    stem, extension = _split(name)
    claimed = extension.lower()
    if EXTENSIONS.get(claimed) is kind:
        return name
    wrong = claimed in EXTENSIONS or claimed in _MISNOMERS
    return clean_name((stem if wrong else name) + _FIRST_EXTENSION[kind])


def size_words(size: int) -> str:
    """Bytes as people say them: "61 MB", "1.2 MB", "940 KB"."""
    megabytes = size / (1024 * 1024)
    if megabytes < 1:
        return f"{max(1, round(size / 1024))} KB"
    return f"{megabytes:.0f} MB" if megabytes >= 10 or megabytes == int(megabytes) else f"{megabytes:.1f} MB"


def too_large(size: int, limit: int = MAX_FILE_BYTES) -> str | None:
    """A sentence when `size` is over `limit` (both bytes), or None."""
    if size <= limit:
        return None
    # Rounded up: "50 MB is more than 50 MB" helps nobody.
    said = f"{-(-size * 10 // (1024 * 1024)) / 10:g} MB" if size < limit * 1.2 else size_words(size)
    return TOO_LARGE.format(size=said, limit=size_words(limit))


def box_rules(limit: int = MAX_FILE_BYTES) -> dict[str, Any]:
    """What an upload box on a page can refuse before it sends anything; `limit` (bytes) is that of the grant."""
    # Which kind it is, only its bytes tell: a bank's PDF may be called statement.aspx.
    words = {"empty": EMPTY, "tooLarge": TOO_LARGE}
    return {"accept": ACCEPT, "max_bytes": limit, "words": words}


def judge(
    name: str,
    head: bytes,
    size: int | None = None,
    tail: bytes | None = None,
    *,
    limit: int = MAX_FILE_BYTES,
) -> FileVerdict:
    """Whether this file may stay.

    `head` is at least the first HEAD_BYTES (or everything), of a picture OPENING_BYTES; `tail` is at most the last
    TAIL_BYTES. Leave out `size` and `tail` while the file is still arriving: what can be refused already, is.
    """
    if size == 0 or not head:
        return FileVerdict(None, "", EMPTY)
    if size is not None and (sentence := too_large(size, limit)):
        return FileVerdict(None, "", sentence)
    found = sniff(head, tail)
    claimed = _split(name)[1].lower()
    if found.office:
        return FileVerdict(None, "")
    kind = _agreed(claimed, found, head)
    if kind is None:
        return FileVerdict(None, "", _refusal(name, claimed, found))
    pixels = pixels_of(bytes(head), kind)
    if pixels is not None and pixels > MOST_PIXELS:
        return FileVerdict(None, "", TOO_MANY_PIXELS.format(millions=pixels // 10**6, limit=MOST_PIXELS // 10**6))
    return FileVerdict(kind, MIME[kind])


def _agreed(claimed: str, found: FoundKind, head: bytes) -> FileKind | None:
    """What the content is, whatever the name says. Text is what its name says, if that is a kind of text.

    A CSV or an e-mail need not look special, and a script is text too: text under another name is refused, unless it
    is a table under a name that programs give to tables.
    """
    if found.kind not in _ALSO_TEXT or not claimed:
        return found.kind
    wanted = EXTENSIONS.get(claimed)
    if wanted in _ALSO_TEXT:
        return wanted
    return FileKind.CSV if claimed in _TABLES and found.kind is FileKind.TEXT and is_table(bytes(head)) else None


def _refusal(name: str, claimed: str, found: FoundKind) -> str:
    shown = f"“{clean_name(name)}”"
    if claimed and claimed not in EXTENSIONS:
        if found is UNKNOWN:
            return WRONG_TYPE.format(extension=claimed, name=clean_name(name))
        if found.kind in _ALSO_TEXT:
            return WRONG_TEXT.format(extension=claimed, name=clean_name(name), what=found.what)
        return f"We can't take {claimed} files. {shown} is {found.what}. {found.why_not}"
    if found.kind is None:
        return f"We can't take {shown}: it's really {found.what}. {found.why_not}"
    return f"{shown} ends in {claimed}, but it's really {found.what}. Choose the file itself, or take a photo of it."


def _split(name: str) -> tuple[str, str]:
    """Stem and extension with its dot; what is too long or odd to be an extension counts as stem."""
    extension = PurePosixPath(name.replace("/", "-")).suffix
    if not re.fullmatch(r"\.[A-Za-z0-9]{1,10}", extension):
        return name, ""
    return name.removesuffix(extension), extension
