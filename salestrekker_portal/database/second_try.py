"""Whether what somebody asked for may be tried once more: only while nothing of the first try is on disk.

Transactions speak to whoever runs handlers and routes (`portals/incoming/again.py`) through here, past all that
lies between.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from salestrekker_portal.kernel.errors import Busy


@dataclass(slots=True)
class FirstTry:
    """What has been done so far."""

    committed: bool = False


class TryAgain(Exception):
    """Not a refusal: it passes by what catches those, up to where the same is run again."""


FIRST_TRY: ContextVar[FirstTry | None] = ContextVar("first_try", default=None)


def committed() -> None:
    """A transaction is on disk: from now on this can't be run again."""
    mine = FIRST_TRY.get()
    if mine is not None:
        mine.committed = True


def passed_on(busy: Busy) -> Exception:
    """What to raise instead: the call for a second try while there is one, otherwise the sentence."""
    mine = FIRST_TRY.get()
    return busy if mine is None or mine.committed else TryAgain()
