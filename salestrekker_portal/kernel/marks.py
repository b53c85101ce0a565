"""What phones, spreadsheets and clipboards put around figures, taken away before anything is read.

Every reader of amounts, rates, days and codes begins here, so that none of them knows a mark that another does not.
"""

import re
import unicodedata

_SAID = {
    "\u2212": "-",  # minus sign; every other dash has the category Pd
    "\u02d7": "-",
    "\u066b": ".",  # Arabic decimal and thousands separators
    "\u066c": ",",
    "\u060c": ",",
    "\u066a": "%",
    **dict.fromkeys("\u2019\u2018\u02bc\u2032\u00b4`", "'"),
}


def plain(raw: str) -> str:
    """The text with digits 0 to 9, one kind of dash, quote and space; no direction marks, no zero widths; trimmed."""
    return re.sub(r" +", " ", "".join(map(_plain, raw))).strip()


def digits_of(raw: str) -> str:
    """A code as its register keeps it: without the spaces, dots and dashes it was grouped with."""
    return re.sub(r"[\s.\-]", "", plain(raw))


def _plain(sign: str) -> str:
    if " " <= sign <= "~":
        return _SAID.get(sign, sign)
    if sign in _SAID:
        return _SAID[sign]
    if "\uff01" <= sign <= "\uff5e":  # full width
        return chr(ord(sign) - 0xFEE0)
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    if kind == "Pd":
        return "-"
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\r\n\x0b\x0c":
        return " "
    # Direction marks, zero widths, controls, and the signs that choose how an emoji is drawn.
    return "" if kind in ("Cf", "Cc", "Cs") or "\ufe00" <= sign <= "\ufe0f" else sign
