"""Secrets that people carry: link tokens, PINs, session ids; and how we keep them."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIN_DIGITS = 6


def new_token() -> str:
    """A link or session secret: 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_pin() -> str:
    """Six random digits; the first may be zero."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def new_recovery_code() -> str:
    """Ten random letters and digits in two groups, without those that look alike: 50 bits."""
    letters = [secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def token_hash(token: str) -> str:
    """What the database keeps of a 256-bit token: enough to recognise it, useless to a thief."""
    # Fast and without salt is right here: nobody can go through 2^256 tokens, and it is looked up at each event.
    return hashlib.sha256(token.encode()).hexdigest()


def pin_hash(pin: str, *, key: bytes, bound_to: str) -> str:
    """A PIN has a million values, so its hash is keyed with the server's secret and bound to one access."""
    return hmac.new(key, f"{bound_to}:{pin}".encode(), hashlib.sha256).hexdigest()


def same(a: str, b: str) -> bool:
    """Constant-time comparison."""
    return hmac.compare_digest(a, b)


@cache
def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose from the master secret (HKDF-SHA256)."""
    # A key for each purpose: one that gets out opens nothing else.
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())


def seal(plain: str, *, secret: str, purpose: str) -> str:
    """Encrypt a short text for keeping in the database (AES-256-GCM, random nonce)."""
    nonce = os.urandom(12)
    # The purpose is sealed along: what was made for one column can't be moved into another.
    sealed = AESGCM(derived_key(secret, purpose)).encrypt(nonce, plain.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, secret: str | Sequence[str], purpose: str) -> str:
    """The text that `seal` hid, under any of several secrets. Raises cryptography's InvalidTag when tampered with or
    under another."""
    raw = base64.urlsafe_b64decode(sealed)
    *others, last = (secret,) if isinstance(secret, str) else secret
    for each in others:
        with suppress(InvalidTag):
            return AESGCM(derived_key(each, purpose)).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
    return AESGCM(derived_key(last, purpose)).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
