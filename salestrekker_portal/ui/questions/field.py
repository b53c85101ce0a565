"""One question of the fact find, drawn by its kind. `RENDERERS` has one entry for each kind."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from ..kinds import optional
from ..marks import icon
from .controls import (
    OUTSIDE_WORDS,
    AnswerCards,
    AnswerControl,
    AnswerLine,
    AnswerSelect,
    AnswerShares,
    AnswerTick,
    AnswerTicks,
)
from .said import Around, described_by, said_above, wrong

Renderer = Callable[[Any, Around], rx.Component]


def _control(component: type[AnswerControl], field: rx.Var, around: Around, **more: Any) -> rx.Component:
    key = field["id"]
    news = around.news[key]
    return component.create(
        id=key,
        kind=field["kind"],
        scope=around.scope,
        at=around.at,
        epoch=around.epoch,
        value=rx.cond(news, news["value"], field["value"]),
        version=rx.cond(news, news["version"], field["version"]),
        ack=around.acks[key],
        read_only=around.locked,
        described_by=described_by(field, around),
        invalid=rx.cond(around.errors[key], True, False),
        on_save=around.on_save,
        on_here=around.on_here,
        auto_complete=field["fills"],
        **{"mode": field["mode"], **more},
    )


def _label(field: rx.Var, around: Around, *, bare: bool = False) -> rx.Component:
    return rx.el.div(
        rx.el.label(field["label"], html_for=field["id"]),
        optional(field["mark"], rx.el.small(field["mark"])),
        _presence(field, around),
        class_name="field-label unseen-label" if bare else "field-label",
    )


def _presence(field: rx.Var, around: Around) -> rx.Component:
    said = around.here[field["id"]]
    return optional(said, rx.el.span(icon("pencil", size=12), said, class_name="q-here"))


def _line(field: rx.Var, around: Around, *, class_name: str = "input", **more: Any) -> rx.Component:
    box = _control(AnswerLine, field, around, placeholder=field["placeholder"], class_name=class_name, **more)
    return rx.fragment(_label(field, around), said_above(field, around), box)


def _signed(field: rx.Var, around: Around, sign: str, kind: str, end: bool) -> rx.Component:
    mark = rx.el.span(sign, aria_hidden="true", class_name="affix-sign is-end" if end else "affix-sign")
    box = _control(AnswerLine, field, around, placeholder=field["placeholder"], mode="decimal")
    return rx.fragment(
        _label(field, around),
        said_above(field, around),
        rx.el.div(mark, box, class_name=f"affix is-{kind}"),
    )


def text(field: rx.Var, around: Around) -> rx.Component:
    offered = {"offers": field["offers"], "land": field["land"], "on_pick": around.on_pick}
    return _line(field, around, limit=field["limit"], **offered)


def number(field: rx.Var, around: Around) -> rx.Component:
    return _line(field, around, class_name="input is-short", mode="numeric")


def phone(field: rx.Var, around: Around) -> rx.Component:
    return _line(field, around, input_type="tel", mode="tel")


def email(field: rx.Var, around: Around) -> rx.Component:
    return _line(field, around, input_type="email", mode="email")


def day(field: rx.Var, around: Around) -> rx.Component:
    box = _control(AnswerLine, field, around, placeholder="dd/mm/yyyy", class_name="input is-date")
    return rx.fragment(_label(field, around), said_above(field, around), box)


def month(field: rx.Var, around: Around) -> rx.Component:
    box = _control(AnswerLine, field, around, placeholder="mm/yyyy", class_name="input is-date")
    return rx.fragment(_label(field, around), said_above(field, around), box)


def money(field: rx.Var, around: Around) -> rx.Component:
    return _signed(field, around, "$", "money", end=False)


def percent(field: rx.Var, around: Around) -> rx.Component:
    return _signed(field, around, "%", "percent", end=True)


def select(field: rx.Var, around: Around) -> rx.Component:
    box = _control(AnswerSelect, field, around, options=field["options"])
    return rx.fragment(
        _label(field, around), said_above(field, around), rx.el.div(box, icon("chevron-down"), class_name="select")
    )


def frequency(field: rx.Var, around: Around) -> rx.Component:
    """Stands beside an amount, so its label is only heard."""
    box = _control(AnswerSelect, field, around, options=field["options"], blank="How often?")
    return rx.fragment(
        _label(field, around, bare=True),
        said_above(field, around),
        rx.el.div(box, icon("chevron-down"), class_name="select"),
    )


def _group(field: rx.Var, around: Around, role: str, *controls: rx.Component) -> rx.Component:
    name = field["id"].to(str) + "-label"
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.span(field["label"], id=name),
            optional(field["mark"], rx.el.small(field["mark"])),
            _presence(field, around),
            class_name="field-label",
        ),
        said_above(field, around),
        *controls,
        # Not `role=`: Reflex would take that for a style here.
        custom_attrs={"role": role},
        aria_labelledby=name,
        aria_describedby=described_by(field, around),
    )


def cards(field: rx.Var, around: Around) -> rx.Component:
    columns = {"two": "choices is-two", "three": "choices is-three", "two-wide": "choices is-two-wide"}
    takes_back = field["mark"].to(str) != ""
    box = _control(AnswerCards, field, around, options=field["options"], takes_back=takes_back)
    return _group(
        field,
        around,
        "radiogroup",
        rx.el.div(box, class_name=rx.match(field["columns"], *columns.items(), "choices")),
    )


def ticks(field: rx.Var, around: Around) -> rx.Component:
    box = _control(AnswerTicks, field, around, options=field["options"])
    return _group(field, around, "group", rx.el.div(box, class_name="ticks"))


def shares(field: rx.Var, around: Around) -> rx.Component:
    total = rx.cond(around.acks[field["id"]], around.acks[field["id"]]["sum"], field["sum"])
    box = _control(
        AnswerShares, field, around, options=field["options"], sum=total, adds=field["adds"], words=OUTSIDE_WORDS
    )
    return _group(field, around, "group", box)


def tick(field: rx.Var, around: Around) -> rx.Component:
    help_words = rx.el.small(field["help"], id=field["id"].to(str) + "-help")
    return rx.fragment(
        rx.el.div(
            _control(AnswerTick, field, around),
            rx.el.span(
                rx.el.label(field["label"], html_for=field["id"]),
                _presence(field, around),
                optional(field["help"], help_words),
                class_name="tick-text",
            ),
            class_name="tick",
        ),
        optional(around.errors[field["id"]], wrong(field, around.errors[field["id"]])),
    )


# By the value of the fact find's Kind; a test holds that none is missing.
RENDERERS: dict[str, Renderer] = {
    "text": text,
    "long_text": text,
    "address": text,
    "date": day,
    "month": month,
    "money": money,
    "percent": percent,
    "integer": number,
    "select": select,
    "cards": cards,
    "yes_no": cards,
    "tick": tick,
    "ticks": ticks,
    "frequency": frequency,
    "phone": phone,
    "mobile": phone,
    "email": email,
    **dict.fromkeys(("abn", "acn", "bsb", "nzbn", "ird"), number),
    "nz_account": text,
    "ownership": shares,
}
