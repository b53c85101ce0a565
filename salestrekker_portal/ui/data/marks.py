"""Small signs: badges, labels, counts, people, progress. Each says in words what its colour says."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Flag, Number, Text, given, optional, when
from ..marks import icon as draw
from ..marks import unseen

BadgeTone = Literal["plain", "ok", "warn", "bad", "info", "accent"]


def badge(words: Text, *, tone: BadgeTone = "plain", icon: str | None = None, **props: Any) -> rx.Component:
    """A state in a word, with an icon so that colour is never alone."""
    classes = "badge" if tone == "plain" else f"badge is-{tone}"
    return rx.el.span(draw(icon, size=12) if icon else rx.fragment(), words, class_name=classes, **props)


def status_badge(
    status: rx.Var, *, cases: dict[str, tuple[str, BadgeTone, str | None]], otherwise: Text = ""
) -> rx.Component:
    """A badge chosen in the browser by a status Var: {value: (words, tone, icon)}.

    Keep the dict beside the screen that owns the status, so the words stay in one place.
    """
    pairs = [(value, badge(words, tone=tone, icon=mark)) for value, (words, tone, mark) in cases.items()]
    return rx.match(status, *pairs, badge(otherwise) if given(otherwise) else rx.fragment())


def label(words: Text, **props: Any) -> rx.Component:
    """A broker's own label on a deal."""
    return rx.el.span(words, class_name="label", **props)


def labels(words: rx.Var | list[str]) -> rx.Component:
    """A row of labels."""
    made = rx.foreach(words, lambda w: label(w, key=w)) if isinstance(words, rx.Var) else [label(w) for w in words]
    return rx.el.span(*(made if isinstance(made, list) else [made]), class_name="labels")


def count(number: Number | Text, *, loud: bool = False, meaning: Text = "") -> rx.Component:
    """How many; `loud` for what waits to be read. `meaning` is heard after the number ("unread")."""
    said = unseen(f" {meaning}") if given(meaning) else rx.fragment()
    return rx.el.span(number, said, class_name="count is-loud" if loud else "count")


def avatar(
    initials: Text,
    *,
    tone: Literal["plain", "accent", "info", "warn"] = "plain",
    size: Literal["", "tiny", "small", "large"] = "",
    square: bool = False,
    here: Flag = False,
) -> rx.Component:
    """A person's initials; decoration beside their name. `here` adds the dot of someone looking now."""
    parts = [
        "avatar",
        "" if tone == "plain" else f"is-{tone}",
        f"is-{size}" if size else "",
        "is-square" if square else "",
    ]
    classes: Any = " ".join(part for part in parts if part)
    if given(here):
        classes = [classes, when(here, "is-here")]
    return rx.el.span(initials, class_name=classes, aria_hidden="true")


def person(*, name: Text, initials: Text, role: Text = "", end: Child | None = None, **looks: Any) -> rx.Component:
    """A person in a row: initials, name, what they are here."""
    return rx.el.div(
        avatar(initials, **looks),
        rx.el.span(
            rx.el.span(name, class_name="person-name"),
            optional(role, rx.el.span(role, class_name="person-role")),
            class_name="grow",
        ),
        end if end is not None else rx.fragment(),
        class_name="person",
    )


def ring(percent: Number, *, label: Text = "complete", large: bool = False) -> rx.Component:
    """How complete something is, as a ring with its number; `percent` is 0 to 100."""
    # The length of the ring's line; the dash that is left out is the part that is missing.
    around = 2 * 3.14159 * 6
    full = percent >= 100
    none = percent <= 0
    drawing = rx.el.svg(
        rx.el.circle(cx="8", cy="8", r="6", class_name="ring-track"),
        rx.el.circle(
            cx="8",
            cy="8",
            r="6",
            class_name="ring-value",
            stroke_dasharray=str(around),
            stroke_dashoffset=around * (100 - percent) / 100,
        ),
        view_box="0 0 16 16",
        class_name=["ring is-large" if large else "ring", when(full, "is-done"), when(none, "is-none")],
        aria_hidden="true",
    )
    return rx.el.span(drawing, rx.el.span(percent, "%"), unseen(f" {label}"), class_name="ring-line")


def meter(percent: Number, *, label: Text, thin: bool = False, text: Text = "") -> rx.Component:
    """Progress as a bar; `percent` is 0 to 100, `label` its accessible name, `text` the value in words."""
    said = {"aria_valuetext": text} if given(text) else {}
    return rx.el.div(
        rx.el.span(style={"width": rx.Var.create(percent).to_string() + "%"}),
        role="progressbar",
        aria_label=label,
        aria_valuemin=0,
        aria_valuemax=100,
        aria_valuenow=percent,
        class_name="meter is-thin" if thin else "meter",
        **said,
    )


def pips(parts: rx.Var, percent: Number, *, label: Text, text: Text) -> rx.Component:
    """Progress as a bar for each part and one for the end; `parts` and `percent`, of all, are 0 to 100."""

    def one(done: rx.Var) -> rx.Component:
        return rx.el.span(rx.el.span(style={"width": done.to_string() + "%"}))

    return rx.el.div(
        rx.foreach(parts, one),
        rx.el.span(),
        role="progressbar",
        aria_label=label,
        aria_valuemin=0,
        aria_valuemax=100,
        aria_valuenow=percent,
        aria_valuetext=text,
        class_name="pips",
    )


MOVES = {"ours": "Our move", "client": "Client's move", "lender": "Lender's move"}


def whose_move(who: Text) -> rx.Component:
    """Who acts next: "ours", "client" or "lender"; square, circle and diamond tell them apart."""
    if not isinstance(who, rx.Var):
        return rx.el.span(MOVES[who], class_name=f"move is-{who}")
    cases = [(key, rx.el.span(words, class_name=f"move is-{key}")) for key, words in MOVES.items()]
    return rx.match(who, *cases, rx.fragment())


def mark_icon(name: str, *, tone: Literal["ok", "warn", "bad", "info", "idle"] = "idle") -> rx.Component:
    """A small round sign at the start of a row."""
    return rx.el.span(draw(name, size=12), class_name=f"mark-icon is-{tone}", aria_hidden="true")
