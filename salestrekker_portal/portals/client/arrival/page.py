"""The client's front door: a live link asks for the PIN; replaced, revoked and unknown ones explain themselves."""

import reflex as rx

from salestrekker_portal.portals.client.arrival.no_way_in import (
    ask_again,
    broker_call,
    contact_broker,
    elsewhere,
    message,
    revoked,
    unknown,
)
from salestrekker_portal.portals.client.arrival.phone import phone_after, phone_first
from salestrekker_portal.portals.client.arrival.state import ArrivalState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui.data import avatar
from salestrekker_portal.ui.feedback import banner, skeleton_form
from salestrekker_portal.ui.forms import pin_input, submit
from salestrekker_portal.ui.forms.cool_down import cool_down_button
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.frame import gate_frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, outside


def _call(words: rx.Component | str) -> rx.Component:
    return rx.cond(S.phone != "", outside(words, href=f"tel:{S.phone}"), rx.el.span(words))


def _said() -> rx.Component:
    return rx.fragment(
        optional(S.refusal, banner(tone="bad", text=S.refusal)),
        optional(S.done, banner(tone="ok", text=S.done)),
    )


def _token() -> rx.Component:
    return rx.fragment(
        rx.el.input(type="hidden", name="token", value=S.token), rx.el.input(type="hidden", name="to", value=S.to)
    )


def _words() -> rx.Component:
    proof = rx.el.ul(
        rx.el.li(icon("lock", size=20), rx.el.span("This page is at ", rx.el.b(S.host)), class_name="fact-line"),
        rx.el.li(icon("eye", size=20), rx.el.span("You can see everyone who opens your file"), class_name="fact-line"),
        optional(
            S.phone,
            rx.el.li(
                icon("phone", size=20),
                rx.el.span("Not sure? Call ", S.broker_first, " on ", _call(S.phone)),
                class_name="fact-line",
            ),
        ),
        class_name="fact-lines",
    )
    return rx.el.div(
        rx.el.div(
            avatar(S.broker_initials, tone="accent", size="large"),
            rx.el.h1(S.broker, " at ", S.firm, " has invited you"),
            class_name="gate-person",
        ),
        rx.el.p("Hello ", S.hello, ". ", S.lead, class_name="page-lead"),
        proof,
    )


def _pin_form() -> rx.Component:
    return post_form(
        _token(),
        pin_input(
            label="PIN",
            help=rx.Var.create("Six digits. We sent it by text to ") + S.mobile_hint + ".",
            error=S.pin_error,
            auto_focus=~(S.has_passkey & S.is_known),
            required=True,
        ),
        submit("Continue", wide=True),
        rx.el.p("Next: short documents to read, about 3 minutes.", class_name="small muted"),
        action="/session/client",
        class_name="stack",
    )


def _new_pin_form(lead: str, words: str) -> rx.Component:
    return post_form(
        _token(),
        rx.el.p(lead, class_name="small muted"),
        cool_down_button(
            icon("message-square-text", size=18),
            rx.el.span(words),
            rx.el.span(" to ", S.mobile_hint),
            seconds=S.wait_seconds,
            waiting="You can ask for a new PIN in",
        ),
        rx.el.p(
            "Changed your number? ",
            _call(rx.el.span("Call ", S.broker_first)),
            " to update it.",
            class_name="small muted",
        ),
        action="/session/client/pin",
        class_name="stack is-tight",
    )


def _live() -> rx.Component:
    card = rx.el.div(
        rx.el.div(
            phone_first(_token()),
            rx.el.h2(rx.cond(S.asks_fresh, "A fresh PIN opens your file", "Enter your six-digit PIN")),
            _said(),
            rx.cond(
                S.asks_fresh,
                _new_pin_form("Your PIN is good only where you used it within the last 30 days.", "Text me a PIN"),
                rx.fragment(_pin_form(), rx.el.hr(), _new_pin_form("Didn’t get it?", "Send a new PIN")),
            ),
            phone_after(_token()),
            class_name="card-body stack",
        ),
        class_name="card",
    )
    return gate_frame(_words(), card, firm=S.firm, logo=S.logo, shape="two", end=broker_call(), foot=rx.el.span(S.firm))


def _replaced() -> rx.Component:
    def step(number: int, *words) -> rx.Component:
        return rx.el.li(rx.el.span(number, class_name="numbered-no", aria_hidden="true"), rx.el.span(*words))

    sent = rx.cond(S.newest_sent, rx.fragment(", sent ", S.newest_sent), "")
    steps = rx.el.ol(
        step(1, "Look for the newest e-mail from ", S.firm, sent, "."),
        step(2, "Check your spam or junk folder if it isn’t in your inbox."),
        step(3, "Still no luck? We can send it again to ", rx.el.b(S.email_hint), "."),
        class_name="numbered",
    )
    form = post_form(_token(), submit("Send me the current link", wide=True), action="/session/client/link")
    lead = S.broker_first + (
        " sent you a newer invitation. For your safety, only the newest link opens your file. "
        "Everything you have already typed is still there."
    )
    return message(
        _said(),
        steps,
        form,
        ask_again("Ask with another e-mail or mobile"),
        contact_broker(),
        eyebrow="Old invitation",
        title="This link was replaced by a newer one",
        lead=lead,
    )


def _stopped() -> rx.Component:
    lead = (
        "For your safety it opens nothing any more: too many wrong PINs were typed, or your e-mail or mobile was "
        "changed. What you typed and sent is safe."
    )
    return message(
        _said(),
        contact_broker(lead="One call, and you get a new link."),
        eyebrow="Link stopped",
        title="This link was stopped",
        lead=lead,
    )


def waiting() -> rx.Component:
    return gate_frame(skeleton_form(count=1), firm=S.firm, logo=S.logo)


@page("/portal/[link_token]", title="Your invitation", portal=None, on_load=[S.load])
def arrival_page() -> rx.Component:
    return rx.match(
        S.link_state,
        ("live", _live()),
        ("replaced", _replaced()),
        ("stopped", _stopped()),
        ("revoked", revoked()),
        ("unknown", unknown()),
        ("elsewhere", elsewhere()),
        waiting(),
    )
