"""Registered numbers as people type them.

Each `read_*` returns (value, None) or (None, sentence). Amounts, rates and counts are read by the kernel.
"""

import re

from stdnum import ean
from stdnum.au import abn, acn
from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.nz import bankaccount, ird

from salestrekker_portal.kernel.marks import digits_of, plain


def _digits(text: str, name: str) -> str:
    """The digits of a number that was perhaps copied with its name: "ABN: 51 824 753 556"."""
    bare = re.sub(rf"^{name}\s*(?:no\.?|number|#)?\s*:?\s*", "", plain(text), flags=re.IGNORECASE)
    return digits_of(bare)


def read_abn(text: str) -> tuple[str | None, str | None]:
    """Eleven digits whose weighted sum, less one from the first, divides by 89 (ABR's published rule)."""
    digits = _digits(text, "abn")
    if not re.fullmatch(r"[0-9]{11}", digits):
        return None, "An ABN has 11 digits, for example 51 824 753 556."
    if not abn.is_valid(digits):
        return None, "Check the ABN. One of its digits is not right."
    return digits, None


def read_acn(text: str) -> tuple[str | None, str | None]:
    """Nine digits, the last a check digit over the first eight (ASIC's published rule)."""
    digits = _digits(text, "acn")
    if not re.fullmatch(r"[0-9]{9}", digits):
        return None, "An ACN has 9 digits, for example 004 085 616."
    if not acn.is_valid(digits):
        return None, "Check the ACN. One of its digits is not right."
    return digits, None


def read_bsb(text: str) -> tuple[str | None, str | None]:
    """Six digits, however they are spaced."""
    digits = _digits(text, "bsb")
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None, "A BSB has 6 digits, for example 062-000."
    return digits, None


def read_nzbn(text: str) -> tuple[str | None, str | None]:
    """Thirteen digits from 94, the last a GS1 check digit over the others (the NZBN register's rule)."""
    digits = _digits(text, "nzbn")
    if not re.fullmatch(r"94[0-9]{11}", digits):
        return None, "An NZBN has 13 digits and begins with 94, for example 9429 0000 0000 0."
    if not ean.is_valid(digits):
        return None, "Check the NZBN. One of its digits is not right."
    return digits, None


# Inland Revenue has announced numbers up to here; python-stdnum still stops at 150,000,000, so only its check digit
# is asked.
_IRD_RANGE = range(10_000_000, 200_000_000)


def read_ird(text: str) -> tuple[str | None, str | None]:
    """Eight or nine digits with Inland Revenue's check digit (modulus 11, a second weighting when the first
    comes to 10)."""
    digits = _digits(text, "ird")
    if not re.fullmatch(r"[0-9]{8,9}", digits):
        return None, "An IRD number has 8 or 9 digits, for example 49-091-850."
    if int(digits) not in _IRD_RANGE or ird.calc_check_digit(digits[:-1]) != digits[-1]:
        return None, "Check the IRD number. One of its digits is not right."
    return digits, None


def read_nz_account(text: str) -> tuple[str | None, str | None]:
    """A New Zealand bank account, its four parts with or without signs between them: "01-0902-0068389-00".

    The bank's modulus has to be right. A branch that the library's list doesn't hold is taken: banks open new ones.
    """
    parts = [part for part in re.split(r"[\s\-./]+", plain(text)) if part]
    whole = "".join(parts)
    if len(parts) != 4 and re.fullmatch(r"[0-9]{15,16}", whole):
        parts = [whole[:2], whole[2:6], whole[6:13], whole[13:]]
    shape = (r"[0-9]{1,2}", r"[0-9]{3,4}", r"[0-9]{4,8}", r"[0-9]{1,3}")
    if len(parts) != 4 or not all(re.fullmatch(s, part) for s, part in zip(shape, parts, strict=True)):
        return None, "Enter bank, branch, account and suffix, for example 01-0902-0068389-00."
    bank, branch, account, suffix = parts
    written = f"{bank.zfill(2)}-{branch.zfill(4)}-{account.zfill(7)}-{suffix.zfill(2)}"
    try:
        bankaccount.validate(written)
    except InvalidComponent:
        pass
    except ValidationError:
        return None, "Check the account number. One of its digits is not right."
    return written, None
