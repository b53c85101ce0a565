"""What stands around a control: label, help, refusal, and the wiring that ties them to it."""

from typing import Any

import reflex as rx

from ..kinds import Child, Flag, Text, given, optional, truthy, when
from ..marks import icon


def described_by(*, id: Text, help: Text = "", error: Text = "") -> Any:
    """The value of `aria-describedby` for the control `id`, naming only what is on the page."""
    hint = f"{id}-help" if given(help) else ""
    both = f"{hint} {id}-error" if hint else f"{id}-error"
    return when(error, both, hint) if given(error) else hint


def wiring(*, id: Text, help: Text = "", error: Text = "") -> dict[str, Any]:
    """Props that tie a control to its help and its error."""
    props: dict[str, Any] = {"id": id}
    if given(help) or given(error):
        props["aria_describedby"] = described_by(id=id, help=help, error=error)
    if given(error):
        props["aria_invalid"] = when(error, "true", "false")
    return props


def error_line(*, id: Text, error: Text) -> Child:
    """What is wrong, heard as soon as it appears; nothing while `error` is empty."""
    if not given(error):
        return rx.fragment()
    return optional(
        error, rx.el.p(icon("circle-alert"), error, id=f"{id}-error", role="alert", class_name="field-error")
    )


def _classes(error: Text) -> Any:
    return ["field", when(error, "is-wrong")] if given(error) else "field"


def _words(label: Text, mark: Child | None, optional_field: Flag) -> list[Child]:
    words: list[Child] = [label]
    if given(optional_field):
        words.append(when(optional_field, rx.el.small("(optional)"), rx.fragment()))
    if mark is not None:
        words.append(mark)
    return words


def field(
    control: rx.Component,
    *,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
) -> rx.Component:
    """A labelled control. Build the control with the same `id`, `help` and `error` to tie it to them.

    `mark` stands after the label (a badge, a presence mark), `after` below the control (a value as it was).
    """
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=id),
            *_words("", mark, optional)[1:],
            class_name="field-label",
        ),
        rx.el.p(help, id=f"{id}-help", class_name="field-help") if given(help) else rx.fragment(),
        error_line(id=id, error=error),
        control,
        after if after is not None else rx.fragment(),
        class_name=_classes(error),
    )


def group(
    *controls: Child,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    role: str = "group",
) -> rx.Component:
    """A question with several controls (radios, ticks, parts of a date): a fieldset with its legend."""
    return rx.el.fieldset(
        rx.el.legend(*_words(label, None, optional), class_name="field-label", id=f"{id}-label"),
        rx.el.p(help, id=f"{id}-help", class_name="field-help") if given(help) else rx.fragment(),
        error_line(id=id, error=error),
        *controls,
        class_name=_classes(error),
        # Not `role=`: Reflex would take that for a style here.
        custom_attrs={"role": role},
        aria_labelledby=f"{id}-label",
        **wiring(id=id, help=help, error=error if role == "radiogroup" else ""),
    )


def fields(*children: Child, wide: bool = False, **props: Any) -> rx.Component:
    """Fields under each other with the right gaps."""
    return rx.el.div(*children, class_name="fields is-wide" if wide else "fields", **props)


def pair(*children: Child, **props: Any) -> rx.Component:
    """Two fields beside each other where there is room."""
    return rx.el.div(*children, class_name="pair", **props)


def reveal(*children: Child, why: Text) -> rx.Component:
    """Questions that an answer brought up; `why` reads "Asked because you said yes"."""
    return rx.el.div(rx.el.p(icon("corner-down-right"), why, class_name="reveal-why"), *children, class_name="reveal")


def help_more(*children: Child, summary: Text) -> rx.Component:
    """More help, folded until it is wanted."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), summary),
        rx.el.div(*children, class_name="help-text"),
        class_name="help",
    )


def form_foot(*buttons: Child, note: Text = "") -> rx.Component:
    """Where a form ends: lesser button first, the main one last, and what happens next."""
    words = rx.el.p(note, class_name="form-foot-note")
    after = rx.cond(truthy(note), words, rx.fragment()) if isinstance(note, rx.Var) else (words if note else None)
    return rx.el.div(*buttons, after if after is not None else rx.fragment(), class_name="form-foot")
