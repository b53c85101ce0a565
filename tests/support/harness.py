"""Drives event handlers in process: through Reflex's event processor and our gate, with a browser's cookie.

    async with Harness() as browser:
        state = await browser.call(BoardState.load, path="/board", cookie=cast.cookies["alice"])

`call` returns the State as it is afterwards. `browser.out` holds what would have gone to the browser,
`browser.notices` the sentences shown, `browser.errors` what was raised. The private parts of Reflex that this
needs are all here.
"""

import asyncio
import contextlib
import dataclasses
import json
from typing import Any

import reflex as rx
from reflex.app_mixins.middleware import MiddlewareMixin
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.processor import BaseStateEventProcessor

from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.events.about import TabAbout, place_of
from salestrekker_portal.portals.events.gate import Gate, TabBinding, _tag
from salestrekker_portal.tables.access import Portal

WAIT_SECONDS = 8


class Harness:
    """One process's event machinery; each `tab` is a browser tab."""

    def __init__(self) -> None:
        self.out: list[tuple[str, str, Any]] = []
        self.errors: list[Exception] = []
        # Whether the gate stopped the last call before its handler: the browser is sent elsewhere or reloads.
        self.was_stopped = False
        # Whether each call comes from a page that was loaded anew for this cookie.
        self.is_loaded_anew = True
        # Whether the browser had left the page of each call before its event travelled.
        self.has_left = False

    async def __aenter__(self) -> "Harness":
        middleware = MiddlewareMixin()
        middleware.add_middleware(_WatchedGate(self))
        self.manager = StateManagerMemory()
        self.processor = BaseStateEventProcessor(
            middleware=middleware, backend_exception_handler=lambda error: self.errors.append(error)
        )
        self.processor.configure(state_manager=self.manager)

        async def delta(token: str, change: dict) -> None:
            self.out.append((token, "delta", change))

        async def event(token: str, *events: Event) -> None:
            self.out.extend((token, "event", each) for each in events)

        self.processor._root_context = dataclasses.replace(
            self.processor._root_context, emit_delta_impl=delta, emit_event_impl=event
        )
        await self.processor.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.processor.__aexit__(*failure)
        await self.manager.close()

    async def call(
        self, handler: Any, /, arguments: dict | None = None, *, cookie="", path="/", tab="tab", **payload: Any
    ) -> Any:
        """Send one event as the holder of `cookie` would from `path`; the State of the handler, afterwards.

        Arguments that are called cookie, path or tab go into `arguments`.
        """
        self.out.clear()
        self.errors.clear()
        self.was_stopped = False
        await self._prepare(handler, cookie, tab, path)
        event = Event(
            name=rx.utils.format.format_event_handler(handler),
            payload=payload if arguments is None else arguments,
            router_data={
                "pathname": path.split("?")[0],
                "asPath": path,
                "headers": {"cookie": cookie},
                **({"left": True} if self.has_left else {}),
            },
        )
        future = await self.processor.enqueue(tab, event)
        with contextlib.suppress(Exception):
            await asyncio.wait_for(future.wait_all(), WAIT_SECONDS)
        return await self.state(handler.state, tab=tab)

    async def _prepare(self, handler: Any, cookie: str, tab: str, path: str) -> None:
        """As after hydration: the tab belongs to the sessions of this cookie header, and shows the page at `path`."""
        state = await self.manager.get_state(rx.BaseStateToken(ident=tab, cls=handler.state))
        if not state.router_data:
            state.router_data = {"seed": 1}  # without any, Reflex would hydrate first
        root = await self.manager.get_state(rx.BaseStateToken(ident=tab, cls=TabBinding))
        binding = await root.get_state(TabBinding)
        if not self.is_loaded_anew:
            return
        binding._made_for = {}
        binding._bound = {portal.value: _tag(cookie, portal) for portal in Portal}
        if not handler.fn.__module__.startswith("reflex"):  # those arrive by themselves
            (await root.get_state(TabAbout))._place = place_of(path.split("?")[0])

    async def state(self, cls: type, *, tab: str = "tab") -> Any:
        """A State of a tab, as the server has it."""
        root = await self.manager.get_state(rx.BaseStateToken(ident=tab, cls=cls))
        return await root.get_state(cls)

    @property
    def refusal(self) -> str:
        """The sentence that the last call was refused with, or "". Raises what was not a refusal."""
        for error in self.errors:
            if not isinstance(error, DomainError):
                raise error
        return self.errors[0].message if self.errors else ""

    @property
    def events(self) -> list[str]:
        """What the browser was told to do, as text: names and payloads."""
        return [f"{event.name} {event.payload}" for _, kind, event in self.out if kind == "event"]

    def bytes_sent(self) -> int:
        """The size of the deltas of the last call, as the socket would carry them."""
        return sum(len(json.dumps(change, default=str)) for _, kind, change in self.out if kind == "delta")


class _WatchedGate(Gate):
    """The gate, telling the harness when it stops somebody."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> Any:
        update = await super().preprocess(app, state, event)
        self._harness.was_stopped = self._harness.was_stopped or update is not None
        return update
