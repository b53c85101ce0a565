"""Texts that a brokerage writes itself, with values in square brackets: Kia ora [Client first name].

Values are put in once, in one pass: a client called "[PIN]" stays called that.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from salestrekker_portal.kernel.sms import SmsSize, sms_letters, sms_size
from salestrekker_portal.kernel.text import clean, shortened

SUBJECT_LIMIT = 120
EMAIL_LIMIT = 4_000
SMS_LIMIT = 459  # three SMS
_TOKEN = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, kw_only=True)
class TextField:
    """A value that can stand in a text. `limit` and `sms_limit` cut what is put in, in characters.

    `as_is` keeps the dots of a hidden PIN. `why_not_email` and `why_not_sms` are the sentence for somebody who puts
    the value where it must never stand.
    """

    key: str
    label: str
    about: str
    sample: str
    lines: bool = False
    as_is: bool = False
    limit: int = 200
    sms_limit: int = 40
    why_not_email: str = ""
    why_not_sms: str = ""

    @property
    def token(self) -> str:
        return f"[{self.label}]"


# The texts of a `Wording`, by the names under which they are typed and kept.
TEXTS = ("subject", "email_text", "sms_text")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What one message says: by e-mail (subject and text) and by SMS. Empty where it never goes that way."""

    subject: str = ""
    email_text: str = ""
    sms_text: str = ""


def own_or_standard(kept: Mapping[str, object], standard: Wording) -> Wording:
    """Each text as the firm keeps it, or else as we ship it."""
    own = {name: kept.get(name) for name in TEXTS}
    return Wording(**{name: text if isinstance(text, str) and text else getattr(standard, name)
                      for name, text in own.items()})  # fmt: skip


def unlike_standard(words: Wording, standard: Wording) -> dict[str, str]:
    """What is to be kept of them: only the texts that differ from ours, so that ours may still get better."""
    return {name: getattr(words, name) for name in TEXTS if getattr(words, name) != getattr(standard, name)}


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _by_label(fields: Iterable[TextField]) -> dict[str, TextField]:
    return {_folded(field.label): field for field in fields}


def uses(text: str, key: str, fields: Iterable[TextField]) -> bool:
    """Whether the text puts this value somewhere."""
    known = _by_label(fields)
    found = (known.get(_folded(each)) for each in _TOKEN.findall(text))
    return any(field is not None and field.key == key for field in found)


def filled(text: str, values: Mapping[str, str], fields: Iterable[TextField], *, sms: bool = False) -> str:
    """The text with its values. Brackets that name no value stay as they are; values are never looked into."""
    known = _by_label(fields)

    def value_of(found: re.Match) -> str:
        field = known.get(_folded(found[1]))
        return found[0] if field is None else _value(field, values.get(field.key, ""), sms)

    return _TOKEN.sub(value_of, text)


def _value(field: TextField, raw: str, sms: bool) -> str:
    """In an SMS: one line of cheap letters, so that a name can't double the price."""
    if field.as_is:
        return raw
    if sms:
        return cut_plainly(raw, field.sms_limit)
    return shortened(clean(raw, lines=field.lines), field.limit)


def cut_plainly(raw: str, limit: int) -> str:
    """One line of at most `limit` cheap letters, cut between words; an ellipsis would leave their alphabet."""
    plain = sms_letters(clean(raw))
    return plain if len(plain) <= limit else shortened(plain, limit - 2).replace("…", "...")


def paragraphs_of(text: str, values: Mapping[str, str], fields: Iterable[TextField]) -> list[str]:
    """The paragraphs of an e-mail, one a line; blank ones and those that their values leave empty go."""
    lines = (line.strip() for line in filled(text, values, fields).splitlines())
    return [line for line in lines if line]


def subject_of(text: str, values: Mapping[str, str], fields: Iterable[TextField]) -> str:
    """One line, whatever the values are."""
    return shortened(clean(filled(text, values, fields)), 200)


def sms_of(text: str, values: Mapping[str, str], fields: Iterable[TextField]) -> str:
    """The SMS as it leaves."""
    return clean(filled(text, values, fields, sms=True), lines=True)


def cost_of(text: str) -> SmsSize:
    """Characters and segments of an SMS; a segment is a credit."""
    return sms_size(text)


def problem_with(text: str, fields: Iterable[TextField], everything: Iterable[TextField], *, sms: bool = False) -> str:
    """What is wrong with the brackets of a text, in a sentence that says how to put it right; "" when nothing is.

    `fields` can stand in this message, `everything` is all that exist anywhere.
    """
    allowed, known = _by_label(fields), _by_label(everything)
    for found in _TOKEN.findall(text):
        field = allowed.get(_folded(found))
        if field is None:
            return _unknown(found, allowed, known.get(_folded(found)))
        why_not = field.why_not_sms if sms else field.why_not_email
        if why_not:
            return f"{why_not} Take {field.token} out."
    if "{{" in text:
        return f"Values stand in square brackets here, like {_example(allowed)}. Take the curly ones out."
    rest = _TOKEN.sub("", text)
    if "[" in rest or "]" in rest:
        return f"A square bracket has no partner. They are for values, like {_example(allowed)}. Use ( ) for the rest."
    return ""


def _example(allowed: Mapping[str, TextField]) -> str:
    return next(iter(allowed.values())).token


def _unknown(typed: str, allowed: Mapping[str, TextField], elsewhere: TextField | None) -> str:
    name = f"“[{shortened(clean(typed), 60)}]”"
    there_are = "There are " + ", ".join(field.token for field in allowed.values()) + "."
    if elsewhere is not None:
        return f"{name} says nothing in this message. {there_are}"
    close = get_close_matches(_folded(typed)[:80], list(allowed), n=1, cutoff=0.6)
    if close:
        return f"There is no {name}. Did you mean {allowed[close[0]].token}? Others: choose “Insert value”."
    return f"There is no {name}. {there_are}"
