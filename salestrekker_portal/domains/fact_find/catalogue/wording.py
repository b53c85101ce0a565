"""The same sentence in another country's words."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from salestrekker_portal.domains.fact_find.vocabulary import Field as Question
from salestrekker_portal.domains.fact_find.vocabulary import Option, Page, Section

# Word by word, so that a new sentence is right in New Zealand too.
_NEW_ZEALAND = {
    "broker": "adviser",
    "brokers": "advisers",
    "Broker": "Adviser",
    "Brokers": "Advisers",
}
_SAID = frozenset(
    {
        "title",
        "broker_title",
        "lead",
        "label",
        "help",
        "item_noun",
        "add_label",
        "nothing_label",
        "asked_because",
        "group",
    }
)
_WORDS = re.compile(r"\b(" + "|".join(_NEW_ZEALAND) + r")\b")


def new_zealand_words(text: str) -> str:
    """The text as it is said in New Zealand: a broker there is an adviser."""
    return _WORDS.sub(lambda found: _NEW_ZEALAND[found[0]], text)


def in_new_zealand(page: Page) -> Page:
    """A page with everything that people read in New Zealand's words; keys stay."""
    return _worded(page)


def _worded(thing: Any) -> Any:
    changed = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if each.name in _SAID and isinstance(value, str):
            changed[each.name] = new_zealand_words(value)
        elif isinstance(value, tuple) and value and all(isinstance(v, Option | Question | Section) for v in value):
            changed[each.name] = tuple(_worded(v) for v in value)
    return replace(thing, **changed) if is_dataclass(thing) else thing
