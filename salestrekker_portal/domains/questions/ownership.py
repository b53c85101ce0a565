"""Who owns what part of an item: percentages by contact that add up to 100."""

import json
import math
from collections.abc import Mapping, Sequence

from salestrekker_portal.domains.questions.vocabulary import Scope
from salestrekker_portal.kernel.numbers import read_share

Shares = dict[str, float]

# Stands for the applicants whose names a client may not see, in the shares of a thing they own together.
SOMEBODY_ELSE = "somebody_else"

_ROUNDING = 0.1  # three people at 33.33 are all of it
_UNREADABLE = "Say whose it is, with a percentage from 0 to 100 for each person."


def read_ownership(text: str) -> tuple[Shares | None, str | None]:
    """Shares from a JSON object of contact id -> percentage, leaving out those at 0."""
    try:
        typed = json.loads(text)
    except (ValueError, RecursionError):
        return None, _UNREADABLE
    if not isinstance(typed, dict):
        return None, _UNREADABLE
    shares = {contact: _share(value) for contact, value in typed.items()}
    if any(share is None for share in shares.values()):
        return None, _UNREADABLE
    owned = {contact: share for contact, share in shares.items() if share}
    total = sum(owned.values())
    if owned and abs(total - 100) > _ROUNDING:
        return None, f"The shares add up to {total:g} %. Change them to make 100 %."
    return owned or None, None


def sum_words(text: str) -> str:
    """What the shares typed so far come to, for under them; blank when one of them can't be read."""
    try:
        parts = [_share(value) for value in json.loads(text).values()]
    except (ValueError, RecursionError, AttributeError):
        return ""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return ""
    total = sum(known)
    whole = abs(total - 100) <= _ROUNDING
    return "Adds up to 100 %" if whole else f"Adds up to {round(total, 2):g} %, and must make 100 %"


def even_shares(contacts: Sequence[str]) -> Shares:
    """The split nobody has changed: equal parts."""
    return {contact: 100 / len(contacts) for contact in contacts}


def shares_of(shares: Shares | None, scope: Scope, subject: str, contacts: Sequence[str]) -> Shares:
    """The answer, or while nobody has given one: all of it the subject's own, or even parts when shared."""
    if shares:
        return shares
    return {subject: 100.0} if scope is Scope.PER_APPLICANT and subject else even_shares(contacts)


def write_ownership(shares: Mapping[str, float]) -> str:
    """The raw answer for these shares."""
    return json.dumps(dict(shares))


def split_cents(cents: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Divide whole cents by share; the odd cents go to the largest remainders, so the sum is exact."""
    total = sum(shares.values())
    if total <= 0:
        return {}
    exact = {contact: abs(cents) * share / total for contact, share in shares.items()}
    parts = {contact: math.floor(amount) for contact, amount in exact.items()}
    left = abs(cents) - sum(parts.values())
    for contact in sorted(exact, key=lambda each: parts[each] - exact[each])[:left]:
        parts[contact] += 1
    return {contact: part if cents >= 0 else -part for contact, part in parts.items()}


def _share(value: object) -> float | None:
    if isinstance(value, str):
        return read_share(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 100 else None  # also refuses NaN
