"""A form that the browser itself posts to a route of ours, which may set a cookie and answers with a page."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from ..kinds import Child, Text


class PostForm(BaseHTML):
    """A native `<form>`. Reflex's own never leaves the page: without a handler it prevents every submit."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    target: rx.Var[str]
    enc_type: rx.Var[str]


def post_form(*children: Child, action: Text, **props: Any) -> rx.Component:
    """Posts its fields to `action`, with or without our script."""
    return PostForm.create(*children, action=action, method="post", **props)
