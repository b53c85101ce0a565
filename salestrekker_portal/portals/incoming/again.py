"""One quiet second try for what somebody else was in the way of, before a person hears of it.

It is safe when nothing of the first try remains: no transaction was committed, and nothing was shown yet. A handler
that shows something half way, an asynchronous generator, is therefore never run twice.
"""

import asyncio
import inspect
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from salestrekker_portal.database.second_try import FIRST_TRY, FirstTry, TryAgain, committed, passed_on
from salestrekker_portal.domains.security_log.refusals import note_missed, note_refusal
from salestrekker_portal.kernel.errors import DomainError, ProofNeeded
from salestrekker_portal.portals.incoming.presses import sent
from salestrekker_portal.watching.counters import handled

__all__ = ["TryAgain", "committed", "passed_on", "tried_twice"]


def tried_twice(handler: Callable) -> Callable:
    """The handler, run once more when somebody else was in the way of it."""
    if not inspect.iscoroutinefunction(handler):
        return handler

    # What takes a file is handed over half filled in (functools.partial), which has no name of its own.
    name = getattr(handler, "func", handler).__qualname__

    @wraps(handler)
    async def run(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        outcome = "failed"  # or was cancelled
        try:
            done = await _twice(handler, *args, **kwargs)
            outcome = "done"
            await note_missed(name)
            return done
        except ProofNeeded as asked:
            outcome, asked.press = "refused", sent()
            raise
        except DomainError as refusal:
            outcome = "refused"
            await note_refusal(refusal, name)
            raise
        finally:
            handled(name, outcome, time.perf_counter() - began)

    return run


async def _twice(handler: Callable, *args: Any, **kwargs: Any) -> Any:
    mine = FIRST_TRY.set(FirstTry())
    try:
        return await handler(*args, **kwargs)
    except TryAgain:
        pass
    finally:
        FIRST_TRY.reset(mine)
    # Two who collided come back at different moments.
    await asyncio.sleep(0.05 + secrets.randbelow(150) / 1000)
    last = FIRST_TRY.set(None)
    try:
        return await handler(*args, **kwargs)
    finally:
        FIRST_TRY.reset(last)
