"""A figure of a fact find and the lines that it is made of, and how ratios are said. Pure."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line that a figure is made of: in words, and where it was answered."""

    label: str
    words: str
    cents: int = 0
    section_id: str = ""
    subject: str = ""
    item_id: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is cents, or a ratio; None while it can't be said, and `note` says why."""

    key: str
    label: str
    words: str
    value: int | Fraction | None
    rows: tuple[FigureRow, ...]
    note: str = ""


def percent_words(ratio: Fraction) -> str:
    """80.6 %; halves away from zero."""
    tenths = int(ratio * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10} %"


def times_words(ratio: Fraction) -> str:
    """5.2×; halves away from zero."""
    tenths = int(ratio * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}×"
