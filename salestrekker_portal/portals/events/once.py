"""Once is once: every handler that changes something is either `@once` or `@repeatable`.

The browser (assets/once.js) sends an intention with each press of a `@once` handler: the same for a double click and
for a try after a lost connection, a new one after the answer. `_acting()` keeps it in the transaction of what the
press does. When it is kept already, nothing more happens, and the answer is that of the first press.
"""

import asyncio
import functools
import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from reflex.event import Event
from reflex_base.event.context import EventContext

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.intentions import Repeated, answer_of, keep_answer, key_of
from salestrekker_portal.portals.events.deeds import do, is_deed
from salestrekker_portal.portals.incoming import presses
from salestrekker_portal.portals.incoming.presses import Press, intention_of

log = logging.getLogger(__name__)

# Answers of the last minutes on a busy day. Older ones are in the database, as far as they may be kept.
ANSWERS_KEPT = 2000
MOST_KEPT = 8_000  # characters of JSON


# What was answered, for a press that comes again. Another process, and this one after a restart, read it from the row.
_answers: OrderedDict[str, Any] = OrderedDict()
_keeping: set[asyncio.Task] = set()
_NONE = object()


def take_intention(event: Event, handler: Callable) -> None:
    """Called by the gate on every event: take the intention out of what the handler gets.

    One that no browser of ours would make counts as none: whoever writes their own loses only their own protection.
    """
    sent, again = intention_of(event.payload.pop("_intention", "")), event.payload.pop("_again", False) is True
    presses.came(presses.SentEvent(event.name, dict(event.payload), sent))
    presses.begin(Press(event.name, sent, again=again) if sent and getattr(handler, "__once__", False) else None)


def once(handler: Callable) -> Callable:
    """A handler of which a second press with the same intention has no second effect. Goes below `@allow`."""

    @functools.wraps(handler)
    async def carried_out(self: Any, *args: Any, **named: Any) -> Any:
        press = presses.running()
        if press is None:
            return await handler(self, *args, **named)
        press.key = key_of(self._actor(), press.handler, press.intention)
        try:
            # What the handler reads from the tab may be gone with the first press, so it isn't asked again.
            first = await _first_answer(press)
            answer = await handler(self, *args, **named) if first is _NONE else first
        except Repeated:
            # The two came at the same moment, or to two processes.
            press.again = True
            first = await _first_answer(press)
            answer = do("reload") if first is _NONE else first
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
    # The script may not be there: a page that is just being left, or a test without a browser.
    return do("settled", press.intention)


def is_a_press(handler: Callable, payload: dict[str, Any]) -> bool:
    """Whether somebody wanted something by this event, and would miss it: a page that looks again says nothing."""
    return getattr(handler, "__once__", False) or (bool(payload) and hasattr(handler, "__repeatable__"))


async def press_is_over() -> None:
    """Give the button back of a press whose handler is not called at all."""
    press = presses.running()
    if press is not None:
        await EventContext.get().emit_event(*Event.from_event_type(_settled(press)))


def nothing_was_kept() -> bool:
    """Whether the press that is being carried out wrote nothing, now or before: its handler refused it."""
    press = presses.running()
    return press is not None and not press.kept and press.key not in _answers and not press.again


def settles(event: Event) -> bool:
    """Whether an event to the browser says only that a press is over."""
    return is_deed(event, "settled")


async def answers_kept() -> None:
    """Wait until every answer so far stands beside its intention: a press after a restart is answered from there."""
    await asyncio.gather(*_keeping)


async def _first_answer(press: Press) -> Any:
    """What this press was answered before, here or in another process; _NONE when nothing is known of it."""
    if press.key in _answers:
        return _answers[press.key]
    if not press.again:
        return _NONE
    async with reading() as session:
        kept = await answer_of(session, press.key)
    return _NONE if kept is None else [Event(name=name, payload=payload) for name, payload in kept["told"]]


async def _keep_elsewhere(key: str, answer: Any) -> None:
    """Beside the intention, for whoever has not this process's memory. Losing it loses nothing but the words."""
    try:
        told = [[event.name, event.payload] for event in Event.from_event_type(answer)]
        if len(json.dumps(told)) < MOST_KEPT:
            async with transaction() as session:
                await keep_answer(session, key, {"told": told})
    except Exception:
        log.exception("an answer could not be kept")


def _remember(key: str, answer: Any) -> None:
    task = asyncio.create_task(_keep_elsewhere(key, answer))
    _keeping.add(task)
    task.add_done_callback(_keeping.discard)
    _answers[key] = answer
    while len(_answers) > ANSWERS_KEPT:
        _answers.popitem(last=False)
