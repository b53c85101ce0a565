"""Where a passkey of theirs lets a client in with their link: first where they were before, otherwise below the PIN."""

import reflex as rx

from salestrekker_portal.portals.client.arrival.state import ArrivalState as S
from salestrekker_portal.ui.forms import submit
from salestrekker_portal.ui.forms.passkey import ANYWHERE, passkey_form
from salestrekker_portal.ui.marks import icon


def phone_first(token: rx.Component) -> rx.Component:
    """In a browser that they came in with before. `token` are the hidden fields of the link."""
    either = rx.el.p("or", class_name="small muted")
    form = _form(token, "Continue with this phone")
    first = rx.el.div(rx.el.h2("Open with this phone"), form, either, class_name=f"{ANYWHERE} stack")
    return rx.cond(S.has_passkey & S.is_known, first, rx.fragment())


def phone_after(token: rx.Component) -> rx.Component:
    """In any other: a passkey may have come along with their account, or lie in a phone beside it."""
    after = rx.el.div(rx.el.hr(), _form(token, "Use a passkey instead"), class_name=f"{ANYWHERE} stack")
    return rx.cond(S.has_passkey & ~S.is_known, after, rx.fragment())


def _form(token: rx.Component, words: str) -> rx.Component:
    return passkey_form(
        token,
        rx.el.p("Your face, finger or screen lock opens your file. No text is sent.", class_name="small muted"),
        submit(icon("fingerprint", size=18), words, wide=True),
        kind="use",
        ask="/session/client/passkey/ask",
        action="/session/client/passkey",
        said_no="Phone said no? That happens with wet fingers or a mask. Try again, or use a PIN. Nothing is locked.",
        class_name="stack is-tight",
    )
