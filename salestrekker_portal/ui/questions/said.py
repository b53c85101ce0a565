"""What stands around a question: its error, who is in it, what they wrote, and what is held back."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from ..forms.buttons import button, link_button
from ..forms.looks import looks_like_link
from ..kinds import Text, optional
from ..marks import icon
from ..overlay.ask_first import ask_first


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a question needs besides itself: Vars of its page by field id, and what to call."""

    errors: Any
    acks: Any
    news: Any
    held: Any
    clashes: Any
    here: Any
    scope: Any
    at: Any
    epoch: Any
    locked: Any
    on_save: Any
    on_pick: Any
    on_here: Any
    on_mine: Any
    on_theirs: Any
    on_discard: Any
    on_history: Any = None
    # Words by field id, for whoever is told what changed since they looked.
    fresh: Any = None


def after(field: rx.Var, around: Around) -> rx.Component:
    """What stands under the field: who changed it, what is held back, and two values that met."""
    key = field["id"]
    return rx.fragment(
        fresh_mark(around.fresh, key),
        optional(around.news[key], _changed(around.news[key])),
        optional(around.held[key], _held(field, around)),
        optional(around.clashes[key], _clash(field, around)),
        _history(field, around),
    )


def fresh_mark(fresh: Any, key: rx.Var) -> rx.Component:
    """What is new since somebody looked, in words with an icon; nothing on pages where nobody is told."""
    if fresh is None:
        return rx.fragment()
    words = rx.el.p(icon("pencil", size=14), fresh[key], id=fresh_id(key), class_name="fresh-mark")
    return optional(fresh[key], words)


def fresh_id(key: rx.Var) -> rx.Var:
    """What a mark is called by the field, entry or section that it is about."""
    return key.to(str) + "-fresh"


def described_as_fresh(fresh: Any, key: rx.Var) -> dict[str, Any]:
    """Ties an entry or a section to its mark, while it has one."""
    return {} if fresh is None else {"aria_describedby": rx.cond(fresh[key], fresh_id(key), "")}


def _history(field: rx.Var, around: Around) -> rx.Component:
    if around.on_history is None:
        return rx.fragment()
    words = rx.el.span("History of ", field["label"], class_name="unseen")
    return rx.cond(
        field["version"] > 0,
        rx.el.div(
            rx.el.span(field["by"], class_name="small muted"),
            link_button(icon("history", size=13), words, on_click=around.on_history(field["id"]), title="History"),
            class_name="q-by",
        ),
        rx.fragment(),
    )


def _changed(news: rx.Var) -> rx.Component:
    was = rx.cond(news["was"], rx.fragment("Was ", rx.el.s(news["was"]), ", "), "")
    return optional(news["by"], rx.el.p(was, news["by"], class_name="field-was"))


def _held(field: rx.Var, around: Around) -> rx.Component:
    typed = around.held[field["id"]]
    return rx.el.div(
        rx.el.p("Kept here, not part of your profile: ", rx.el.q(typed)),
        rx.el.div(
            rx.cond(
                around.locked,
                rx.fragment(),
                button("Save it now", small=True, on_click=around.on_save(field["id"], typed, field["version"], "0")),
            ),
            ask_first(
                button("Discard", tone="danger", on_click=around.on_discard(field["id"])),
                press=looks_like_link("Discard"),
                title="Discard what you typed?",
                text=rx.fragment("“", typed, "” is not kept any more."),
                keep="Keep it",
            ),
            class_name="button-row",
        ),
        class_name="q-held",
        role="status",
    )


def _clash(field: rx.Var, around: Around) -> rx.Component:
    clash = around.clashes[field["id"]]
    name: Text = clash["name"]
    return rx.el.div(
        rx.el.p(rx.el.strong(name, " changed this while you were typing.")),
        rx.el.p("You: ", rx.el.q(clash["mine_words"]), rx.el.br(), name, ": ", rx.el.q(clash["theirs_words"])),
        rx.el.div(
            button("Use mine", small=True, on_click=around.on_mine(field["id"])),
            button("Keep ", name, "’s", small=True, on_click=around.on_theirs(field["id"])),
            class_name="button-row",
        ),
        class_name="q-clash",
        role="alert",
    )


def described_by(field: rx.Var, around: Around) -> rx.Var:
    """The ids of everything that is said about a field."""
    help_id = rx.cond(field["help"], field["id"].to(str) + "-help ", "")
    help_id = help_id + rx.cond(field["origin"], _origin_id(field) + " ", "")
    if around.fresh is not None:
        help_id = help_id + rx.cond(around.fresh[field["id"]], fresh_id(field["id"]) + " ", "")
    return help_id + rx.cond(around.errors[field["id"]], field["id"].to(str) + "-error", "")


def _origin_id(field: rx.Var) -> rx.Var:
    return field["id"].to(str) + "-origin"


def said_above(field: rx.Var, around: Around) -> rx.Component:
    """What stands between a question and its field: help, where the answer is from, and what is wrong."""
    error = around.errors[field["id"]]
    return rx.fragment(
        optional(field["help"], rx.el.p(field["help"], id=field["id"].to(str) + "-help", class_name="field-help")),
        optional(
            field["origin"],
            rx.el.p(icon("corner-down-right", size=14), field["origin"], id=_origin_id(field), class_name="q-origin"),
        ),
        optional(error, wrong(field, error)),
    )


def wrong(field: rx.Var, error: rx.Var) -> rx.Component:
    """What is wrong with an answer."""
    id = field["id"].to(str) + "-error"
    return rx.el.p(icon("circle-alert"), rx.el.span(error), id=id, role="alert", class_name="field-error")
