"""How a stored file is sealed: AES-256-GCM in pieces, so that a large file never has to be in memory.

    header   magic 4 | version 1 | log2 of the piece size 1 | zero 2 | key id 8 | salt 32
    pieces   ciphertext of up to one piece, then its 16-byte tag, again and again

Each file has its own key, derived from the master secret with the file's salt. A piece's nonce is its
number and whether it is the last; header and storage key are authenticated with every piece. A piece that
is changed, moved, dropped, or taken from another file therefore fails to open, and so does a file that
was cut short or renamed to another's key. The key id tells "wrong secret" from "damaged".
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from salestrekker_portal.domains.documents.ports import FileUnreadable

PIECE_LOG2 = 18
TAG_BYTES = 16
_HEADER = struct.Struct(">4sBB2s8s32s")
HEADER_BYTES = _HEADER.size
_MAGIC, _VERSION = b"STPF", 1
_PIECE_LOG2_RANGE = range(12, 25)

DAMAGED = "This file can't be opened: it isn't the same as when it was stored. Ask for it to be sent again."
WRONG_KEY = "This file can't be opened: it was stored under a different secret key. Ask your administrator."
MIN_SECRET_BYTES = 16


def key_id(secret: bytes) -> bytes:
    """Eight bytes that recognise a master secret without giving it away."""
    return hmac.new(secret, b"salestrekker portal: file key id", hashlib.sha256).digest()[:8]


class Seal:
    """Opens and closes the pieces of one file. Made by `new_seal` or `seal_of`."""

    def __init__(self, header: bytes, secret: bytes, storage_key: str) -> None:
        _, _, log2, _, _, salt = _HEADER.unpack(header)
        self.header = header
        self.piece_bytes = 1 << log2
        self._bound_to = header + storage_key.encode()
        derived = HKDF(SHA256(), length=32, salt=salt, info=b"salestrekker portal: file content")
        self._cipher = AESGCM(derived.derive(secret))

    def close(self, piece: bytes, number: int, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(number, last), piece, self._bound_to)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        """Raises FileUnreadable when the piece is not exactly what was closed here under this number."""
        try:
            return self._cipher.decrypt(self._nonce(number, last), sealed, self._bound_to)
        except InvalidTag:
            raise FileUnreadable(DAMAGED) from None

    @staticmethod
    def _nonce(number: int, last: bool) -> bytes:
        # A key is used for one file only, so a counter can't repeat a nonce.
        return number.to_bytes(11, "big") + bytes([last])


def new_seal(secret: bytes, storage_key: str, piece_log2: int = PIECE_LOG2) -> Seal:
    header = _HEADER.pack(_MAGIC, _VERSION, piece_log2, b"\0\0", key_id(secret), os.urandom(32))
    return Seal(header, secret, storage_key)


def is_sealed_with(header: bytes, secret: bytes) -> bool:
    """Whether this secret closed the file that begins so. Raises FileUnreadable for what is no header."""
    if len(header) != HEADER_BYTES:
        raise FileUnreadable(DAMAGED)
    return hmac.compare_digest(key_id(secret), _HEADER.unpack(header)[4])


def seal_of(header: bytes, secrets: Sequence[bytes], storage_key: str) -> Seal:
    """The seal of a stored file, whichever of `secrets` closed it. Raises FileUnreadable."""
    if len(header) != HEADER_BYTES:
        raise FileUnreadable(DAMAGED)
    magic, version, log2, _, closed_with, _ = _HEADER.unpack(header)
    if magic != _MAGIC or version != _VERSION or log2 not in _PIECE_LOG2_RANGE:
        raise FileUnreadable(DAMAGED)
    for secret in secrets:
        if hmac.compare_digest(key_id(secret), closed_with):
            return Seal(header, secret, storage_key)
    raise FileUnreadable(WRONG_KEY)
