"""One question with everything said around it, open or behind a press."""

import reflex as rx

from ..kinds import optional, when
from ..marks import icon
from .field import RENDERERS, Renderer, text
from .said import Around, after


def question(field: rx.Var, around: Around) -> rx.Component:
    """One question with everything said around it. `field` is a FieldView."""
    return rx.fragment(
        optional(field["legend"], rx.el.p(field["legend"], class_name="q-legend")),
        optional(field["why"], rx.el.p(icon("corner-down-right"), field["why"], class_name="q-why")),
        rx.cond(field["folded"], _folded(field, around), _open(field, around)),
        key=field["id"],
    )


def _open(field: rx.Var, around: Around) -> rx.Component:
    return rx.el.div(
        rx.match(field["kind"], *_cases(field, around), rx.fragment()),
        after(field, around),
        class_name=[
            "q",
            "is-" + field["span"].to(str),
            when(field["revealed"], "is-reveal"),
            when(around.errors[field["id"]], "is-wrong"),
            when(around.here[field["id"]], "is-theirs"),
        ],
    )


def _folded(field: rx.Var, around: Around) -> rx.Component:
    """A line of text that few people want: a press opens it, and it is open where something stands in it."""
    return rx.el.details(
        rx.el.summary(icon("message-square", size=14), field["label"], class_name="small"),
        rx.el.div(text(field, around), after(field, around), class_name="q"),
        open=field["value"] != "",
        class_name="q-folded",
    )


def _cases(field: rx.Var, around: Around) -> list[tuple]:
    by_renderer: dict[Renderer, list[str]] = {}
    for kind, renderer in RENDERERS.items():
        by_renderer.setdefault(renderer, []).append(kind)
    return [(*kinds, renderer(field, around)) for renderer, kinds in by_renderer.items()]
