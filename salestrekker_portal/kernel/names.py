"""One folded key for finding and ordering names, however they are typed. Rulings: docs/decisions.md."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import phonenumbers

from salestrekker_portal.kernel.text import clean

# Letters that no decomposition takes apart, and the plain ones that people type for them.
_LETTERS = str.maketrans(
    {
        "đ": "d", "ð": "d", "ɖ": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "ng", "ø": "o", "ŧ": "t",
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɛ": "e",
        "ɔ": "o", "ƒ": "f", "ɣ": "g", "ʼ": "'", "ʻ": "'", "ʹ": "'", "ʾ": "'", "ʿ": "'", "ˈ": "'",
    }
)  # fmt: skip
# One word goes on behind these in what people type: O'Brien is "obrien" and "o brien".
_BREAKS = re.compile(r"[\W_]+")
_PHONE = re.compile(r"\+?[\d\s().\-]+")
# No spaces stand between these, so each of them may be where somebody begins to type.
_HAN = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])")
# A family name of one syllable, and what follows it.
_HANGUL = re.compile(r"(?<!\S)([\uac00-\ud7a3])([\uac00-\ud7a3]{1,3})(?!\S)")
_MAC = re.compile(r"ma?c[a-z]{3}")
WORD_LIMIT = 60
PERSON_LIMIT = 80
ONE_NAME_IS_ENOUGH = "Enter a name. One is enough for somebody who has only one."
SORT_LIMIT = 240
# Fewer would be found in almost every number.
LEAST_DIGITS = 3


def person_names(first: object, last: object, errors: dict[str, str]) -> dict[str, str]:
    """`first_name` and `last_name` of somebody who works here or refers, as they are kept; refusals land in `errors`.

    Some people have one name. It stands first, whichever field it was typed into, so that everybody can be greeted.
    """
    names = {"first_name": clean(first), "last_name": clean(last)}
    errors |= {
        field: "Enter a name."
        for field, raw in zip(names, (first, last), strict=True)
        if not isinstance(raw, str | None)
    }
    for field, text in names.items():
        if len(text) > PERSON_LIMIT:
            errors[field] = f"Use at most {PERSON_LIMIT} characters. This has {len(text):,}."
    if not any(names.values()):
        errors["first_name"] = ONE_NAME_IS_ENOUGH
    elif not names["first_name"] and not errors:
        names = {"first_name": names["last_name"], "last_name": ""}
    return names


def folded(text: str) -> str:
    """The pieces of a text in plain small letters, one space between them: "Tāne O’Brien-Ling" is
    "tane o brien ling". Marks, capitals, kinds of apostrophe and of hyphen make no difference."""
    return " ".join(_pieces(text))


def folded_whole(text: str) -> str:
    """The same in one word: two spellings of one name are equal."""
    return "".join(_pieces(text))


def _pieces(text: str) -> list[str]:
    # Folded twice: İ in small letters is an i with a dot above, which the second pass takes off.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    bare = "".join(letter for letter in small if not unicodedata.combining(letter) and _is_seen(letter))
    return [piece for piece in _BREAKS.split(bare) if piece]


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf"


def search_key(*names: str, email: str | None = None, phone: str | None = None) -> str:
    """What searches look into: each name from each of its pieces on, the e-mail, the number at home and abroad.

    Every run of pieces is the beginning of a word here: "obrien", "brien", "brien-ling" and "ling" are all found.
    """
    words: dict[str, None] = {}
    for name in names:
        # Each piece together with all that follow, so that one LIKE finds the beginning of any part.
        pieces = _HAN.sub(r"\1 ", folded(name)).split()
        for place in range(len(pieces)):
            words["".join(pieces[place:])[:WORD_LIMIT]] = None
    if email:
        words[folded_whole(email)[:WORD_LIMIT]] = None
    for digits in _numbers(phone):
        words[digits] = None
    return f" {' '.join(words)} " if words else ""


def text_key(text: str) -> str:
    """The words of a running text for searching, each folded whole: "Spoke to O’Brien’s" is " spoke to obriens "."""
    words = [folded_whole(word) for word in text.split()]
    return f" {' '.join(word for word in words if word)} "


def _numbers(e164: str | None) -> tuple[str, ...]:
    if not e164:
        return ()
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return (_digits(e164),)
    home = _digits(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))
    return _digits(e164), home


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit())


def search_patterns(typed: str) -> list[str]:
    """LIKE patterns that all hold in the search key of whom is looked for; letters and digits only, nothing to
    escape. Empty when nothing can be looked for."""
    number = _number_typed(unicodedata.normalize("NFKC", typed))
    if number:
        return [f"%{number}%"]
    return [beginning(word) for word in name_needles(typed)]


def needles(typed: str) -> list[str]:
    """The folded words, or the one number, that all have to be found for what was typed."""
    text = unicodedata.normalize("NFKC", typed)
    number = _number_typed(text)
    words = [number] if number else (folded_whole(word)[:WORD_LIMIT] for word in text.split())
    return list(dict.fromkeys(word for word in words if word))


def name_needles(typed: str) -> list[str]:
    """The same for a person, whose family name stands first and without a space in some scripts: 王小明 and 김민준 are
    found whichever of the two fields each part was typed into."""
    text = unicodedata.normalize("NFKC", typed)
    return needles(_HANGUL.sub(r"\1 \2", _HAN.sub(r"\1 ", text)))


def beginning(word: str) -> str:
    """A LIKE pattern for a folded word that a name, or a part of one, begins with."""
    if sought(word) != word:
        return f"% m%{sought(word)}%"
    # Each syllable of Korean may be where a name begins.
    return f"%{word}%" if "\u1100" <= word[:1] <= "\u1112" else f"% {word}%"


def sought(word: str) -> str:
    """What to look for anywhere in a text for a folded word: McDonald and MacDonald are told apart by nobody's ear."""
    return word[word.index("c") :] if _MAC.match(word) else word


def slips_between(one: str, other: str) -> int:
    """How many slips of the finger make one folded word another: a letter more, less, other, or two swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, theirs in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _number_typed(text: str) -> str:
    """The digits of a phone number in any spelling, without what is dialled to get abroad; "" for other words."""
    seen = "".join(letter for letter in text if _is_seen(letter)).strip()
    seen = "".join("-" if unicodedata.category(letter) == "Pd" or letter == "−" else letter for letter in seen)
    if not _PHONE.fullmatch(seen):
        return ""
    digits = _digits(seen.replace("(0)", ""))
    for abroad in ("0011", "00"):
        if digits.startswith(abroad) and len(digits) > 10:
            digits = digits.removeprefix(abroad)
            break
    # "+61 04…" is typed for "+61 4…".
    digits = re.sub(r"^(61|64)0", r"\1", digits) if len(digits) > 9 else digits
    return digits if len(digits) >= LEAST_DIGITS else ""


def sort_key(first: str, last: str = "", company: str = "") -> str:
    """Where a name stands in a list: a company by its name, a person by the last name as it is written ("de Vries"
    with D), whoever has one name by that. Compare it byte by byte."""
    whole = folded_whole(company) or folded_whole(last) or folded_whole(first)
    rest = folded_whole(first) if folded_whole(company) or folded_whole(last) else ""
    return f"{whole} {rest}".strip()[:SORT_LIMIT]


def by_name(people: Iterable[Any]) -> list[Any]:
    """Whoever has a `name` that is read from its beginning, in the order of that name."""
    return sorted(people, key=lambda each: (folded_whole(each.name), each.name))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name; two empty ones are not."""
    return bool(folded_whole(one)) and folded_whole(one) == folded_whole(other)
