"""Numbers as people write them, in whichever way their keypad or their spreadsheet has it.

Thousands may stand apart by commas, spaces, apostrophes, or by dots where a comma follows; a comma is a decimal sign
where nothing else can be meant. What could be two numbers is none: "1.250" of money, "12 34".
"""

import re
from decimal import Decimal

from salestrekker_portal.kernel.marks import plain

# Longest first. Thousands are groups of three, or India's twos before a last three.
_WHOLE = r"(?P<whole>[0-9]{1,15})"
_SHAPES = [
    re.compile(pattern)
    for pattern in (
        r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]*))?",
        r"(?P<whole>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.(?P<part>[0-9]*))?",
        r"(?P<whole>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]*))?",
        r"(?P<whole>[1-9][0-9]{0,2}(?:'[0-9]{3})+)(?:[.,](?P<part>[0-9]*))?",
        r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<part>[0-9]*)",
        r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})",
        _WHOLE + r"(?:[.,](?P<part>[0-9]*))?",
        r"(?P<whole>)[.,](?P<part>[0-9]+)",
    )
]
_LONGEST = 40
_RATE = re.compile(r"(.+?)\s*(?:%|per ?cent|pct?)?\s*(?:p\.? ?a\.?)?", re.IGNORECASE)


def decimal_in(text: str, places: int, *, grouped: bool = True) -> Decimal | None:
    """The number that `text` (already `plain`, without a sign) can only mean, or None.

    `places` is the most decimals. With `grouped` a single comma before three digits parts thousands; without, as in
    rates, it is a decimal sign.
    """
    if len(text) > _LONGEST:
        return None
    shapes = _SHAPES if grouped else [_SHAPES[-2], _SHAPES[-1]]
    for shape in shapes:
        found = shape.fullmatch(text)
        if found:
            whole = re.sub(r"[^0-9]", "", found["whole"]) or "0"
            part = found.groupdict().get("part") or ""
            return Decimal(f"{whole}.{part or '0'}") if len(part) <= places else None
    return None


def read_percent(text: str, minimum: int | None = None, maximum: int | None = None) -> tuple[float | None, str | None]:
    """A number from "5.89", "5,89", "5,890", ".5" or "5.89 % p.a.", with at most four decimals, 0 to 100 unless told.

    A comma here is always a decimal sign: nobody's rate has thousands.
    """
    low, high = minimum or 0, 100 if maximum is None else maximum
    bare = plain(text)
    found = _RATE.fullmatch(bare.lstrip("-+"))
    number = decimal_in(found[1], 4, grouped=False) if found else None
    if number is None or len(bare) - len(bare.lstrip("-+")) > 1:
        return None, "Enter a percentage, for example 5.89."
    number = -number if bare.startswith("-") else number
    if not low <= number <= high:
        return None, f"Enter a percentage from {low} to {high}."
    return abs(float(number)) if number == 0 else float(number), None


def whole_in(raw: object, most: int) -> int | None:
    """Digits as programs write a number, in an address or a header; more than `most` is `most`. None for all else.

    Not `int`: that takes "²" for no number where `isdigit` says it is one, and refuses more than 4,300 digits.
    """
    if not isinstance(raw, str) or not raw.isascii() or not raw.isdigit():
        return None
    digits = raw.lstrip("0") or "0"
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def read_share(text: str) -> float | None:
    """A part of a hundred, from "33.33", "33,33" or "50 %"; nothing typed is no part. None when it can't be read."""
    bare = plain(text).removesuffix("%").strip()
    number = decimal_in(bare, 15, grouped=False) if bare else Decimal(0)
    return float(number) if number is not None and number <= 100 else None


def read_whole(text: str, minimum: int | None = None, maximum: int | None = None) -> tuple[int | None, str | None]:
    """A whole number from "3", "1,200" or a spreadsheet's "3.00"; 0 or more unless told."""
    low = minimum or 0
    number = decimal_in(plain(text).removeprefix("+"), 2)
    if number is None or number != int(number) or number >= 10**9:
        return None, f"Enter a whole number, for example {max(low, 3)}."
    if maximum is not None and not low <= number <= maximum:
        return None, f"Enter a number from {low} to {maximum}."
    if number < low:
        return None, f"Enter {low} or more."
    return int(number), None
