"""A page in another country's words."""

from dataclasses import fields, replace
from typing import Any

from salestrekker_portal.domains.questions.vocabulary import Field as Question
from salestrekker_portal.domains.questions.vocabulary import Option, Page, Section
from salestrekker_portal.kernel.wording import said_in

_SAID = frozenset(
    ("title", "broker_title", "lead", "label", "help", "item_noun", "add_label", "nothing_label", "asked_because")
)


def in_new_zealand(page: Page) -> Page:
    """A page with everything that people read in New Zealand's words; keys stay."""
    return _worded(page)


def _worded(thing: Any) -> Any:
    changed: dict[str, Any] = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if each.name in _SAID and isinstance(value, str):
            changed[each.name] = said_in("NZ", value)
        elif isinstance(value, tuple) and value and all(isinstance(v, Option | Question | Section) for v in value):
            changed[each.name] = tuple(_worded(v) for v in value)
    return replace(thing, **changed)
