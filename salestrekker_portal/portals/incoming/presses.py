"""The press that is being carried out: an event or a form with the intention that the browser gave it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.intentions import keep_intention

_SHAPE = re.compile(r"[0-9a-f-]{36}")


@dataclass
class Press:
    """The press that is being carried out. `kept` once a transaction of it has committed."""

    handler: str
    intention: str
    key: str = ""
    kept: bool = False
    # The browser sends this press once more.
    again: bool = False


@dataclass(frozen=True)
class SentEvent:
    """An event as it came, for whoever carries it out later: its handler's name, its arguments, its intention."""

    name: str
    payload: dict[str, Any]
    intention: str


_PRESS: ContextVar[Press | None] = ContextVar("press", default=None)
_SENT: ContextVar[SentEvent | None] = ContextVar("sent", default=None)


def intention_of(raw: object) -> str:
    """An intention as a browser of ours makes it; anything else is none, and protects only less."""
    return raw if isinstance(raw, str) and _SHAPE.fullmatch(raw) else ""


def begin(press: Press | None) -> None:
    """What this task does from here on belongs to this press, or to none."""
    _PRESS.set(press)


def running() -> Press | None:
    """The press that this task carries out, if any."""
    return _PRESS.get()


def came(sent: SentEvent | None) -> None:
    """This is what the task was sent for."""
    _SENT.set(sent)


def sent() -> SentEvent | None:
    """What this task was sent for, if it is an event."""
    return _SENT.get()


@contextmanager
def under(press: Press) -> Iterator[None]:
    """What is kept in here is kept with this press."""
    before = _PRESS.set(press)
    try:
        yield
    finally:
        _PRESS.reset(before)


async def keep_press(session: WriteSession) -> None:
    """Keep the running press in this transaction, first of all. Raises Repeated."""
    press = _PRESS.get()
    if press is None or press.kept:
        return
    await keep_intention(session, press.key)


def press_is_kept() -> None:
    """The transaction has committed: what the same handler does after it is part of the same press."""
    press = _PRESS.get()
    if press is not None:
        press.kept = True
