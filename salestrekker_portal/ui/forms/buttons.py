"""Buttons. A disabled one stays reachable and says why (`aria-disabled` and a reason beside it)."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Flag, Handler, Text, given, optional, when
from ..marks import icon as draw
from ..marks import link

Tone = Literal["primary", "second", "quiet", "danger"]


def _classes(tone: Tone, small: bool, wide: bool, extra: str = "") -> str:
    parts = [
        "button",
        "" if tone == "second" else f"is-{tone}",
        "is-small" if small else "",
        "is-wide" if wide else "",
    ]
    return " ".join(part for part in [*parts, extra] if part)


def _held(disabled: Flag, on_click: Handler) -> dict[str, Any]:
    """Props that keep a disabled button focusable and make its click do nothing."""
    if disabled is False:
        return {} if on_click is None else {"on_click": on_click}
    # Not `disabled`: a button that takes no focus can't tell a keyboard or a screen reader why it does nothing.
    props: dict[str, Any] = {"aria_disabled": when(disabled, "true", "false")}
    if on_click is not None:
        props["on_click"] = when(disabled, rx.noop(), on_click)
    return props


def button(
    *children: Child,
    tone: Tone = "second",
    small: bool = False,
    wide: bool = False,
    icon: str | None = None,
    disabled: Flag = False,
    on_click: Handler = None,
    **props: Any,
) -> rx.Component:
    """A button that does something here. `icon` is a static lucide name; `disabled` wants `reason_beside`."""
    return rx.el.button(
        draw(icon) if icon else rx.fragment(),
        *children,
        type="button",
        class_name=_classes(tone, small, wide),
        **_held(disabled, on_click),
        **props,
    )


def submit(
    *children: Child,
    tone: Tone = "primary",
    small: bool = False,
    wide: bool = False,
    disabled: Flag = False,
    **props: Any,
) -> rx.Component:
    """The button that sends the form it stands in; disabled, it is a plain button and sends nothing."""
    # A submit button would still send its form on Enter, whatever its click does.
    kind: Any = "submit" if disabled is False else when(disabled, "button", "submit")
    return rx.el.button(*children, type=kind, class_name=_classes(tone, small, wide), **_held(disabled, None), **props)


def icon_button(
    *,
    name: str,
    label: Text,
    small: bool = False,
    disabled: Flag = False,
    on_click: Handler = None,
    **props: Any,
) -> rx.Component:
    """A button of one icon; `label` is its accessible name and its tooltip."""
    return rx.el.button(
        draw(name, size=18),
        type="button",
        aria_label=label,
        title=label,
        class_name="button is-icon is-small" if small else "button is-icon",
        **_held(disabled, on_click),
        **props,
    )


def link_button(
    *children: Child, danger: bool = False, disabled: Flag = False, on_click: Handler = None, **props: Any
) -> rx.Component:
    """A button that reads like a link, for lesser actions in running rows."""
    return rx.el.button(
        *children,
        type="button",
        class_name="link-button is-bad" if danger else "link-button",
        **_held(disabled, on_click),
        **props,
    )


def link_to_button(
    *children: Child,
    to: Text,
    tone: Tone = "second",
    small: bool = False,
    wide: bool = False,
    icon: str | None = None,
    **props: Any,
) -> rx.Component:
    """A link to one of our screens that looks like a button."""
    mark = draw(icon) if icon else rx.fragment()
    return link(mark, *children, to=to, class_name=_classes(tone, small, wide), **props)


def button_row(*children: Child, **props: Any) -> rx.Component:
    """Buttons beside each other; they wrap, and fill the width on a client's phone."""
    return rx.el.div(*children, class_name="button-row", **props)


def reason_beside(*, id: Text, reason: Text, bad: bool = False) -> rx.Component:
    """Why the button is disabled. Give the button `aria_describedby` with the same `id`."""
    words = rx.el.span(
        draw("circle-alert") if bad else draw("lock"),
        reason,
        id=id,
        class_name="button-reason is-bad" if bad else "button-reason",
    )
    return optional(reason, words) if given(reason) else rx.fragment()


def segmented_links(*, label: Text, items: list[tuple[Text, Text, str | None]], current: Text) -> rx.Component:
    """Views with an address each: items are (words, address, icon or None); `current` is the one shown."""
    return rx.el.nav(
        *[
            link(
                draw(mark) if mark else rx.fragment(),
                words,
                to=to,
                class_name="segment",
                aria_current=when(current == to, "page", "false"),
            )
            for words, to, mark in items
        ],
        aria_label=label,
        class_name="segmented",
    )


def segmented_radios(
    *, label: Text, name: str, items: list[tuple[str, str]], value: Text, on_change: Handler
) -> rx.Component:
    """One of a few, without an address: items are (value, words); `on_change` gets the value."""
    return rx.el.div(
        *[
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name=name,
                    value=key,
                    checked=value == key,
                    on_change=on_change,
                    aria_label=words,
                ),
                words,
                class_name="segment",
            )
            for key, words in items
        ],
        role="radiogroup",
        aria_label=label,
        class_name="segmented",
    )


def chip(*children: Child, on: Flag = False, on_click: Handler = None, **props: Any) -> rx.Component:
    """A filter that is pressed or not."""
    return rx.el.button(
        *children,
        type="button",
        class_name="chip",
        aria_pressed=when(on, "true", "false"),
        **({} if on_click is None else {"on_click": on_click}),
        **props,
    )
