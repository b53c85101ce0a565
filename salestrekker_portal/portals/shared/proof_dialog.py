"""The question who sits there, over whatever page it is asked on."""

from typing import Any

import reflex as rx

from salestrekker_portal.domains.signing_in.second_step import MOST_LETTERS
from salestrekker_portal.portals.events.asking import ProofState
from salestrekker_portal.ui import feedback, forms, overlay
from salestrekker_portal.ui.forms.passkey import ANYWHERE, asked_passkey

WHY = (
    "It is a while since you signed in. Show once more that it is you: what you pressed then goes on by itself, and "
    "you aren’t asked again for 15 minutes."
)
SAID_NO = "Your device said no, or you stopped it. Try again, or type your password."


def proof_dialog(S: Any = ProofState, *, ask: str = "/session/proof/ask") -> rx.Component:
    """Closed, until what somebody pressed needs it. `S` is a Proving."""
    passkey = asked_passkey(
        rx.cond(S.errors["passkey"], feedback.banner(tone="bad", text=S.errors["passkey"]), rx.fragment()),
        forms.submit("Use a passkey", wide=True, tone="second"),
        ask=ask,
        on_submit=S.prove_by_passkey,
        said_no=SAID_NO,
        class_name=ANYWHERE,
    )
    return rx.fragment(
        # For the script of passkeys, which has no State: it goes on with its form by itself.
        rx.el.button(id="prove-again", type="button", hidden=True, on_click=S.ask("")),
        overlay.modal(
            rx.el.div(
                rx.el.p(WHY),
                _typed(S),
                rx.cond(S.by_passkey, passkey, rx.fragment()),
                class_name="stack is-loose",
            ),
            id="proof",
            open=S.asking,
            on_close=S.leave,
            title="Is it you?",
        ),
    )


def _typed(S: Any) -> rx.Component:
    password = forms.text_input(
        id="proof-password",
        name="password",
        label="Your password",
        type="password",
        auto_complete="current-password",
        error=S.errors["password"],
        custom_attrs={"data-first": ""},
    )
    code = forms.text_input(
        id="proof-code",
        name="code",
        label="Or six digits of your app",
        input_mode="numeric",
        auto_complete="one-time-code",
        limit=MOST_LETTERS,
        help="A recovery code works too, once.",
        error=S.errors["code"],
    )
    return rx.el.form(
        forms.fields(
            password,
            rx.cond(S.by_app, code, rx.fragment()),
            rx.el.div(
                forms.submit("Go on"),
                forms.button("Cancel", on_click=S.leave),
                class_name="button-row",
            ),
        ),
        on_submit=S.prove,
        no_validate=True,
        key="proof-" + S.form.to_string(),
    )
