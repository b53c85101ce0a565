"""Rows about one thing each: a contact, a note, a file, a deed, a condition."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Flag, Text, given, optional, when
from ..marks import icon as draw
from ..marks import link, outside
from .marks import avatar, badge, mark_icon, meter

AUDIENCES = {
    "team": ("Team", "plain", "lock"),
    "client": ("Client", "info", "eye"),
    "partner": ("Partner", "accent", "eye"),
}


def contact_row(
    *,
    name: Text,
    initials: Text,
    role: Text = "",
    email: Text = "",
    phone: Text = "",
    state: Child | None = None,
    actions: Child | None = None,
    company: bool = False,
    **props: Any,
) -> rx.Component:
    """A person or company on a deal: how to reach them, their portal `state`, and `actions` at the right."""
    mail = outside(draw("mail"), email, href=f"mailto:{email}", class_name="contact-way")
    call = outside(draw("smartphone"), phone, href=f"tel:{phone}", class_name="contact-way")
    return rx.el.div(
        avatar(initials, square=company, tone="plain" if company else "info"),
        rx.el.div(
            rx.el.div(
                rx.el.span(name, class_name="contact-name"),
                optional(role, rx.el.span(role, class_name="small muted")),
                state if state is not None else rx.fragment(),
                class_name="row is-tight is-wrap",
            ),
            rx.el.div(optional(email, mail), optional(phone, call), class_name="contact-ways"),
            class_name="grow",
        ),
        rx.el.div(actions, class_name="contact-acts") if actions is not None else rx.fragment(),
        class_name="contact",
        **props,
    )


def audience_badge(audience: Text) -> rx.Component:
    """Who may read a note: "team", "client" or "partner"."""
    if not isinstance(audience, rx.Var):
        words, tone, mark = AUDIENCES[audience]
        return badge(words, tone=tone, icon=mark)
    cases = [(key, badge(words, tone=tone, icon=mark)) for key, (words, tone, mark) in AUDIENCES.items()]
    return rx.match(audience, *cases, rx.fragment())


def note(
    *,
    author: Text,
    initials: Text,
    when_at: Text,
    body: Text,
    exact: Text = "",
    audience: Text = "",
    role: Text = "",
    important: Flag = False,
    actions: Child | None = None,
    files: Child | None = None,
    **props: Any,
) -> rx.Component:
    """A note on a deal with who wrote it, when, and who may read it. `exact` shows on the time when hovered."""
    return rx.el.article(
        rx.el.div(
            avatar(initials, size="small", tone="accent"),
            rx.el.b(author),
            optional(role, rx.el.span(role)),
            rx.el.time(when_at, title=exact),
            rx.el.span(
                optional(audience, audience_badge(audience)) if given(audience) else rx.fragment(),
                actions if actions is not None else rx.fragment(),
                class_name="note-end row is-tight",
            ),
            class_name="note-head",
        ),
        rx.el.p(body, class_name="note-body"),
        files if files is not None else rx.fragment(),
        class_name=["note", when(important, "is-important")] if given(important) else "note",
        **props,
    )


def file_row(
    *,
    name: Text,
    meta: Text = "",
    href: Text = "",
    percent: Any = None,
    state: Child | None = None,
    actions: Child | None = None,
    picture: Flag = False,
    **props: Any,
) -> rx.Component:
    """A file: name (a link with `href`), facts, progress while it is going up (`percent`, 0 to 100)."""
    plain = rx.el.span(name, class_name="file-name")
    shown = when(href, outside(name, href=href, class_name="file-name"), plain) if given(href) else plain
    bar = rx.fragment() if percent is None else meter(percent, label="Uploaded", thin=True)
    return rx.el.div(
        rx.el.span(
            when(picture, draw("image", size=18), draw("file-text", size=18)),
            class_name="file-thumb",
            aria_hidden="true",
        ),
        rx.el.span(shown, optional(meta, rx.el.span(meta, class_name="file-meta")), bar, class_name="grow"),
        state if state is not None else rx.fragment(),
        rx.el.span(actions, class_name="file-acts") if actions is not None else rx.fragment(),
        class_name="file",
        **props,
    )


def activity_row(*, initials: Text, words: Text, when_at: Text, exact: Text = "", **props: Any) -> rx.Component:
    """Who did what, when."""
    return rx.el.div(
        avatar(initials, size="tiny"),
        rx.el.span(words, class_name="grow breakable"),
        rx.el.time(when_at, title=exact),
        class_name="activity",
        **props,
    )


def preflight_row(
    *, state: Text, name: Text, reason: Text = "", fix_to: Text = "", fix: Text = "Fix", **props: Any
) -> rx.Component:
    """One condition before an invitation: `state` is "ok", "failing" or "waiting"; `fix_to` mends it."""
    signs = rx.match(
        state,
        ("ok", mark_icon("check", tone="ok")),
        ("failing", mark_icon("x", tone="bad")),
        mark_icon("minus", tone="idle"),
    )
    said = rx.match(state, ("ok", "Done: "), ("failing", "To fix: "), "Waiting: ")
    button = link(fix, to=fix_to, class_name="button is-small", aria_label=rx.Var.create(fix) + ": " + name)
    return rx.el.li(
        signs,
        rx.el.span(
            rx.el.span(rx.el.span(said, class_name="unseen"), name, class_name="preflight-name"),
            optional(reason, rx.el.small(reason)) if given(reason) else rx.fragment(),
            class_name="grow",
        ),
        optional(fix_to, button) if given(fix_to) else rx.fragment(),
        class_name=["preflight", when(state == "failing", "is-failing"), when(state == "waiting", "is-waiting")],
        **props,
    )


def blocker(
    *,
    name: Text,
    text: Text = "",
    tone: Literal["ok", "warn", "bad", "info"] = "warn",
    act: Child | None = None,
    **props: Any,
) -> rx.Component:
    """One thing that keeps a deal from its next stage, or one that no longer does (`ok`)."""
    sign = {"ok": "check", "warn": "circle-alert", "bad": "x", "info": "clock"}[tone]
    return rx.el.li(
        mark_icon(sign, tone=tone),
        rx.el.span(
            rx.el.b(name) if tone != "ok" else name, optional(text, rx.el.small(text)), class_name="blocker-text"
        ),
        act if act is not None else rx.fragment(),
        class_name="blocker is-done" if tone == "ok" else "blocker",
        **props,
    )
