"""Who somebody is, on paper: points, numbers as they are issued, and papers that are still good. Rules of sections.

Lengths of Australian licences are those that the states publish for the government's document check (number and card
number, which every state's check has wanted since 2022); Medicare's check digit is Services Australia's.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salestrekker_portal.domains.questions.dates import years_between
from salestrekker_portal.domains.questions.facts import today_of
from salestrekker_portal.domains.questions.vocabulary import Facts
from salestrekker_portal.kernel.marks import digits_of

Values = Mapping[str, Any]
Findings = list[tuple[str, str]]

ENOUGH_POINTS = 100
POINTS = {
    "passport": 70, "birth_certificate": 70, "citizenship": 70, "driver_licence": 40, "proof_of_age": 40,
    "concession_card": 40, "medicare": 25, "bank_card": 25, "bill": 25, "other": 25,
}  # fmt: skip
# A check takes an Australian passport for two years after it ended.
_PASSPORT_GRACE_YEARS = 2

_DIGITS, _BOTH = "digits", "letters and digits"
_LICENCE = {
    "act": (_DIGITS, 6, 10), "nsw": (_BOTH, 6, 8), "nt": (_DIGITS, 5, 10), "qld": (_DIGITS, 8, 9),
    "sa": (_BOTH, 6, 6), "tas": (_BOTH, 6, 8), "vic": (_DIGITS, 7, 10), "wa": (_DIGITS, 7, 7),
}  # fmt: skip
_CARD = {
    "act": (_BOTH, 10, 10), "nsw": (_DIGITS, 10, 10), "nt": (_DIGITS, 6, 8), "qld": (_BOTH, 10, 10),
    "sa": (_BOTH, 9, 9), "tas": (_BOTH, 9, 9), "vic": (_BOTH, 8, 8), "wa": (_BOTH, 8, 10),
}  # fmt: skip
_SHAPES = {_DIGITS: r"[0-9]*", _BOTH: r"[A-Z0-9]*"}
_MEDICARE_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9)


def identity_points(kinds: Sequence[str]) -> int:
    """Points of the Australian 100-point check that these documents give."""
    return sum(POINTS.get(kind, 0) for kind in kinds)


def enough_identity(values: Values, facts: Facts) -> Findings:
    """100 points, or a word on why there are not more: somebody without papers is not kept out."""
    kinds = values.get("documents") or []
    points = identity_points(kinds)
    if not kinds or points >= ENOUGH_POINTS or values.get("no_more_documents"):
        return []
    return [("documents", f"These give {points} of the {ENOUGH_POINTS} points that lenders need. Tick more of what "
                          "you have, or say below why there is no more.")]  # fmt: skip


NZ_ENOUGH = 1
NZ_POINTS = {"passport": 1, "driver_licence": 1, "realme": 1}


def enough_nz_identity(values: Values, facts: Facts) -> Findings:
    """One paper that lenders take by itself, or a word on why there is none."""
    kinds = values.get("documents") or []
    if not kinds or any(kind in NZ_POINTS for kind in kinds) or values.get("no_more_documents"):
        return []
    return [("documents", "Lenders need a passport, a driver licence or RealMe. Tick one of them, or say below why "
                          "there is none.")]  # fmt: skip


def licence_numbers(values: Values, facts: Facts) -> Findings:
    """A licence's number and card number look as the state issues them; one from abroad may look like anything."""
    state = str(values.get("licence_state") or "")
    wrong = (
        ("licence_number", _misshapen(values.get("licence_number"), _LICENCE.get(state), "licence number", state)),
        ("licence_card_number", _misshapen(values.get("licence_card_number"), _CARD.get(state), "card number", state)),
    )
    return [(key, sentence) for key, sentence in wrong if sentence]


def _misshapen(typed: object, shape: tuple[str, int, int] | None, what: str, state: object) -> str:
    if not typed or shape is None:
        return ""
    letters, least, most = shape
    bare = digits_of(str(typed)).upper()
    if least <= len(bare) <= most and re.fullmatch(_SHAPES[letters], bare):
        return ""
    many = str(least) if least == most else f"{least} to {most}"
    return f"A {what} of {str(state).upper()} has {many} {letters}. Check it against the card."


def nz_licence_numbers(values: Values, facts: Facts) -> Findings:
    """New Zealand's: two letters and six digits; the version, three digits."""
    found = []
    if values.get("licence_country") in (None, "nz"):
        number, version = values.get("licence_number"), values.get("licence_version")
        if number and not re.fullmatch(r"[A-Za-z]{2}[0-9]{6}", digits_of(str(number))):
            found.append(("licence_number", "A licence number has two letters and six digits, for example AB123456."))
        if version and not re.fullmatch(r"[0-9]{3}", digits_of(str(version))):
            found.append(("licence_version", "The version has three digits, for example 045."))
    return found


_PASSPORTS = {
    "au": (r"[A-Z]{1,2}[0-9]{7}", "An Australian passport number has one or two letters and seven digits."),
    "nz": (r"[A-Z]{1,2}[0-9]{6}", "A New Zealand passport number has one or two letters and six digits."),
}


def passport_is_good(values: Values, facts: Facts) -> Findings:
    """A number as it is issued, and not ended: an Australian one not more than two years ago."""
    country = str(values.get("passport_country") or "")
    number, ends = values.get("passport_number"), values.get("passport_expires_on")
    found = []
    shape, sentence = _PASSPORTS.get(country, ("", ""))
    if number and shape and not re.fullmatch(shape, digits_of(str(number)).upper()):
        found.append(("passport_number", f"{sentence} Check it against the page with your photo."))
    if ends and _ended(date.fromisoformat(ends), today_of(facts), country):
        found.append(("passport_expires_on", _TOO_OLD[country == "au"]))
    return found


_TOO_OLD = {
    True: "This passport ended more than 2 years ago, and no lender takes it. Tick something else above.",
    False: "This passport has ended, and no lender takes it. Tick something else above.",
}


def _ended(ends: date, today: date, country: object) -> bool:
    grace = _PASSPORT_GRACE_YEARS if country == "au" else 0
    return ends < today and years_between(ends, today) >= grace


def medicare_number(values: Values, facts: Facts) -> Findings:
    """Ten digits, or eleven with the person's own; the ninth is a check digit over the first eight."""
    typed = values.get("medicare_number")
    if not typed:
        return []
    digits = digits_of(str(typed)).replace("/", "")
    if not re.fullmatch(r"[2-6][0-9]{9,10}", digits):
        return [("medicare_number", "A Medicare number has 10 digits and begins with 2 to 6.")]
    check = sum(int(d) * w for d, w in zip(digits, _MEDICARE_WEIGHTS, strict=False)) % 10
    wrong = "Check the Medicare number. One of its digits is not right."
    return [] if int(digits[8]) == check else [("medicare_number", wrong)]


def director_id(values: Values, facts: Facts) -> Findings:
    """Fifteen digits from 036, as the Australian Business Registry Services give them."""
    typed = values.get("director_id")
    if not typed or re.fullmatch(r"036[0-9]{12}", digits_of(str(typed))):
        return []
    return [("director_id", "A director ID has 15 digits and begins with 036.")]
