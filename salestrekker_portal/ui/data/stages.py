"""The stages of a workflow, and the partner's board of them."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Flag, Handler, Number, Text, given, optional, when
from ..marks import icon as draw
from ..marks import link, unseen
from .marks import avatar, count

# What a stage is called beside its name, for those who cannot see the bar.
SAID = {"done": "done", "now": "now", "next": "to come"}


def stage_part(
    *, name: Text, state: Text, note: Text = "", on_click: Handler = None, disabled: Flag = False, **props: Any
) -> rx.Component:
    """One stage of the strip on a broker's deal; `state` is "done", "now" or "next"; pressed, it moves the deal."""
    if on_click is not None:
        props["on_click"] = when(disabled, rx.noop(), on_click)
        props["aria_disabled"] = when(disabled, "true", "false")
        props["type"] = "button"
    make = rx.el.button if on_click is not None else rx.el.span
    said = rx.match(state, ("done", SAID["done"]), ("now", SAID["now"]), SAID["next"])
    return make(
        optional(state == "done", draw("check", size=14)),
        name,
        unseen(rx.fragment(", ", said)),
        optional(note, rx.el.small(note)),
        class_name=["stage-part", when(state == "done", "is-done"), when(state == "now", "is-now")],
        aria_current=when(state == "now", "step", "false"),
        **props,
    )


def stage_strip(*parts: Child, now: Text = "", progress: Text = "") -> rx.Component:
    """The strip of `stage_part`s over a deal; on the phone `now` and `progress` ("stage 3 of 6") are said below."""
    below = rx.el.div(rx.el.b(now), rx.el.span(progress, class_name="muted"), class_name="stage-now")
    return rx.fragment(
        rx.el.div(*parts, class_name="stage-strip", role="group", aria_label="Stages"),
        optional(now, below) if given(now) else rx.fragment(),
    )


def stage(*, name: Text, state: Text, text: Text = "", **props: Any) -> rx.Component:
    """One stage as a client or partner sees it; `state` is "done", "now" or "next"."""
    said = rx.match(state, ("done", SAID["done"]), ("now", SAID["now"]), SAID["next"])
    return rx.el.li(
        rx.el.span(draw("check", size=14), class_name="stage-dot", aria_hidden="true"),
        rx.el.span(name, unseen(rx.fragment(", ", said)), class_name="stage-name"),
        optional(text, rx.el.span(text, class_name="stage-text")) if given(text) else rx.fragment(),
        class_name=["stage", when(state == "done", "is-done"), when(state == "now", "is-now")],
        aria_current=when(state == "now", "step", "false"),
        **props,
    )


def stages(*items: Child, flat: bool = True) -> rx.Component:
    """Where the loan is up to: a list of `stage`; `flat` lays it across the page where there is room."""
    return rx.el.ol(*items, class_name="stages is-flat" if flat else "stages")


def column(
    *cards: Child, name: Text, total: Number, none: Text = "No deals here right now", **props: Any
) -> rx.Component:
    """A stage of the partner's board with its tiles."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(name, count(total, meaning="deals"), class_name="column-title"), class_name="column-head"
        ),
        rx.el.div(
            *cards, when(total == 0, rx.el.p(none, class_name="column-none"), rx.fragment()), class_name="column-cards"
        ),
        class_name="column",
        aria_label=name,
        **props,
    )


def tile(
    *,
    name: Text,
    clients: Text,
    to: Text,
    broker: Text,
    initials: Text,
    since: Text,
    labels: Child | None = None,
    state: Child | None = None,
    closed: Literal[True, False] | rx.Var = False,
    called: Text = "",
    **props: Any,
) -> rx.Component:
    """A partner's deal: names, stage dates and broker, never amounts. The eye opens it; `called` is its whole name,
    where the title is shorter."""
    whole = called if given(called) else name
    return rx.el.article(
        rx.el.div(
            rx.el.div(
                rx.el.h3(name, class_name="tile-name"),
                optional(clients, rx.el.p(clients, class_name="small muted")),
                class_name="grow",
            ),
            link(draw("eye", size=20), to=to, class_name="button is-icon", aria_label=rx.Var.create("Open ") + whole),
            class_name="tile-top",
        ),
        rx.el.div(labels, class_name="tile-line") if labels is not None else rx.fragment(),
        rx.el.div(state, class_name="tile-line") if state is not None else rx.fragment(),
        rx.el.div(
            avatar(initials, size="small", tone="accent"),
            rx.el.span(broker),
            rx.el.span(since, class_name="push"),
            class_name="tile-foot",
        ),
        class_name=["tile", when(closed, "is-closed")],
        **props,
    )
