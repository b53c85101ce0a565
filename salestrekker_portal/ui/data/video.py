"""A video that loads nothing from its vendor before somebody asks for it."""

from typing import Any

import reflex as rx

from ..forms.buttons import button
from ..kinds import Handler, Text, optional
from ..marks import icon, outside


def video_card(
    *, title: Text, text: Text, vendor: Text, page: Text, frame: Text, on_play: Handler, **props: Any
) -> rx.Component:
    """A card of our own in the video's place. `frame` is the player's address once it was asked for, "" before.

    `text` says what the video tells, for those who can't or won't watch it; `page` is the vendor's own page.
    """
    named = rx.Var.create("Video: ") + title
    player = rx.el.iframe(
        src=frame,
        title=named,
        class_name="clip-frame",
        allow="autoplay; encrypted-media; fullscreen; picture-in-picture",
        # YouTube plays nothing for pages that don't say where they are; the path stays ours.
        referrer_policy="strict-origin",
        sandbox="allow-scripts allow-same-origin allow-popups allow-presentation",
    )
    before = rx.el.div(
        button("Play video", icon="play", tone="primary", on_click=on_play, aria_label=rx.Var.create("Play ") + named),
        rx.el.p(
            "It plays from ", vendor, ". Nothing is loaded from there, and they learn nothing, until you press play.",
            class_name="small muted",
        ),
        class_name="clip-cover",
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2(icon("circle-play", size=20), title, class_name="clip-title"),
        optional(text, rx.el.p(text, class_name="breakable")),
        rx.cond(frame != "", player, before),
        rx.el.p(
            outside(
                "Watch it on ",
                vendor,
                ", in a new tab",
                href=page,
                target="_blank",
                rel="noopener noreferrer",
                class_name="link",
            ),
            class_name="small",
        ),
        class_name="card clip",
        aria_label=named,
        **props,
    )
