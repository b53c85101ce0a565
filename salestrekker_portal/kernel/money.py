"""Money is integer cents; here it meets people."""

import re

_AMOUNT = re.compile(r"^\$?(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$")


def cents_from(raw: object) -> int | None:
    """Cents from what a person typed, or None when it is not an amount. "1,2,3" is not one."""
    if not isinstance(raw, str):
        return None
    match = _AMOUNT.match(raw.strip().replace(" ", ""))
    if match is None:
        return None
    whole, part = match.groups()
    return int(whole.replace(",", "")) * 100 + int((part or "0").ljust(2, "0"))


def money_words(cents: int | None) -> str:
    """$1,250 or $1,250.50; nothing for None."""
    if cents is None:
        return ""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, part = divmod(cents, 100)
    return f"{sign}${whole:,}" + (f".{part:02d}" if part else "")
