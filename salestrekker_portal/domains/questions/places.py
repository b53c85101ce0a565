"""Where a postcode is: the ranges that Australia Post allots to states. Pure.

A few codes serve places on both sides of a border (0872, 2406, 2611, 2620, 3500, 3585, 3586, 3644, 3691, 3707, 4380,
4377, 4383, 4385, 4825): for those every state that shares them is right.
"""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (200, 299, "act"), (800, 999, "nt"), (1000, 2599, "nsw"), (2600, 2618, "act"), (2619, 2899, "nsw"),
    (2900, 2920, "act"), (2921, 2999, "nsw"), (3000, 3999, "vic"), (4000, 4999, "qld"), (5000, 5999, "sa"),
    (6000, 6999, "wa"), (7000, 7999, "tas"), (8000, 8999, "vic"), (9000, 9999, "qld"),
)  # fmt: skip
_SHARED = {
    "0872": {"nt", "sa", "wa"}, "2406": {"nsw", "qld"}, "2540": {"nsw", "act"}, "2611": {"act", "nsw"},
    "2618": {"act", "nsw"}, "2620": {"nsw", "act"}, "3500": {"vic", "nsw"}, "3585": {"vic", "nsw"},
    "3586": {"vic", "nsw"}, "3644": {"vic", "nsw"}, "3691": {"vic", "nsw"}, "3707": {"vic", "nsw"},
    "4375": {"qld", "nsw"}, "4377": {"qld", "nsw"}, "4380": {"qld", "nsw"}, "4383": {"qld", "nsw"},
    "4385": {"qld", "nsw"}, "4825": {"qld", "nt"},
}  # fmt: skip


def states_of(postcode: str) -> frozenset[str]:
    """The states that a four-digit postcode is in; nothing for codes that nobody has been given."""
    if len(postcode) != 4 or not postcode.isascii() or not postcode.isdigit():
        return frozenset()
    if postcode in _SHARED:
        return frozenset(_SHARED[postcode])
    number = int(postcode)
    return frozenset(state for first, last, state in _RANGES if first <= number <= last)
