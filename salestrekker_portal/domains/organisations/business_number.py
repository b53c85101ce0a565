"""The ABN (Australia) and the NZBN (New Zealand): eleven and thirteen digits that check themselves. Pure."""

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.registered import read_abn, read_nzbn
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.organisations import Country

_READ = {Country.AU: read_abn, Country.NZ: read_nzbn}
NAMES = {Country.AU: "ABN", Country.NZ: "NZBN"}


def checked_number(raw: object, country: str) -> str:
    """The digits, or "" where nothing was typed. Raises Invalid (`business_number`)."""
    digits = digits_of(clean(raw))
    if not digits:
        return ""
    land = Country(country)
    if _READ[land](digits)[0] is None:
        length = "11" if land is Country.AU else "13"
        raise Invalid({"business_number": f"That isn’t an {NAMES[land]}: check its {length} digits."})
    return digits


def number_words(digits: str) -> str:
    """As people write it: 51 824 753 556, or 9429 0320 1234 5."""
    if len(digits) == 11:
        return f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[8:]}"
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
