"""Money is integer cents; here it meets people."""

import re
from decimal import Decimal

from salestrekker_portal.kernel.marks import plain
from salestrekker_portal.kernel.numbers import decimal_in

MAX_CENTS = 99_999_999_999  # just under a billion dollars: past that somebody held a key down

_CURRENCY = r"(?:AU?D?|NZD?)?\s*\$|AUD|NZD"
# One bracket on each side means a loss, as in books and spreadsheets.
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+]?)\s*(?:{_CURRENCY})?\s*(?P<inner>[-+]?)\s*(?P<number>[0-9.,' ]*[0-9.,'])"
    # "1250.-" is a price tag's way of saying that there are no cents.
    rf"(?:-(?<=[.,]-))?\s*(?P<scale>k|thousand|grand|m|mil|million)?\s*(?:{_CURRENCY}|dollars?)?(?P<close>\))?",
    re.IGNORECASE,
)
_THOUSANDS, _MILLIONS = 3, 6  # the decimals that each can have before it stops being dollars
_WRONG = "Enter an amount, for example 85,000."
_NONE = re.compile(r"nil|none|nothing|zero|no|n/?a|-+", re.IGNORECASE)
_TYPE_NOUGHT = "Type 0 if it is nothing."
_TOO_MUCH = "That is a very large amount. Check the zeros."

Money = tuple[int | None, str | None]


def read_money(text: str, minimum: int | None = None, maximum: int | None = None) -> Money:
    """(cents, None) from "85,000", "$1,250.50", "750k", "1.250,50" or "-500", or (None, sentence).

    Limits are in cents; nothing below 0 unless told. "(500)" is a minus, as in books.
    """
    found = _AMOUNT.fullmatch(plain(text)) if len(text) <= 100 else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None, _TYPE_NOUGHT if _NONE.fullmatch(plain(text)) else _WRONG
    signs = (found["sign"], found["inner"], "-" if found["open"] else "")
    dollars = _dollars(found["number"], (found["scale"] or "").lower())
    # Two minus signs, or one in brackets, say nothing for certain.
    if dollars is None or sum(map(bool, signs)) > 1:
        return None, _two_meanings(found["number"]) or _WRONG
    # A Decimal, so the product is exact.
    cents = int(dollars * 100) * (-1 if "-" in signs else 1)
    return _within(cents, minimum or 0, MAX_CENTS if maximum is None else maximum)


def cents_from(raw: object) -> int | None:
    """Cents from what a person typed, 0 or more, or None when it is not an amount. "1,2,3" is not one."""
    return read_money(raw)[0] if isinstance(raw, str) else None


def money_words(cents: int | None) -> str:
    """$1,250 or $1,250.50; nothing for None."""
    if cents is None:
        return ""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, part = divmod(cents, 100)
    return f"{sign}${whole:,}" + (f".{part:02d}" if part else "")


def money(cents: int) -> str:
    """$1,250.50; always with cents, and a minus sign before the dollar sign."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def _dollars(number: str, scale: str) -> Decimal | None:
    if not scale:
        return decimal_in(number, 2)
    power = _MILLIONS if scale.startswith("m") else _THOUSANDS
    scaled = decimal_in(number, power)
    return None if scaled is None else scaled.scaleb(power)


def _two_meanings(number: str) -> str | None:
    """Three digits after the only dot are thousands in Berlin and a slip of the finger in Sydney."""
    found = re.fullmatch(r"([1-9][0-9]{0,2})\.([0-9]{3})", number.strip())
    return f"Is that {found[1]},{found[2]} or {found[1]}.{found[2][:2]}? Write it one of these ways." if found else None


def _within(cents: int, minimum: int, maximum: int) -> Money:
    if cents < minimum:
        if minimum == 0:
            return None, "Enter an amount without a minus sign or brackets."
        return None, f"Enter {money(minimum)} or more."
    if cents > maximum:
        return None, _TOO_MUCH if maximum == MAX_CENTS else f"Enter {money(maximum)} or less."
    return cents, None
