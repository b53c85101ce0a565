"""Once is once: every handler that changes something is either `@once` or `@repeatable`.

The browser (assets/once.js) sends an intention with each press of a `@once` handler: the same for a double click and
for a try after a lost connection, a new one after the answer. `_acting()` keeps it in the transaction of what the
press does. When it is kept already, nothing more happens, and the answer is that of the first press.
"""

import functools
import re
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex_base.event.context import EventContext

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.intentions import Repeated, keep_intention, key_of

_SHAPE = re.compile(r"[0-9a-f-]{36}")
ANSWERS_KEPT = 2000


@dataclass
class Press:
    """The press that is being carried out. `kept` once a transaction of it has committed."""

    handler: str
    intention: str
    key: str = ""
    kept: bool = False


_PRESS: ContextVar[Press | None] = ContextVar("press", default=None)
# What was answered, for a press that comes again. After a restart the page is read again instead.
_answers: OrderedDict[str, Any] = OrderedDict()


def take_intention(event: Event, handler: Callable) -> None:
    """Called by the gate on every event: take the intention out of what the handler gets.

    One that no browser of ours would make counts as none: whoever writes their own loses only their own protection.
    """
    sent = event.payload.pop("_intention", "")
    real = getattr(handler, "__once__", False) and isinstance(sent, str) and _SHAPE.fullmatch(sent)
    _PRESS.set(Press(event.name, sent) if real else None)


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


def once(handler: Callable) -> Callable:
    """A handler of which a second press with the same intention has no second effect. Goes below `@allow`."""

    @functools.wraps(handler)
    async def carried_out(self: Any, *args: Any, **named: Any) -> Any:
        press = _PRESS.get()
        if press is None:
            return await handler(self, *args, **named)
        press.key = key_of(self._actor(), press.handler, press.intention)
        try:
            # What the handler reads from the tab may be gone with the first press, so it isn't asked again.
            answer = _answers[press.key] if press.key in _answers else await handler(self, *args, **named)
        except Repeated:
            answer = _answers.get(press.key, rx.call_script("window.location.reload()"))
        else:
            if press.kept:
                _remember(press.key, answer)
        finally:
            # Refused or done, the button comes back.
            await EventContext.get().emit_event(*Event.from_event_type(_settled(press)))
        return answer

    carried_out.__once__ = True  # type: ignore[attr-defined]
    # Travels with every wiring of the handler to assets/once.js.
    carried_out._rx_event_actions = {"once": True}  # type: ignore[attr-defined]
    return carried_out


def repeatable(why: str) -> Callable:
    """A handler that may well be called twice with the same arguments, and why. Goes below `@allow`."""

    def mark(handler: Callable) -> Callable:
        handler.__repeatable__ = why  # type: ignore[attr-defined]
        return handler

    return mark


def _settled(press: Press) -> Any:
    return rx.call_script(f"window.onceSettled && window.onceSettled('{press.intention}')")


def _remember(key: str, answer: Any) -> None:
    _answers[key] = answer
    while len(_answers) > ANSWERS_KEPT:
        _answers.popitem(last=False)
