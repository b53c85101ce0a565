"""What was made while starting is never garbage: the collector need not look through it again.

Looking through the third of a million objects of a started process takes a fifth of a second in which nobody is
answered, and came by every few hundred events.
"""

import gc

# Young objects that are looked through together: an event makes some thousands, nearly all of which go by themselves.
YOUNG = 5_000


def leave_out_what_is_there() -> None:
    """Once, when all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
