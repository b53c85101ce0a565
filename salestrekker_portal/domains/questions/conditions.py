"""When a question is asked: conditions as data, and the words that make them.

Evaluated by answers.holds. A condition on an answer looks at the same section or item.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """Comparisons that a condition may make."""

    IS = "is"  # the answer is one of the values
    IS_NOT = "is_not"  # answered or not, the answer is none of the values
    INCLUDES = "includes"  # one of the ticked values is one of these
    FILLED = "filled"
    WORTH_UNDER = "worth_under"  # what is ticked adds up to less than N, each as "value=points"
    MONTHS_UNDER = "months_under"  # the month or date answered is fewer than N months ago
    FACT = "fact"  # the named fact is true, or one of the values
    FACT_UNDER = "fact_under"  # the named number is known and below N


@dataclass(frozen=True, slots=True)
class When:
    """One condition on an answer of the same section (or item), or on a fact."""

    subject: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Condition = When | AllOf | AnyOf


def answer_is(field: str, *values: str) -> When:
    return When(field, Op.IS, values)


def answer_is_not(field: str, *values: str) -> When:
    return When(field, Op.IS_NOT, values)


def includes(field: str, *values: str) -> When:
    return When(field, Op.INCLUDES, values)


def filled(field: str) -> When:
    return When(field, Op.FILLED)


def worth_under(field: str, number: int, worth: Mapping[str, int]) -> When:
    """Something is ticked, and what is ticked is worth less than a number."""
    return When(field, Op.WORTH_UNDER, (str(number), *(f"{value}={points}" for value, points in worth.items())))


def months_under(field: str, months: int) -> When:
    return When(field, Op.MONTHS_UNDER, (str(months),))


def fact(name: str, *values: str) -> When:
    return When(name, Op.FACT, values)


def fact_under(name: str, number: int) -> When:
    return When(name, Op.FACT_UNDER, (str(number),))


def all_of(*parts: Condition) -> AllOf:
    return AllOf(parts)


def any_of(*parts: Condition) -> AnyOf:
    return AnyOf(parts)
