"""The ABN (Australia) and the NZBN (New Zealand): eleven and thirteen digits that check themselves. Pure."""

from salestrekker_portal.domains.organisations.models import Country
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.text import clean

_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
NAMES = {Country.AU: "ABN", Country.NZ: "NZBN"}


def checked_number(raw: object, country: str) -> str:
    """The digits, or "" where nothing was typed. Raises Invalid (`business_number`)."""
    digits = digits_of(clean(raw))
    if not digits:
        return ""
    land = Country(country)
    good = digits.isascii() and digits.isdecimal() and (_is_abn(digits) if land is Country.AU else _is_nzbn(digits))
    if not good:
        length = "11" if land is Country.AU else "13"
        raise Invalid({"business_number": f"That isn’t an {NAMES[land]}: check its {length} digits."})
    return digits


def number_words(digits: str) -> str:
    """As people write it: 51 824 753 556, or 9429 0320 1234 5."""
    if len(digits) == 11:
        return f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[8:]}"
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def _is_abn(digits: str) -> bool:
    """The ATO's check: weights, less one from the first digit, divisible by 89."""
    if len(digits) != 11 or digits[0] == "0":
        return False
    numbers = [int(digits[0]) - 1, *(int(each) for each in digits[1:])]
    return sum(number * weight for number, weight in zip(numbers, _ABN_WEIGHTS, strict=True)) % 89 == 0


def _is_nzbn(digits: str) -> bool:
    """A GS1 location number: 94 in front, and the check digit of every bar code."""
    if len(digits) != 13 or not digits.startswith("94"):
        return False
    total = sum(int(each) * (3 if place % 2 else 1) for place, each in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == int(digits[12])
