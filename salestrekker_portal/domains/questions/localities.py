"""Suburbs with their state and postcode, offered while somebody types; from lists that are shipped. Pure.

The lists (lists/LICENCE.md) are read once, when somebody first types a place in that country.
"""

import re
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import NamedTuple

from salestrekker_portal.domains.questions.catalogue.build import NZ_REGIONS, STATES, STREET_TYPES
from salestrekker_portal.kernel.names import folded
from salestrekker_portal.kernel.text import clean

COUNTRIES = ("au", "nz")
MOST = 8
LEAST = 2
_LONGEST, _LONGEST_LINE = 80, 300
_NO_CODE = "-"
_LISTS = Path(__file__).parent / "lists"
# As people shorten them, either way.
_ALSO = {
    "mt": "mount", "mount": "mt", "st": "saint", "saint": "st", "pt": "port", "nth": "north", "sth": "south",
}  # fmt: skip
_SHORT = (
    "st", "rd", "ave", "av", "ct", "dr", "dve", "pl", "cres", "cr", "cl", "ln", "pde", "tce", "blvd", "cct", "hwy",
)  # fmt: skip
_KINDS = "|".join((*(each.value for each in STREET_TYPES), *_SHORT))
_STREET = re.compile(rf"\b(?:{_KINDS})\b\.?", re.IGNORECASE)


class Locality(NamedTuple):
    """A place: `state` is the value of the fact find's state or region, `postcode` "" where none is known."""

    name: str
    state: str
    postcode: str


class _Listed(NamedTuple):
    """`starts` has each name from each of its words on, with whether that is its first, and the place's number."""

    places: list[Locality]
    starts: list[tuple[str, bool, int]]
    codes: list[tuple[str, int]]


@cache
def listed(country: str) -> _Listed:
    """All that the list of a country has. KeyError for a country without one."""
    if country not in COUNTRIES:
        raise KeyError(country)
    places: list[Locality] = []
    for line in (_LISTS / f"{country}.txt").read_text(encoding="utf-8").splitlines()[1:]:
        code, state, names = line.split(" ", 2)
        places += [Locality(name, state, "" if code == _NO_CODE else code) for name in names.split("|")]
    starts = []
    for number, place in enumerate(places):
        words = folded(place.name).split()
        starts += [(" ".join(words[at:]), at > 0, number) for at in range(len(words))]
        if len(words[0]) == 1 < len(words):  # O'Connor is typed Oconnor too
            starts.append((" ".join(["".join(words[:2]), *words[2:]]), False, number))
    return _Listed(places, sorted(starts), sorted((each.postcode, n) for n, each in enumerate(places) if each.postcode))


@cache
def state_words(country: str) -> dict[str, str]:
    """What a state or region is called, by its value."""
    return {each.value: each.label for each in (STATES if country == "au" else NZ_REGIONS)}


def offers(country: str, typed: str, most: int = MOST) -> list[Locality]:
    """The places that somebody may mean, the likeliest first: by part of a name, a postcode, or both with a state.

    "richm", "3121", "richmond vic" and "mt wav" all find some; fewer than two letters or digits find none.
    """
    text = clean(typed)
    words = folded(text).split() if len(text) <= _LONGEST else []
    if country not in COUNTRIES or len("".join(words)) < LEAST:
        return []
    code = words.pop() if words[-1].isdigit() else ""
    found = _of(country, words, code)
    if len(words) > 1 and (state := _state_in(country, words[-1])):
        # "Richmond VIC" names a state, and "Nar War" may go on as Nar Nar Goon or as one of two words.
        found = [each for each in _of(country, words[:-1], code) if each.state == state] + found
    return list(dict.fromkeys(found))[:most]


def line_offers(country: str, typed: str, most: int = MOST) -> list[tuple[Locality, str]]:
    """The same for an address on one line: places that its end may mean, each with the line completed.

    The end is what stands behind the last comma, or else behind the kind of street.
    """
    text = clean(typed)
    head, tail = _parted(text) if len(text) <= _LONGEST_LINE else ("", "")
    return [(each, f"{head}{line_of(country, each)}") for each in offers(country, tail, most)] if tail else []


def line_of(country: str, place: Locality) -> str:
    """ "Richmond VIC 3121", or in New Zealand "Karori 6012"."""
    state = state_words(country).get(place.state, "") if country == "au" else ""
    return " ".join(part for part in (place.name, state, place.postcode) if part)


def _parted(typed: str) -> tuple[str, str]:
    if "," in typed:
        head, _, tail = typed.rpartition(",")
        return f"{head}, ", tail.strip()
    kinds = list(_STREET.finditer(typed))
    # "St Kilda" begins with no street: there is a number or a name before the kind of one.
    last = next((each for each in reversed(kinds) if typed[: each.start()].strip()), None)
    return (f"{typed[: last.end()]}, ", typed[last.end() :].strip()) if last else ("", "")


def _state_in(country: str, word: str) -> str:
    known = state_words(country)
    return next((value for value, label in known.items() if word in (value, folded(label))), "")


def _of(country: str, words: list[str], code: str) -> list[Locality]:
    every = listed(country)
    if not words:
        first = bisect_left(every.codes, (code, -1))
        numbers = [n for value, n in every.codes[first : first + 400] if value.startswith(code)]
        return sorted((every.places[n] for n in numbers), key=lambda each: (each.postcode, each.name))
    spellings = [words, [_ALSO[words[0]], *words[1:]]] if words[0] in _ALSO else [words]
    ranked: list[tuple[tuple, int]] = []
    for spelling in spellings:
        start = " ".join(spelling)
        for at in range(bisect_left(every.starts, (start, False, -1)), len(every.starts)):
            key, later, number = every.starts[at]
            if not key.startswith(start):
                break
            if every.places[number].postcode.startswith(code):
                whole = key == start, key.startswith(f"{start} ")
                rank = (later, not whole[0], not whole[1], key.count(" "), key, _by_people(country, number))
                ranked.append((rank, number))
    return [every.places[number] for _, number in sorted(ranked)]


def _by_people(country: str, number: int) -> tuple[int, str]:
    """Of several places of one name, first that of the state where most people live."""
    place = listed(country).places[number]
    return list(state_words(country)).index(place.state), place.postcode
