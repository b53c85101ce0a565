"""What is left of a year's income after tax: an estimate, from dated rules, for residents only.

Amounts are integer cents a year. Left out, because nobody can say them from a fact find: deductions, offsets and
credits but for the one for low incomes (of seniors and payments, for dividends, New Zealand's for independent earners),
the Medicare levy surcharge, student loan repayments, KiwiSaver. Outside YEARS there is none.

Sources. Australia, ato.gov.au: "Tax rates, Australian resident" (2025-26; 2026-27 with the first rate at 15 %, Treasury
Laws Amendment (More Cost of Living Relief) Act 2025), "Low income tax offset", "Medicare levy reduction" (thresholds of
2024-25, the newest that stood when this was written). New Zealand, ird.govt.nz: "Tax rates for individuals" (since
1 April 2025), "ACC earners' levy rates" (2025-26 and 2026-27).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from salestrekker_portal.domains.questions.amounts import rounded

# (up to so many dollars, per cent of what lies below it and above the one before); None: no end.
Steps = tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One tax year of a country. `levy` takes so many per cent, of at most `levy_most` dollars where that is set."""

    country: str
    name: str
    first: date
    last: date
    steps: Steps
    levy: str
    levy_most: int | None = None
    # Below the first nobody pays the levy; from there 10 % of what is above it, until the whole levy is less.
    levy_free: int = 0


_AU_2025: Steps = ((18_200, "0"), (45_000, "16"), (135_000, "30"), (190_000, "37"), (None, "45"))
_AU_2026: Steps = ((18_200, "0"), (45_000, "15"), (135_000, "30"), (190_000, "37"), (None, "45"))
_NZ: Steps = ((15_600, "10.5"), (53_500, "17.5"), (78_100, "30"), (180_000, "33"), (None, "39"))
_LEVY_FREE = 27_222

YEARS = (
    Year("AU", "2025–26", date(2025, 7, 1), date(2026, 6, 30), _AU_2025, "2", levy_free=_LEVY_FREE),
    Year("AU", "2026–27", date(2026, 7, 1), date(2027, 6, 30), _AU_2026, "2", levy_free=_LEVY_FREE),
    Year("NZ", "2025–26", date(2025, 4, 1), date(2026, 3, 31), _NZ, "1.67", levy_most=152_790),
    Year("NZ", "2026–27", date(2026, 4, 1), date(2027, 3, 31), _NZ, "1.75", levy_most=156_641),
)


def year_of(country: str, day: date) -> Year | None:
    """The tax year that a day is in; None where its rules are not in here."""
    return next((each for each in YEARS if each.country == country and each.first <= day <= each.last), None)


def taxes(year: Year, taxable: int, earned: int | None = None) -> int:
    """Income tax and levies of a year, in cents. `earned` is the part of it from work, all of it unless told."""
    income = max(taxable, 0)
    tax = _stepped(year.steps, income)
    if year.country == "AU":
        tax = max(tax - _low_income_offset(income), Fraction(0))
    # New Zealand's levy is on what somebody works for, Australia's on all of it.
    base = income if year.country == "AU" or earned is None else max(earned, 0)
    return rounded(tax + _levy(year, base))


def _stepped(steps: Steps, income: int) -> Fraction:
    tax, below = Fraction(0), 0
    for end, rate in steps:
        top = income if end is None else min(income, end * 100)
        tax += max(top - below, 0) * Fraction(rate) / 100
        below = max(below, top)
    return tax


def _levy(year: Year, base: int) -> Fraction:
    most = base if year.levy_most is None else min(base, year.levy_most * 100)
    whole = most * Fraction(year.levy) / 100
    if not year.levy_free:
        return whole
    above = max(base - year.levy_free * 100, 0)
    return min(whole, Fraction(above, 10))


def _low_income_offset(income: int) -> Fraction:
    """$700 up to $37,500; 5 cents less a dollar up to $45,000, then 1.5 cents less."""
    first = max(min(income, 4_500_000) - 3_750_000, 0) * Fraction(5, 100)
    then = max(income - 4_500_000, 0) * Fraction(15, 1000)
    return max(Fraction(70_000) - first - then, Fraction(0))
