"""Secrets that people carry: link tokens, PINs, session ids; and how we keep them."""

import base64
import binascii
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


def signed(said: bytes, *, secret: str, purpose: str) -> str:
    """What an address says, for anybody to read, with a signature that only we can make."""
    return f"{_packed(said)}.{_signature(said, secret, purpose)}"


def said_in(token: object, *, secrets: Sequence[str], purpose: str, limit: int) -> bytes | None:
    """What `signed` put into a token of at most `limit` letters under any of the secrets; None for anything else."""
    if not isinstance(token, str) or len(token) > limit or not token.isascii():
        return None
    packed, _, signature = token.partition(".")
    try:
        said = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # As we would write it: another spelling of the same bytes is not ours.
    ours = [same(signature, _signature(said, secret, purpose)) for secret in secrets]
    return said if any(ours) and _packed(said) == packed else None


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signature(said: bytes, secret: str, purpose: str) -> str:
    return _packed(hmac.new(derived_key(secret, purpose), said, hashlib.sha256).digest())


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
