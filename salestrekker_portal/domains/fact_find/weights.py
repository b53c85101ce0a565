"""How long an answer takes: one table, so that a flow, the dashboard and the review promise the same.

Seconds by kind of question, rounded from how long people take over such fields on a phone; a list that is not yet said
anything to stands for a press, and one that needs an entry for the entry.
"""

import math
from collections.abc import Sequence
from typing import Protocol

from salestrekker_portal.domains.questions.answers import is_asked
from salestrekker_portal.domains.questions.vocabulary import Facts, Field, Kind, Section

_SECONDS = {
    Kind.TEXT: 12, Kind.LONG_TEXT: 60, Kind.DATE: 14, Kind.MONTH: 12, Kind.MONEY: 20, Kind.PERCENT: 10,
    Kind.INTEGER: 10, Kind.SELECT: 9, Kind.CARDS: 7, Kind.YES_NO: 6, Kind.TICK: 4, Kind.TICKS: 14,
    Kind.FREQUENCY: 5, Kind.ADDRESS: 25, Kind.PHONE: 14, Kind.MOBILE: 14, Kind.EMAIL: 18, Kind.ABN: 20,
    Kind.ACN: 20, Kind.BSB: 14, Kind.NZBN: 20, Kind.IRD: 20, Kind.NZ_ACCOUNT: 25, Kind.OWNERSHIP: 20,
}  # fmt: skip
_STATEMENT = 12  # to read what a list is about, and press
SECONDS_TO_CONFIRM = 20  # to read a screen of one's own answers, and press
# Lists that nearly everybody has an entry in.
_USUAL_LISTS = frozenset({"salary", "savings"})
_PAPERS = 60  # the numbers of a licence and a passport, which the papers that are ticked ask for
_READING = 4  # of a question, before it is answered


class Missing(Protocol):
    """What is known of something still to do: the question it is about, blank for a section as a whole."""

    @property
    def field_key(self) -> str: ...


def seconds_of(section: Section, missing: Missing) -> int:
    """What one thing that is missing takes."""
    if missing.field_key:
        papers = _PAPERS if missing.field_key == "documents" else 0
        return seconds_of_field(section.field(missing.field_key)) + papers
    states = section.nothing_label and section.key not in _USUAL_LISTS
    return _STATEMENT if states else seconds_of_entry(section)


def seconds_of_field(field: Field) -> int:
    return _READING + _SECONDS[field.kind]


def seconds_of_entry(section: Section) -> int:
    """A new entry of a list: its needed questions, those that only some answers ask for left out."""
    return sum(seconds_of_field(each) for each in section.fields if each.required and each.when is None) + _STATEMENT


def minutes_of(sections: Sequence[Section], facts: Facts) -> int:
    """About how long a screen takes from the beginning: needed answers, and an entry for a list."""
    asked = [each for each in sections if is_asked(each, facts)]
    seconds = sum(
        seconds_of_entry(each) if each.repeats else sum(seconds_of_field(f) for f in each.fields if _usual(f))
        for each in asked
    )
    return max(1, math.ceil(seconds / 60))


def _usual(field: Field) -> bool:
    needed = field.required or field.required_when is not None
    return needed and not field.broker_only and (field.when is None or field.key.endswith(("number", "name", "state")))
