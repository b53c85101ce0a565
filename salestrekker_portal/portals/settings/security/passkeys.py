"""Passkeys of staff: the list, away with one, one more, and recovery codes beside them."""

import reflex as rx

from salestrekker_portal.domains.signing_in.own_passkeys import MOST_IN_A_NAME
from salestrekker_portal.portals.settings.security.passkeys_state import PasskeysState as S
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.passkey import ANYWHERE, passkey_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay import ask_first

WHAT = "Your fingerprint, face or a security key. Nothing to type, nothing to steal."
SAID_NO = "Your device said no, or you stopped it. Try again, or use an authenticator app."


def passkeys_part() -> rx.Component:
    """Everything about them; hidden where the browser has none and there are none."""
    codes = feedback.banner(
        forms.button("Make recovery codes", on_click=S.make_first_codes, small=True),
        tone="warn",
        title="No way in yet if it is lost",
        text="Ten recovery codes let you in when no passkey is at hand.",
    )
    shown = feedback.banner(
        rx.el.ul(
            rx.foreach(S.first_codes, lambda code: rx.el.li(rx.el.code(code), key=code)),
            class_name="bullets",
            translate="no",
        ),
        tone="ok",
        title="Your recovery codes, shown this once",
        text="Each lets you in once. Print them or write them down; keep them out of your e-mail.",
    )
    return rx.el.div(
        rx.el.p(WHAT),
        optional(S.added, feedback.banner(tone="ok", text=S.added)),
        rx.cond(S.first_codes.length() > 0, shown, rx.fragment()),
        rx.cond(S.keys.length() > 0, data.rows(rx.foreach(S.keys, _one)), rx.fragment()),
        rx.cond((S.keys.length() > 0) & ~S.has_codes, codes, rx.fragment()),
        rx.cond(S.possible, _add(), rx.el.p("They work only at the portal’s own secure address.", class_name="small")),
        class_name="stack",
    )


def _one(each: rx.Var) -> rx.Component:
    away = ask_first(
        forms.button("Remove it", tone="danger", on_click=S.take_away(each["id"].to(str))),
        press=forms.looks_like_button("Remove", small=True),
        title="Remove this passkey?",
        text="It lets nobody in any more. Without another one, or an app, your password alone opens your account.",
    )
    words = rx.el.div(
        rx.el.strong(each["name"]), rx.el.div(each["about"], class_name="row-note"), class_name="grow breakable"
    )
    return rx.el.li(rx.el.div(words, away, class_name="row"), key=each["id"])


def _add() -> rx.Component:
    return rx.el.div(
        optional(S.errors["passkey"], feedback.banner(tone="bad", text=S.errors["passkey"])),
        passkey_form(
            rx.el.input(type="hidden", name="page", value=S.page),
            forms.fields(
                forms.text_input(
                    id="passkey-name",
                    name="name",
                    label="Name",
                    default_value=S.name,
                    key=S.name,
                    limit=MOST_IN_A_NAME,
                    help="So that you can tell it from others: “Work laptop”, “Security key in the safe”.",
                    error=S.errors["name"],
                ),
                rx.el.div(forms.submit("Add a passkey", tone="second"), class_name="button-row"),
            ),
            kind="make",
            ask="/session/passkey/ask",
            action="/session/passkey",
            said_no=SAID_NO,
        ),
        class_name=ANYWHERE,
    )
