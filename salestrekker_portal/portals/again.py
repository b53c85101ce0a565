"""One quiet second try for a use case that somebody else was in the way of, before a person hears of it.

It is safe when nothing of the first try remains: no transaction of the handler was committed, and nothing was shown
yet. A handler that shows something half way, an asynchronous generator, is therefore never run twice.
"""

import asyncio
import inspect
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps

from salestrekker_portal.kernel.errors import Busy


@dataclass(slots=True)
class _Try:
    """What a handler has done so far in its first try."""

    committed: bool = False


class TryAgain(Exception):
    """Not a refusal: it passes by what handlers catch, up to where the handler is run again."""


_first: ContextVar[_Try | None] = ContextVar("first_try", default=None)


def committed() -> None:
    """A transaction of this handler is on disk: from now on it can't be run again."""
    mine = _first.get()
    if mine is not None:
        mine.committed = True


def passed_on(busy: Busy) -> Exception:
    """What to raise instead: the call for a second try while there is one, otherwise the sentence."""
    mine = _first.get()
    return busy if mine is None or mine.committed else TryAgain()


def tried_twice(handler: Callable) -> Callable:
    """The handler, run once more when somebody else was in the way of it."""
    if not inspect.iscoroutinefunction(handler):
        return handler

    @wraps(handler)
    async def run(*args, **kwargs):
        mine = _first.set(_Try())
        try:
            return await handler(*args, **kwargs)
        except TryAgain:
            pass
        finally:
            _first.reset(mine)
        # Two who collided come back at different moments.
        await asyncio.sleep(0.05 + secrets.randbelow(150) / 1000)
        return await handler(*args, **kwargs)

    return run
