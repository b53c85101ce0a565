"""Use this phone next time: the question on the dashboard, and the list under Privacy."""

import reflex as rx

from salestrekker_portal.portals.client.phone.state import PhoneState as S
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import button, looks_like_button, submit
from salestrekker_portal.ui.forms.passkey import HERE, passkey_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import ask_first

SAID_NO = "Your phone or computer said no, or you stopped it. Try again, or leave it: your PIN works as before."


def _make(page: str, *beside: rx.Component) -> rx.Component:
    return passkey_form(
        rx.el.input(type="hidden", name="page", value=page),
        rx.el.div(submit(icon("fingerprint", size=18), "Use this phone next time"), *beside, class_name="button-row"),
        kind="make",
        ask="/session/client/phone/ask",
        action="/session/client/phone",
        said_no=SAID_NO,
    )


def phone_question(*, asks: rx.Var, refused: rx.Var, kept: rx.Var, on_later: rx.event.EventType) -> rx.Component:
    """On the dashboard, once, where the browser can: one press instead of PINs from now on."""
    points = rx.el.ul(
        rx.el.li(icon("zap", size=18), rx.el.span("Next time you are in with one press, without a text.")),
        rx.el.li(
            icon("shield-check", size=18),
            rx.el.span("Your face or finger never leaves this phone or computer. We can’t see it."),
        ),
        rx.el.li(
            icon("user", size=18),
            rx.el.span("Only say yes on ", rx.el.strong("your own"), ", not on one you share."),
        ),
        class_name="fact-lines is-plain",
    )
    words = rx.el.p("Your face, finger or screen lock instead of a PIN. No app, no password.")
    later = button("Not now", tone="quiet", on_click=on_later)
    asked = card(
        rx.el.div(
            words,
            points,
            optional(refused, banner(tone="bad", text=refused)),
            _make("/portal", later),
            rx.el.p("We ask once. You can switch it on or off under Privacy.", class_name="small muted"),
            class_name="stack is-tight",
        ),
        title="Use this phone next time?",
    )
    return rx.fragment(
        optional(kept, banner(tone="ok", text=kept)),
        rx.cond(asks, rx.el.div(asked, class_name=HERE), rx.fragment()),
    )


def phones_card() -> rx.Component:
    """Under Privacy: which there are, away with one, and one more."""

    def one(row: rx.Var) -> rx.Component:
        away = ask_first(
            button("Forget it", tone="danger", on_click=S.forget(row["id"].to(str))),
            press=looks_like_button("Forget", small=True),
            title="Forget this one?",
            text="From there you need a PIN again. What you typed and sent stays.",
        )
        return rx.el.li(
            icon("fingerprint", size=20),
            rx.el.span(
                rx.el.span(row["name"], class_name="strong block"),
                rx.el.span(row["about"], class_name="small muted"),
                class_name="grow",
            ),
            away,
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    none = rx.el.p("None yet. A PIN is sent whenever one is needed.", class_name="small muted")
    add = rx.cond(S.possible, rx.el.div(_make("/portal/privacy"), class_name=HERE), rx.fragment())
    return card(
        rx.el.div(
            optional(S.kept, banner(tone="ok", text=S.kept)),
            optional(S.refused, banner(tone="bad", text=S.refused)),
            rx.cond(S.phones.length() > 0, rx.el.ul(rx.foreach(S.phones, one), class_name="fact-lines is-plain"), none),
            add,
            class_name="stack is-tight",
        ),
        title="Phones and computers that let you in",
        id="phones",
    )
