"""Passwords: Argon2id, in a thread, with the same effort for accounts that do not exist."""

import asyncio
import re
from collections.abc import Collection
from functools import cache
from itertools import islice

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

from salestrekker_portal.kernel.errors import Invalid

LEAST_LENGTH = 12
MOST_LENGTH = 200
# More than 10^8 guesses: far more than our own door lets through in a lifetime.
GOOD_SCORE = 3
LEAST_NAME = 4
LEAST_BESIDE_NAMES = 8

# OWASP's second recommendation: 19 MiB, 2 passes. The library's default takes three times as long here.
_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))


async def hashed(password: str) -> str:
    """The Argon2id hash to keep."""
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether the password is right. Without a kept hash it still works as hard, and says no."""
    if len(password) > MOST_LENGTH:
        return False
    right = await asyncio.to_thread(_hasher.verify, password, kept or _nobodys_hash())
    return right and kept is not None


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def check_new_password(password: str, *, email: str, names: Collection[str] = ()) -> None:
    """Raises Invalid when a new password is too weak. Length counts, composition does not (NIST SP 800-63B).

    `names` are those of the person and their firm. What is weak is looked up in lists that the package brings along
    (30,000 passwords from breaches, words, names, keyboards), so nothing of it leaves this machine.
    """
    sentence = ""
    if len(password) < LEAST_LENGTH:
        sentence = f"Use at least {LEAST_LENGTH} characters. A few words in a row work well."
    elif len(password) > MOST_LENGTH:
        sentence = f"Use at most {MOST_LENGTH} characters."
    elif len(_without_names(password, email, names)) < LEAST_BESIDE_NAMES:
        sentence = "Names of you and your firm are tried first. Choose a few other words in a row."
    elif _is_easy(password, email, names):
        sentence = "That password is too easy to guess. Try a few words in a row."
    if sentence:
        raise Invalid({"password": sentence})


def _parts(email: str, names: Collection[str]) -> list[str]:
    """The words by which somebody who knows them would begin, the longest first."""
    words = re.split(r"\W+", " ".join((email, *names)).lower())
    return sorted({word for word in words if len(word) >= LEAST_NAME}, key=lambda word: (-len(word), word))


def _without_names(password: str, email: str, names: Collection[str]) -> str:
    rest = password.lower()
    for word in _parts(email, names):
        rest = rest.replace(word, "")
    return re.sub(r"[\W_]+", "", rest)


def _is_easy(password: str, email: str, names: Collection[str]) -> bool:
    # The estimate takes longer the longer the text is; 72 characters say enough of any.
    beginning = "".join(islice(password, 72))
    return bool(zxcvbn(beginning, user_inputs=_parts(email, names))["score"] < GOOD_SCORE)
