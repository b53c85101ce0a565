"""What a page sent last, when the tab has gone elsewhere meanwhile.

A save that was pressed on A may come to its turn after B has arrived in the same tab. It was meant, and typed, for A:
so it is carried out, with what A's page held, in a copy of the tab's States that nobody sees. Nothing that it shows
or answers reaches B's States or B's page; only that something could not be kept is said, in words that tell nothing.
"""

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

from reflex.event import Event
from reflex.state import StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.event.processor.base_state_processor import process_event

from salestrekker_portal.kernel.errors import AlreadyDone, DomainError
from salestrekker_portal.portals.events.about import (
    Contents,
    TabAbout,
    arrive,
    everything_about,
    is_about_its_page,
    place_of,
)
from salestrekker_portal.portals.events.once import is_a_press, nothing_was_kept, press_is_over, settles
from salestrekker_portal.portals.events.pressed_here import was_left

NOT_KEPT = "What you did last on the page before was not kept. Go back to it and look."


def late(how: str) -> Callable:
    """Mark a handler that speaks to whoever looks at the tab: what a page that was left has to say is "dropped", or is
    "told" as NOT_KEPT. Its first argument is the sentence."""

    def mark(handler: Callable) -> Callable:
        handler.__late__ = how  # type: ignore[attr-defined]
        return handler

    return mark


async def in_its_place(state: Any, event: Event, registered: Any) -> StateUpdate | None:
    """Called by the gate for whatever it lets through: None when the handler is to run here and now, else the end.

    Raises what the handler raises, without its words when they are a refusal.
    """
    cls, handler = registered.states[0], registered.handler
    about = await state.get_state(TabAbout)
    place = place_of(state.router.url.path)
    if place == about._place:
        return None
    if place not in about._left and not was_left(event.router_data):
        if is_about_its_page(cls):
            await arrive(state)  # the first that is heard of this page
        return None
    router = dict(state.router_data)
    _stay(state, about._router)
    if is_about_its_page(cls):
        await _carry_out(state, about, router, place, event, registered)
        return StateUpdate()
    how = getattr(handler.fn, "__late__", "")
    if how == "told":
        event.payload["text"] = NOT_KEPT
    return StateUpdate() if how == "dropped" else None


def _stay(state: Any, router: dict[str, Any]) -> None:
    """The tab is where it is, whatever the page before called itself."""
    root = state._get_root_state()
    root.router_data = root._update_router_vars(router, root.router_data)


async def _carry_out(
    state: Any, about: TabAbout, router: dict[str, Any], place: str, event: Event, registered: Any
) -> None:
    contents = about._left.get(place)
    if contents is None:  # nobody knows any more what was on that page
        await press_is_over()
        if is_a_press(registered.handler.fn, event.payload):
            raise DomainError(NOT_KEPT)
        return
    aside = await _copy_of(state, router, contents)
    ctx = EventContext.get()
    EventContext.set(dataclasses.replace(ctx, emit_event_impl=_only_settling(ctx.emit_event_impl)))
    try:
        substate = await aside.get_state(registered.states[0])
        # Without a root, whose changes would be sent.
        await process_event(registered.handler, event.payload, substate, root_state=None)
        if nothing_was_kept():
            raise DomainError(NOT_KEPT)  # what was wrong stands beside a field that nobody sees
    except AlreadyDone:
        return
    except DomainError as refusal:
        raise DomainError(NOT_KEPT) from refusal
    finally:
        EventContext.set(ctx)
    kept = {cls.get_full_name(): (await aside.get_state(cls))._contents() for cls in everything_about()
            if is_about_its_page(cls)}  # fmt: skip
    about._left = {**about._left, place: kept}


async def _copy_of(state: Any, router: dict[str, Any], contents: Contents) -> Any:
    """The tab as it was on the page before. It watches nothing and is nowhere: its name is no tab's."""
    aside = type(state._get_root_state())(_reflex_internal_init=True)
    # Live topics are watched by this name; a copy that nobody sees must not end what the real tab watches.
    named = {**router, "token": f"{router.get('token', '')} aside"}
    aside.router_data = aside._update_router_vars(named, {})
    for cls in everything_about():
        held = contents.get(cls.get_full_name(), {})
        if not is_about_its_page(cls):
            held = copy.deepcopy((await state.get_state(cls))._contents())
        (await aside.get_state(cls))._resume(held)
    return aside


def _only_settling(emit: Any) -> Any:
    """What a browser is told to do is for the page before; only that a press is over may be said."""

    async def emit_some(token: str, *events: Event) -> None:
        over = [each for each in events if settles(each)]
        if over and emit is not None:
            await emit(token, *over)

    return emit_some
