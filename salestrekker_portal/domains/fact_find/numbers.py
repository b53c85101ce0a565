"""Registered numbers as people type them.

Each `read_*` returns (value, None) or (None, sentence). Amounts, rates and counts are read by the kernel.
"""

import re

from salestrekker_portal.kernel.marks import digits_of, plain


def read_abn(text: str) -> tuple[str | None, str | None]:
    """Eleven digits whose weighted sum, less one from the first, divides by 89 (ABR's published rule)."""
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9]{11}", digits):
        return None, "An ABN has 11 digits, for example 51 824 753 556."
    weights = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    total = sum(w * int(d) for w, d in zip(weights, digits, strict=True)) - 10
    if total % 89:
        return None, "Check the ABN. One of its digits is not right."
    return digits, None


def read_acn(text: str) -> tuple[str | None, str | None]:
    """Nine digits, the last a check digit over the first eight (ASIC's published rule)."""
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        return None, "An ACN has 9 digits, for example 004 085 616."
    total = sum(w * int(d) for w, d in zip(range(8, 0, -1), digits, strict=False))
    if (10 - total % 10) % 10 != int(digits[8]):
        return None, "Check the ACN. One of its digits is not right."
    return digits, None


def read_bsb(text: str) -> tuple[str | None, str | None]:
    """Six digits, however they are spaced."""
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None, "A BSB has 6 digits, for example 062-000."
    return digits, None


def read_nzbn(text: str) -> tuple[str | None, str | None]:
    """Thirteen digits from 94, the last a GS1 check digit over the others (the NZBN register's rule)."""
    digits = digits_of(text)
    if not re.fullmatch(r"94[0-9]{11}", digits):
        return None, "An NZBN has 13 digits and begins with 94, for example 9429 0000 0000 0."
    total = sum((3 if place % 2 else 1) * int(d) for place, d in enumerate(digits[:12]))
    if (10 - total % 10) % 10 != int(digits[12]):
        return None, "Check the NZBN. One of its digits is not right."
    return digits, None


_IRD_WEIGHTS = ((3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6))
_IRD_RANGE = range(10_000_000, 200_000_000)


def read_ird(text: str) -> tuple[str | None, str | None]:
    """Eight or nine digits with Inland Revenue's check digit (modulus 11, a second weighting when the first
    comes to 10)."""
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9]{8,9}", digits):
        return None, "An IRD number has 8 or 9 digits, for example 49-091-850."
    base = digits[:-1].zfill(8)
    for weights in _IRD_WEIGHTS:
        rest = sum(w * int(d) for w, d in zip(weights, base, strict=True)) % 11
        check = (11 - rest) % 11
        if check != 10:
            break
    if int(digits) not in _IRD_RANGE or check != int(digits[-1]):
        return None, "Check the IRD number. One of its digits is not right."
    return digits, None


def read_nz_account(text: str) -> tuple[str | None, str | None]:
    """A New Zealand bank account, its four parts with or without signs between them: "01-0902-0068389-00"."""
    parts = [part for part in re.split(r"[\s\-.]+", plain(text)) if part]
    if len(parts) == 1 and re.fullmatch(r"[0-9]{15,16}", parts[0]):
        whole = parts[0]
        parts = [whole[:2], whole[2:6], whole[6:13], whole[13:]]
    shape = (r"[0-9]{1,2}", r"[0-9]{3,4}", r"[0-9]{4,8}", r"[0-9]{1,3}")
    if len(parts) != 4 or not all(re.fullmatch(s, part) for s, part in zip(shape, parts, strict=True)):
        return None, "Enter bank, branch, account and suffix, for example 01-0902-0068389-00."
    bank, branch, account, suffix = parts
    return f"{bank.zfill(2)}-{branch.zfill(4)}-{account.zfill(7)}-{suffix.zfill(2)}", None
