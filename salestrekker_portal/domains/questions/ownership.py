"""Who owns what part of an item: percentages by owner that add up to 100.

An owner is a contact id, or somebody outside the deal by name: "outside:1:Bart Jones". The number keeps two of one name
apart, and a name that is being typed from becoming another owner.
"""

import json
from collections.abc import Mapping, Sequence

from salestrekker_portal.kernel.numbers import read_share

Shares = dict[str, float]

# Stands for the applicants whose names a client may not see, in the shares of a thing they own together.
SOMEBODY_ELSE = "somebody_else"
_OUTSIDE = "outside:"

_MILLIONTHS = 1_000_000
_ROUNDING = 0.1  # three people at 33.33 are all of it
_UNREADABLE = "Say whose it is, with a percentage from 0 to 100 for each person."
_NAMELESS = "Say who else owns a part: type their name beside their share."


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
    if any(outside_name(contact) == "" for contact in owned):
        return None, _NAMELESS
    total = sum(owned.values())
    if owned and abs(total - 100) > _ROUNDING:
        return None, _wrong_sum(total)
    return owned or None, None


def _wrong_sum(total: float) -> str:
    said = f"The shares add up to {total:g} %. "
    return said + ("Add who owns the rest, or change them to make 100 %." if total < 100 else "They must make 100 %.")


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


def outside_name(owner: str) -> str | None:
    """What an owner outside the deal is called; None for everybody else."""
    if not owner.startswith(_OUTSIDE):
        return None
    return " ".join(owner[len(_OUTSIDE) :].partition(":")[2].split())


def even_shares(contacts: Sequence[str]) -> Shares:
    """The split nobody has changed: equal parts."""
    return {contact: 100 / len(contacts) for contact in contacts}


def shown_shares(contacts: Sequence[str]) -> Shares:
    """Equal parts as they stand in the fields, to two digits."""
    return {contact: round(part, 2) for contact, part in even_shares(contacts).items()}


def write_ownership(shares: Mapping[str, float]) -> str:
    """The raw answer for these shares."""
    return json.dumps(dict(shares))


def split_cents(cents: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Divide whole cents by share; the odd cents go to the largest remainders, so the sum is exact."""
    # Whole numbers throughout: a share has two digits at most, or is an even part.
    weights = {contact: round(share * _MILLIONTHS) for contact, share in shares.items()}
    total = sum(weights.values())
    if total <= 0:
        return {}
    divided = {contact: divmod(abs(cents) * weight, total) for contact, weight in weights.items()}
    parts = {contact: whole for contact, (whole, _) in divided.items()}
    left = abs(cents) - sum(parts.values())
    for contact in sorted(divided, key=lambda each: -divided[each][1])[:left]:
        parts[contact] += 1
    return {contact: part if cents >= 0 else -part for contact, part in parts.items()}


def _share(value: object) -> float | None:
    if isinstance(value, str):
        return read_share(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 100 else None  # also refuses NaN
