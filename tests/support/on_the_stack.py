"""The whole production stack for the tests of one module, and people in browsers before it."""

from collections.abc import Iterator

import pytest

from tests.support.fixtures import People
from tests.support.stack import Stack


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Made anew for each module, because some stop it."""
    running = Stack().start()
    yield running
    running.stop()


@pytest.fixture
def everybody(chromium, stack: Stack) -> Iterator[People]:
    """Browsers that come to the stack's own address."""
    them = People(chromium, stack.url)
    yield them
    them.close()
