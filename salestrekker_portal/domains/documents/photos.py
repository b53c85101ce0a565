"""Photos of phones as every browser shows them: a JPEG, upright, without the place where it was taken.

Nothing is kept: the original stays as it came, and each look makes its own picture.
"""

import asyncio
import io

import pi_heif
from PIL import Image, ImageOps

from salestrekker_portal.kernel.errors import DomainError

MOST_PIXELS = 80_000_000
"""More than any phone takes; a file that says more is made to fill a memory."""
LONGEST_SIDE = 3000
"""Small print of an A4 page stays legible."""
QUALITY = 88
UNREADABLE = "This photo can’t be shown here. Download the original, or ask for it again as a JPEG or a PDF."

# One at a time: an unpacked photo takes hundreds of megabytes.
_turn = asyncio.Semaphore(1)

pi_heif.register_heif_opener()


class UnreadablePhoto(DomainError):
    """Not the photo that its first bytes promise, or larger than any phone takes."""


async def jpeg_of(pieces: list[bytes]) -> bytes:
    """The photo whose file these pieces are, as a JPEG of at most LONGEST_SIDE pixels. Raises UnreadablePhoto."""
    async with _turn:
        return await asyncio.to_thread(_drawn_anew, b"".join(pieces))


def _drawn_anew(data: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=("HEIF", "AVIF")) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise UnreadablePhoto(UNREADABLE)
            upright = ImageOps.exif_transpose(photo).convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        # A new picture without EXIF: neither the place nor the camera.
        upright.info.clear()
        upright.save(out, "JPEG", quality=QUALITY)
    except UnreadablePhoto:
        raise
    except Exception as broken:  # decoders raise whatever they like
        raise UnreadablePhoto(UNREADABLE) from broken
    return out.getvalue()
