"""A coroutine run to its end where a loop may be running already: Playwright keeps one in the tests' thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def run_aside(work: Coroutine[Any, Any, Answer]) -> Answer:
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()
