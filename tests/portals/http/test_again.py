"""Who was in somebody's way is tried once more; then a sentence."""

from functools import partial

import pytest

from salestrekker_portal.kernel.errors import BUSY, Busy, Conflict
from salestrekker_portal.portals.incoming.again import committed, passed_on, tried_twice
from salestrekker_portal.watching.counters import COUNTED


def _handler(busy_times: int, *, commits_first: bool = False):
    tries: list[int] = []

    @tried_twice
    async def handler() -> str:
        tries.append(1)
        if commits_first:
            committed()
        if len(tries) <= busy_times:
            raise passed_on(Busy())
        return "saved"

    return handler, tries


async def test_a_second_try_is_quiet() -> None:
    handler, tries = _handler(1)
    assert await handler() == "saved"
    assert len(tries) == 2


async def test_then_it_says_so_in_a_sentence() -> None:
    handler, tries = _handler(9)
    with pytest.raises(Busy) as told:
        await handler()
    assert told.value.message == BUSY
    assert len(tries) == 2


async def test_what_was_committed_is_never_run_twice() -> None:
    handler, tries = _handler(9, commits_first=True)
    with pytest.raises(Busy):
        await handler()
    assert len(tries) == 1


async def test_how_each_ended_is_counted_whatever_kind_of_function_it_is() -> None:
    async def deed(failure: Exception | None) -> None:
        if failure is not None:
            raise failure

    def counted(outcome: str) -> float:
        name = "test_how_each_ended_is_counted_whatever_kind_of_function_it_is.<locals>.deed"
        return COUNTED.get_sample_value("portal_handled_total", {"handler": name, "outcome": outcome}) or 0.0

    await tried_twice(deed)(None)
    await tried_twice(partial(deed, None))()
    with pytest.raises(Conflict):
        await tried_twice(partial(deed, Conflict("no")))()
    with pytest.raises(ZeroDivisionError):
        await tried_twice(deed)(ZeroDivisionError())
    assert (counted("done"), counted("refused"), counted("failed")) == (2, 1, 1)
