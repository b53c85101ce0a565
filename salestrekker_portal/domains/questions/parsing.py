"""Text as typed -> a value that can be stored as JSON, or a sentence that says what to do.

Nothing here raises: whatever a browser sends gets an answer. Blank is missing, not wrong, so it
parses to no value and no error. Callers keep the raw text either way.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from salestrekker_portal.domains.questions import dates
from salestrekker_portal.domains.questions.facts import is_open_choice, options_of, today_of
from salestrekker_portal.domains.questions.ownership import read_ownership
from salestrekker_portal.domains.questions.vocabulary import Facts, Field, Kind
from salestrekker_portal.kernel import registered
from salestrekker_portal.kernel import text as kernel_text
from salestrekker_portal.kernel.dates import read_day, read_month
from salestrekker_portal.kernel.marks import plain
from salestrekker_portal.kernel.money import read_money
from salestrekker_portal.kernel.numbers import read_percent, read_whole

MAX_TEXT = 200
MAX_LONG_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an answer means. At most one of `value` and `error` is set; neither when it is blank."""

    value: Any = None
    error: str | None = None


Parser = Callable[[Field, str, Facts], Parsed]


def parse(field: Field, raw: object, facts: Facts | None = None) -> Parsed:
    """Read what was typed into `field`. `facts` gives today, the country and lists to choose from."""
    if raw is None or raw == "":
        return Parsed()
    if not isinstance(raw, str):
        return Parsed(error="We could not read that. Type your answer again.")
    text = clean(raw, lines=field.kind is Kind.LONG_TEXT)
    if not text:
        return Parsed()
    limit = limit_of(field)
    if len(text) > limit:
        return Parsed(error=f"Use {limit:,} characters or fewer. You have typed {len(text):,}.")
    return PARSERS[field.kind](field, text, facts or {})


def limit_of(field: Field) -> int:
    """How many characters a field takes."""
    return field.max_length or (MAX_LONG_TEXT if field.kind in _LONG else MAX_TEXT)


def clean(raw: str, lines: bool = False) -> str:
    """The text without control characters and outer spaces, composed; line ends survive if `lines`."""
    text = kernel_text.clean(raw, lines=lines)
    # Lone surrogates can't be stored as UTF-8, and no category "Cc" but a line end means anything here.
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def _text(field: Field, text: str, facts: Facts) -> Parsed:
    # A keyboard set to wide letters: a licence number or a postcode in them is no other number.
    return Parsed(text.translate(_NARROW))


def _day(field: Field, text: str, facts: Facts) -> Parsed:
    if not _typed(text):
        return Parsed()
    return _dated(field, read_day(text, today_of(facts), ahead=dates.years_ahead(field.dates)), facts, 10)


def _month(field: Field, text: str, facts: Facts) -> Parsed:
    if not _typed(text):
        return Parsed()
    ahead, today = dates.years_ahead(field.dates), today_of(facts)
    read, length = read_month(text, today, ahead=ahead), 7
    if read[0] is None:
        # A whole day says the month too, and is kept whole.
        whole = read_day(text, today, ahead=ahead)
        read, length = (whole, 10) if whole[0] else (read, length)
    return _dated(field, read, facts, length)


def _typed(text: str) -> bool:
    # Three empty boxes arrive as "//".
    return bool(re.sub(r"[\s/.\-]", "", plain(text)))


def _dated(field: Field, read: tuple[date | None, str | None], facts: Facts, length: int) -> Parsed:
    day, error = read
    if day is None:
        return Parsed(error=error)
    today = today_of(facts)
    if field.kind is Kind.MONTH and length == 7:  # this month is neither past nor future
        today = today.replace(day=1)
    error = dates.outside(day, field.dates, today)
    return Parsed(error=error) if error else Parsed(day.isoformat()[:length])


def _money(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*read_money(text, field.minimum, field.maximum))


def _percent(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*read_percent(text, field.minimum, field.maximum))


def _integer(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*read_whole(text, field.minimum, field.maximum))


def _choice(field: Field, text: str, facts: Facts) -> Parsed:
    if is_open_choice(field, facts) or text in {option.value for option in options_of(field, facts)}:
        return Parsed(text)
    return Parsed(error="Choose one of the answers in the list.")


def _yes_no(field: Field, text: str, facts: Facts) -> Parsed:
    if text in ("yes", "no"):
        return Parsed(text == "yes")
    return Parsed(error="Choose yes or no.")


def _tick(field: Field, text: str, facts: Facts) -> Parsed:
    if text in ("yes", "true", "on"):
        return Parsed(True)
    if text in ("no", "false", "off"):
        return Parsed()
    return Parsed(error="Tick the box, or leave it empty.")


def _ticks(field: Field, text: str, facts: Facts) -> Parsed:
    chosen = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    known = {option.value for option in options_of(field, facts)}
    if not chosen:
        return Parsed()
    if not known.issuperset(chosen) and not is_open_choice(field, facts):
        return Parsed(error="Tick answers from the list only.")
    return Parsed(chosen)


_NUMBERS = {
    "AU": ("0412 345 678", "02 9012 3456"),
    "NZ": ("021 234 5678", "09 301 0101"),
}


def _phone(field: Field, text: str, facts: Facts) -> Parsed:
    country = "NZ" if facts.get("country") == "NZ" else "AU"
    mobile, landline = _NUMBERS[country]
    if field.kind is Kind.MOBILE:
        number = kernel_text.mobile_from(text, country=country)
        wrong = f"Enter a mobile number, for example {mobile}."
    else:
        number = kernel_text.phone_from(text, country=country)
        wrong = f"Enter a phone number with its area code, for example {landline}."
    return Parsed(number) if number else Parsed(error=wrong)


def _email(field: Field, text: str, facts: Facts) -> Parsed:
    address = kernel_text.email_from(text)
    if address:
        return Parsed(address)
    return Parsed(error="Enter an email address, for example name@example.com.")


def _abn(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_abn(text))


def _acn(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_acn(text))


def _bsb(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_bsb(text))


def _nzbn(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_nzbn(text))


def _ird(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_ird(text))


def _nz_account(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*registered.read_nz_account(text))


def _ownership(field: Field, text: str, facts: Facts) -> Parsed:
    return Parsed(*read_ownership(text))


_LONG = frozenset({Kind.LONG_TEXT, Kind.OWNERSHIP, Kind.TICKS})

PARSERS: dict[Kind, Parser] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.ADDRESS: _text,
    Kind.DATE: _day,
    Kind.MONTH: _month,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.INTEGER: _integer,
    Kind.SELECT: _choice,
    Kind.CARDS: _choice,
    Kind.FREQUENCY: _choice,
    Kind.YES_NO: _yes_no,
    Kind.TICK: _tick,
    Kind.TICKS: _ticks,
    Kind.PHONE: _phone,
    Kind.MOBILE: _phone,
    Kind.EMAIL: _email,
    Kind.ABN: _abn,
    Kind.ACN: _acn,
    Kind.BSB: _bsb,
    Kind.NZBN: _nzbn,
    Kind.IRD: _ird,
    Kind.NZ_ACCOUNT: _nz_account,
    Kind.OWNERSHIP: _ownership,
}
