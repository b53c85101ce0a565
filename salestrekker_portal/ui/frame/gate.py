"""Pages for people who are not inside yet: arrival, consent, sign-in, the landing page."""

from typing import Literal

import reflex as rx

from ..feedback import offline_bar
from ..kinds import Child, Text
from ..marks import icon, link
from .parts import brand, legal, main, skip_link


def _top(firm: Text, logo: Text, end: Child | None) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            brand(firm=firm, logo=logo),
            rx.el.div(end if end is not None else rx.fragment(), class_name="topbar-end"),
            class_name="topbar-in",
        ),
        class_name="topbar",
    )


def gate_frame(
    *children: Child,
    firm: Text,
    logo: Text = "",
    shape: Literal["narrow", "two"] = "narrow",
    end: Child | None = None,
    foot: Child | None = None,
    around: Child | None = None,
) -> rx.Component:
    """Arrival, consent and sign-in.

    `shape`: narrow for one card, two for words beside a card.

    `end` stands at the top right (the broker's number), `foot` at the bottom (address, privacy), `around` over
    everything: unless it brings its own, the bar that says why nothing comes.
    """
    return rx.el.div(
        skip_link(),
        _top(firm, logo, end),
        main(*children, class_name="gate" if shape == "narrow" else f"gate is-{shape}"),
        legal(foot) if foot is not None else rx.fragment(),
        around if around is not None else offline_bar(),
        class_name="frame roomy",
    )


def landing_frame(
    *children: Child,
    firm: Text,
    end: Child | None = None,
    foot: Child | None = None,
    around: Child | None = None,
) -> rx.Component:
    """The front page and the demo outbox."""
    return rx.el.div(
        skip_link(),
        _top(firm, "", end),
        main(*children, class_name="landing"),
        legal(foot) if foot is not None else rx.fragment(),
        around if around is not None else offline_bar(),
        class_name="frame roomy",
    )


def door(*, name: str, text: str, to: str, mark: str) -> rx.Component:
    """One of the ways in on the landing page."""
    return link(
        rx.el.span(icon(mark, size=24), class_name="door-sign"),
        rx.el.span(rx.el.span(name, class_name="door-name"), rx.el.span(text, class_name="muted"), class_name="grow"),
        icon("arrow-right", size=20, class_name="door-arrow"),
        to=to,
        class_name="door",
    )
