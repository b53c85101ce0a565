"""Whole pages for when the wanted one cannot be shown. Each says what happened and what to do."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from ..forms.buttons import link_to_button
from ..kinds import Child, Text
from .panels import empty


def error_page(
    *, title: Text, text: Text, to: Text = "/", words: str = "Go to the start", mark: str = "cloud-off"
) -> Child:
    """Something went wrong: what happened, what to do. It fills the main part of a frame."""
    return rx.el.div(
        rx.el.h1(title, class_name="unseen"),
        empty(link_to_button(words, to=to, tone="primary"), title=title, text=text, mark=mark),
    )


def no_permission(*, text: Text, to: Text = "/", words: str = "Go back to the start") -> Child:
    """The page exists, and is not theirs to see; `text` says who can help."""
    return error_page(title="You can't open this page", text=text, to=to, words=words, mark="lock")


def not_found(*, to: Text = "/", words: str = "Go to the start") -> Child:
    """There is nothing at this address."""
    return error_page(
        title="We can't find that page",
        text="It may have been removed, or you may not have access to it. Check the address, or start again.",
        to=to,
        words=words,
        mark="search-x",
    )


def broken(*, stateful: bool) -> rx.Component:
    """The boundary around every page: when drawing one fails, our words stand there instead of a trace."""
    page = rx.el.div(
        rx.el.main(
            rx.el.h1("Something went wrong on this page", class_name="page-title"),
            rx.el.p(
                "What you saved is safe. Load the page again; if it still fails, tell us.",
                class_name="empty-text",
            ),
            rx.el.a("Load the page again", href="", class_name="button is-primary"),
            id="main",
            class_name="gate",
        ),
        class_name="frame roomy",
    )
    props = {} if stateful else {"on_error": rx.noop()}
    return ErrorBoundary.create(fallback_render=rx.Var.create(page), **props)
