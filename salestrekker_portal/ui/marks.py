"""The smallest pieces: an icon, a link, words that only a screen reader hears."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from .kinds import Child, Text


def icon(name: str, *, size: int = 16, **props: Any) -> rx.Component:
    """A lucide icon by its static name. It is decoration: put a word beside it."""
    return rx.icon(name, size=size, aria_hidden="true", **props)


def link(*children: Child, to: Text, **props: Any) -> rx.Component:
    """A link to one of our own screens; it changes the page without loading everything again.

    Whoever points at it, or tabs to it, has the script of that screen fetched meanwhile.
    """
    attributes = {"prefetch": "intent", **props.pop("custom_attrs", {})}
    return ReactRouterLink.create(*children, to=to, custom_attrs=attributes, **props)


def outside(*children: Child, href: Text, **props: Any) -> rx.Component:
    """A link that leaves the app: a file, a mail or phone address, an HTTP route such as an export.

    `reload_document` matters: without it the router takes the click, and an HTTP route is never reached.
    """
    return rx.el.a(*children, href=href, reload_document=True, **props)


def unseen(words: Text, **props: Any) -> rx.Component:
    """Words for a screen reader only."""
    return rx.el.span(words, class_name="unseen", **props)
