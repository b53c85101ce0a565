"""Pictures as a broker looks at them: upright, without the place where they were taken, and in every browser.

Nothing is kept: the original stays as it came, and each look makes its own picture. One that already stands upright
only loses what was written about it; one that doesn't, and what few browsers show, is drawn anew as a JPEG.
"""

import asyncio
import io
from contextlib import suppress

import pi_heif
from PIL import Image, ImageOps

from salestrekker_portal.domains.documents.dimensions import MOST_PIXELS
from salestrekker_portal.domains.documents.signatures import FileKind
from salestrekker_portal.domains.documents.stripping import NotAsExpected, stripped
from salestrekker_portal.kernel.errors import DomainError

LONGEST_SIDE = 3000
"""Small print of an A4 page stays legible."""
QUALITY = 88
UNREADABLE = "This photo can’t be shown here. Download the original, or ask for it again as a JPEG or a PDF."

_UPRIGHT, _ORIENTATION = 1, 0x0112
_FORMATS = {
    FileKind.JPEG: ("JPEG", "MPO"),
    FileKind.PNG: ("PNG",),
    FileKind.WEBP: ("WEBP",),
    FileKind.HEIC: ("HEIF",),
    FileKind.AVIF: ("AVIF",),
}
# One at a time: an unpacked photo takes hundreds of megabytes.
_turn = asyncio.Semaphore(1)

pi_heif.register_heif_opener()


class UnreadablePhoto(DomainError):
    """Not the photo that its first bytes promise, or larger than any phone takes."""


async def seen(pieces: list[bytes], kind: FileKind) -> tuple[bytes, FileKind]:
    """The picture whose file these pieces are, to look at, and what it is then. Raises UnreadablePhoto.

    Drawn anew it is a JPEG of at most LONGEST_SIDE pixels a side.
    """
    async with _turn:
        return await asyncio.to_thread(_seen, b"".join(pieces), kind)


def _seen(data: bytes, kind: FileKind) -> tuple[bytes, FileKind]:
    if _stands_upright(data, kind):
        with suppress(NotAsExpected):  # then it is drawn anew, or can't be
            return stripped(data, kind), kind
    try:
        # Only the decoder for what the first bytes say: the others are doors that nobody needs.
        with Image.open(io.BytesIO(data), formats=_FORMATS[kind]) as photo:
            # Told by the head of the file, before a pixel is unpacked: a small file can unpack into gigabytes.
            if photo.width * photo.height > MOST_PIXELS:
                raise UnreadablePhoto(UNREADABLE)
            return _drawn_anew(photo), FileKind.JPEG
    except UnreadablePhoto:
        raise
    except Exception as broken:  # decoders raise whatever they like
        raise UnreadablePhoto(UNREADABLE) from broken


def _stands_upright(data: bytes, kind: FileKind) -> bool:
    """Whether its pixels lie as they are to be seen. Nothing is unpacked to find out."""
    if kind is FileKind.PNG:
        return b"eXIf" not in data
    if kind is not FileKind.JPEG:
        return False
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS[kind]) as photo:
            return photo.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
    except Exception:  # a damaged one is shown as far as it goes
        return True


def _drawn_anew(photo: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(photo)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        # JPEG knows nothing clear; without paper it would be black, and print on it unreadable.
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright)
        upright = paper
    upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture without EXIF: neither the place nor the camera.
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
