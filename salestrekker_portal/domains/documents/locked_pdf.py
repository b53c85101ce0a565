"""Whether a PDF asks for a password before anybody can read it.

Many banks' statements are encrypted only so that nobody edits them: those open with the empty password, and are taken.
"""

import asyncio
from io import BytesIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from salestrekker_portal.domains.documents.ports import FileStore

LOCKED_PDF = (
    "This PDF is locked with a password, so nobody here could read it. Open it, print it to a new PDF, and send that. "
    "Or take a photo of each page."
)
# A file made to keep a reader busy is let through: the person who opens it sees that it doesn't open.
_SECONDS = 5


def may_be_locked(head: bytes, tail: bytes) -> bool:
    """Whether a PDF names a key at all: at its end, where its table of contents is, or at its beginning, where it is
    in one that was made for the web."""
    return b"/Encrypt" in head or b"/Encrypt" in tail


async def needs_password(files: FileStore, key: str) -> bool:
    """Read a stored PDF and try the empty password. What can't be told is no lock."""
    content = b"".join([piece async for piece in files.read(key)])
    try:
        return await asyncio.wait_for(asyncio.to_thread(_is_shut, content), _SECONDS)
    except TimeoutError:
        return False


def _is_shut(content: bytes) -> bool:
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        return reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED
    except (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        NotImplementedError,
        RecursionError,
        TypeError,
        ValueError,
    ):  # whatever a broken file makes of a reader
        return False
