"""Ranks: short strings that say where a row stands among its neighbours, so that a move writes one row.

A rank is a whole number and an optional fraction, both in base 62. The first letter says how many digits
the whole number has ("a" one, "b" two, … and "Z" one, "Y" two, … below zero), so plain comparison of the
characters is comparison of the numbers. Digits run 0-9, A-Z, a-z, which is their byte order: sort with
SQLite's BINARY or PostgreSQL's COLLATE "C", never with a language's collation.

Appending or putting on top counts the whole number up or down, so ten thousand of either stay within five
characters; only a move between two neighbours adds to the fraction, about one character per six moves into
the same gap.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"
_HEADS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def between(before: str | None, after: str | None) -> str:
    """A rank strictly after `before` and strictly before `after`; None stands for the open end.

    Raises ValueError when the two are equal, in the wrong order, or not ranks. Two people who drop into the
    same gap at the same instant get the same rank: sort by rank, then by key, and take the next *different*
    rank as the neighbour.
    """
    if before is not None and after is not None and before >= after:
        raise ValueError("The first rank must come before the second.")
    if before is None:
        return FIRST if after is None else _below(after)
    if after is None:
        return _whole_above(_split(before)[0])
    whole, fraction = _split(before)
    next_whole, next_fraction = _split(after)
    if whole == next_whole:
        return whole + _middle(fraction, next_fraction)
    candidate = _whole_above(whole)
    return candidate if candidate < after else whole + _middle(fraction, None)


def spread(count: int, after: str | None = None) -> list[str]:
    """`count` ranks in order, all later than `after`: for a list that is ranked in one go."""
    ranks: list[str] = []
    for _ in range(count):
        after = between(after, None)
        ranks.append(after)
    return ranks


def _below(after: str) -> str:
    whole, fraction = _split(after)
    return whole if fraction else _whole_below(whole)


def _length(head: str) -> int:
    """How many digits of whole number follow this first letter."""
    return ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1


def _split(rank: str) -> tuple[str, str]:
    """The whole number with its head, and the fraction. Raises ValueError for anything else."""
    if not rank or rank[0] not in _HEADS:
        raise ValueError("That is not a rank.")
    end = 1 + _length(rank[0])
    whole, fraction = rank[:end], rank[end:]
    if len(whole) < end or fraction.endswith("0") or any(digit not in _VALUE for digit in rank[1:]):
        raise ValueError("That is not a rank.")
    return whole, fraction


def _whole_above(whole: str) -> str:
    head, digits = whole[0], whole[1:]
    kept = digits.rstrip("z")
    if kept:
        return head + kept[:-1] + DIGITS[_VALUE[kept[-1]] + 1] + "0" * (len(digits) - len(kept))
    next_head = _HEADS[_HEADS.index(head) + 1]  # fails only after 62**26 rows
    return next_head + "0" * _length(next_head)


def _whole_below(whole: str) -> str:
    head, digits = whole[0], whole[1:]
    kept = digits.rstrip("0")
    if kept:
        return head + kept[:-1] + DIGITS[_VALUE[kept[-1]] - 1] + "z" * (len(digits) - len(kept))
    last_head = _HEADS[_HEADS.index(head) - 1]
    return last_head + "z" * _length(last_head)


def _middle(low: str, high: str | None) -> str:
    """A fraction between two others, without a trailing zero, so that there is always room before it."""
    shared = 0
    while high is not None and shared < len(high) and (low[shared : shared + 1] or "0") == high[shared]:
        shared += 1
    if high is not None and shared:
        return high[:shared] + _middle(low[shared:], high[shared:])
    floor = _VALUE[low[0]] if low else 0
    ceiling = _VALUE[high[0]] if high else len(DIGITS)
    if ceiling - floor > 1:
        return DIGITS[(floor + ceiling) // 2]
    if high and len(high) > 1:
        return high[0]
    return DIGITS[floor] + _middle(low[1:], None)
