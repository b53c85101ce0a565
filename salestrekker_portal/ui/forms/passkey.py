"""A form whose answer comes from a passkey: assets/passkeys.js has the browser ask for face, finger or screen lock."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Handler, Text
from .post import post_form

# Class names of what is shown only where the browser can: at all, and in this very device.
ANYWHERE, HERE = "needs-passkey", "needs-passkey is-here"


def asked_passkey(*children: Child, ask: str, on_submit: Handler, said_no: Text, **props: Any) -> rx.Component:
    """The same for a passkey that is used without leaving the page: its answer goes to the event `on_submit`."""
    return rx.el.form(
        *children,
        rx.el.input(type="hidden", name="answer", default_value=""),
        _said(said_no),
        on_submit=on_submit,
        custom_attrs={"data-passkey": "use", "data-ask": ask},
        **props,
    )


def _said(said_no: Text) -> rx.Component:
    return rx.el.p("", role="status", class_name="small passkey-said", custom_attrs={"data-passkey-said": said_no})


def passkey_form(
    *children: Child, kind: Literal["make", "use"], ask: str, action: str, said_no: Text, **props: Any
) -> rx.Component:
    """Asks `ask` for a challenge, has the browser answer it, and posts that to `action` with its other fields.

    `said_no` stands below it when the person or their device said no.
    """
    return post_form(
        *children,
        rx.el.input(type="hidden", name="answer", default_value=""),
        _said(said_no),
        action=action,
        custom_attrs={"data-passkey": kind, "data-ask": ask},
        **props,
    )
