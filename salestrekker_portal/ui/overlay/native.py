"""Thin wrappers of what the browser can do and HTML alone cannot ask for."""

import reflex as rx

from ..beside import beside

_LIBRARY = f"$/public{beside('native.jsx')}"


class NativeDialog(rx.Component):
    """A modal `<dialog>` that is open while `open` is true; `on_close` asks its owner to close it."""

    library = _LIBRARY
    tag = "NativeDialog"
    open: rx.Var[bool]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class NativeMenu(rx.Component):
    """A `<details>` that closes on Escape, on a click elsewhere and when an item is chosen."""

    library = _LIBRARY
    tag = "NativeMenu"
