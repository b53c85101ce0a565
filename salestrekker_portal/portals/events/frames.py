"""What comes on the socket is what a page of ours sends, or nobody looks at it.

The framework raises at everything else, and writes it into the log as it came: what was typed, and with an event that
it doesn't know (of a page from before an upgrade, say) the cookies of whoever sent it. Here it is turned away before
that, and the log only says that there was something.
"""

import logging
from typing import Any

import reflex as rx
from reflex_base.registry import RegistrationContext

log = logging.getLogger(__name__)

EVENT, OTHERS = "event", ("ping", "client_error")


class NoFrame(ValueError):
    """Nothing that the protocol knows."""


def take_only_ours(app: rx.App) -> None:
    """From now on this server hands on only what our pages send."""
    guard(app.sio)


def guard(sio: Any) -> None:
    """The same for the server of sockets itself."""
    handle_message, handle_event = sio.eio.handlers["message"], sio._handle_event

    class Frame(sio.packet_class):
        """A frame of the protocol; raises NoFrame, whatever is wrong with it."""

        def decode(self, encoded_packet: Any) -> Any:
            try:
                return super().decode(encoded_packet)
            # The last one is for what is nested too deep.
            except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as wrong:
                raise NoFrame from wrong

    async def message(eio_sid: str, data: Any) -> None:
        try:
            await handle_message(eio_sid, data)
        except ValueError as wrong:
            log.warning("a frame on a socket that can't be read (%s)", type(wrong).__name__)

    async def event(eio_sid: str, namespace: str, id: Any, data: Any) -> None:
        if is_ours(data):
            await handle_event(eio_sid, namespace, id, data)
        else:
            log.warning("an event on a socket that no page of this version sends")

    sio.packet_class, sio._handle_event, sio.eio.handlers["message"] = Frame, event, message


def is_ours(data: Any) -> bool:
    """Whether our pages send such an event: of that shape, for a handler that there is."""
    if not isinstance(data, list) or not 1 <= len(data) <= 2 or not isinstance(data[0], str):
        return False
    if data[0] != EVENT:
        return data[0] in OTHERS
    told = data[-1]
    return (
        isinstance(told, dict)
        and isinstance(told.get("payload", {}), dict)
        and isinstance(told.get("router_data", {}), dict)
        and isinstance(told.get("name"), str)
        and told["name"] in RegistrationContext.get().event_handlers
    )
