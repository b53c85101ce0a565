"""Panels in the flow of a page: a banner, a locked band, an empty place, a question asked in place."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Flag, Text, given, optional
from ..marks import icon as draw

BannerTone = Literal["info", "warn", "bad", "ok", "locked"]
SIGNS = {
    "info": "info",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "ok": "circle-check",
    "locked": "lock",
}


def banner(
    *children: Child,
    tone: BannerTone = "info",
    title: Text = "",
    text: Text = "",
    actions: Child | None = None,
    close: bool = False,
    live: bool = True,
) -> rx.Component:
    """Something to know before going on. A bad one is an `alert`, an ok one a `status`, when it appears.

    `close` makes it tighter inside a card. `live=False` for one that is there from the start.
    """
    roles = {"bad": "alert", "ok": "status"} if live else {}
    props: dict[str, Any] = {"role": roles[tone]} if tone in roles else {}
    return rx.el.div(
        draw(SIGNS[tone], size=18),
        rx.el.div(
            optional(title, rx.el.strong(title, class_name="banner-title")) if given(title) else rx.fragment(),
            optional(text, rx.el.p(text)) if given(text) else rx.fragment(),
            *children,
            class_name="banner-text grow",
        ),
        rx.el.div(actions, class_name="banner-acts") if actions is not None else rx.fragment(),
        class_name=f"banner is-{'info' if tone == 'locked' else tone}{' is-close' if close else ''}",
        **props,
    )


def locked_band(
    *, title: Text, text: Text = "", actions: Child | None = None, show: Flag = True, mark: str = "lock"
) -> Child:
    """The band across a page whose answers cannot change now, with the reason; it may appear live."""
    band = rx.el.div(
        rx.el.div(
            draw(mark, size=20),
            rx.el.div(rx.el.strong(title), rx.el.p(text, class_name="small"), class_name="grow"),
            actions if actions is not None else rx.fragment(),
            class_name="locked-band-in",
        ),
        class_name="locked-band",
    )
    return rx.el.div(optional(show, band), role="status")


def empty(*actions: Child, title: Text, text: Text, mark: str = "inbox", level: str = "h2") -> rx.Component:
    """A place with nothing in it yet: what it is for, and the first thing to do."""
    return rx.el.div(
        rx.el.span(draw(mark, size=24), class_name="empty-sign"),
        rx.el.h3(title) if level == "h3" else rx.el.h2(title),
        rx.el.p(text, class_name="empty-text"),
        rx.el.div(*actions, class_name="button-row") if actions else rx.fragment(),
        class_name="empty",
    )


def confirm(*buttons: Child, title: Text, text: Text, show: Flag = True, danger: bool = True) -> Child:
    """A question asked where the button was, with what will happen; the safe answer stands last."""
    box = rx.el.div(
        rx.el.p(title, class_name="confirm-title"),
        rx.el.p(text, class_name="confirm-text"),
        rx.el.div(*buttons, class_name="button-row"),
        role="group",
        aria_label=title,
        class_name="confirm" if danger else "confirm is-plain",
    )
    return optional(show, box)
