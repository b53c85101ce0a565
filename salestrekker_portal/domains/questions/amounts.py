"""Amounts that flow: how often in a year, and what they come to in a month. Cents throughout. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from salestrekker_portal.domains.questions.vocabulary import Frequency

PER_YEAR = {
    Frequency.WEEKLY: 52,
    Frequency.FORTNIGHTLY: 26,
    Frequency.FOUR_WEEKLY: 13,
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}


def monthly_cents(cents: int, every: Frequency) -> int:
    """An amount paid that often as an amount a month."""
    return rounded(Fraction(cents * PER_YEAR[every], 12))


def rounded(exact: Fraction) -> int:
    """Whole cents, halves away from zero."""
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(quotient.quantize(Decimal(1), rounding=ROUND_HALF_UP))
