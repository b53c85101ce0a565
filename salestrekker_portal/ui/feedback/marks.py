"""Short words from the app: saved, a passing notice, no connection."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from ..connection import connection_bar
from ..forms.buttons import icon_button
from ..kinds import Child, Handler, Text, optional, when
from ..marks import icon

TOAST_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


def saved_mark(words: Text, *, failed: Text = "") -> rx.Component:
    """The `status` that says "Saved 9:41 am" (the caller makes the words); `failed` replaces them."""
    ok = rx.el.span(icon("check"), words, class_name="saved")
    wrong = rx.el.span(icon("triangle-alert"), failed, class_name="saved is-bad")
    return rx.el.span(when(failed, wrong, optional(words, ok)), role="status")


def toast_region(toasts: rx.Var, *, on_close: Handler) -> rx.Component:
    """Passing notices in the corner: a Var of dicts `id`, `tone` ("info", "ok", "warn", "bad") and `text`.

    `on_close` gets the id. The region is always there, so that what appears in it is read out; nothing goes
    away by itself, because not everybody reads in five seconds.
    """

    def toast(item: rx.Var) -> rx.Component:
        signs = [(tone, icon(name, size=18)) for tone, name in TOAST_SIGNS.items()]
        return rx.el.div(
            rx.match(item["tone"], *signs, icon("info", size=18)),
            rx.el.p(item["text"], class_name="grow", role=when(item["tone"] == "bad", "alert", "status")),
            icon_button(name="x", label="Close this notice", on_click=on_close(item["id"])),
            class_name=["toast", f"is-{item['tone']}"],
            key=item["id"],
        )

    return rx.el.div(rx.foreach(toasts, toast), class_name="toasts", role="region", aria_label="Notices")


def offline_bar(call: Child | None = None) -> rx.Component:
    """A bar that says what is in the way while events don't reach us. It needs nothing from a State; `call` may show
    what one knew before, such as whom to phone."""
    return rx.el.div(connection_bar(has_connection_errors, call), role="status")
