"""What stands where a link doesn't lead in: one card that says why, and whom to call."""

from typing import Literal

import reflex as rx

from salestrekker_portal.portals.client.arrival.state import ArrivalState as S
from salestrekker_portal.ui.forms import link_to_button
from salestrekker_portal.ui.frame import gate_frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, outside


def broker_call() -> rx.Component:
    """The firm's number at the top right."""
    words = rx.el.span(rx.el.span("Call ", class_name="unseen"), S.phone)
    link = outside(icon("phone", size=18), words, href=f"tel:{S.phone}", class_name="button is-quiet is-small")
    return optional(S.phone, link)


def message(*children: rx.Component, eyebrow: rx.Var | str, title: rx.Var | str, lead: rx.Var | str) -> rx.Component:
    """One card that explains why there is nothing else to see."""
    return gate_frame(
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.el.p(eyebrow, class_name="eyebrow"),
                    rx.el.h1(title),
                    rx.el.p(lead, class_name="page-lead"),
                    class_name="stack is-tight",
                ),
                *children,
                class_name="card-body stack is-loose",
            ),
            class_name="card",
        ),
        firm=S.firm,
        logo=S.logo,
        end=broker_call(),
        foot=rx.el.span(S.firm),
    )


def contact_broker(*, lead: str = "") -> rx.Component:
    """Whom to call, when we know."""
    words = rx.el.span("Call ", S.broker_first, ", ", S.phone)
    button = outside(icon("phone"), words, href=f"tel:{S.phone}", class_name="button is-wide")
    return rx.fragment(rx.el.p(lead) if lead else rx.fragment(), optional(S.phone, button))


def ask_again(words: str = "Ask for your link again", *, tone: Literal["primary", "second"] = "second") -> rx.Component:
    """To the page that sends it; with the link that brought somebody here, so that it can say whom to call."""
    where = rx.cond(S.token != "", rx.Var.create("/portal/lost-link?link=") + S.token, "/portal/lost-link")
    return link_to_button(words, to=where, tone=tone, wide=True)


def revoked() -> rx.Component:
    lead = S.firm + " has ended access through this link. What you sent stays safe with " + S.broker_first + "."
    return message(
        contact_broker(lead="If you think that is a mistake, or want a copy of your data, get in touch."),
        rx.el.p("Were you invited again, or elsewhere?"),
        ask_again(),
        eyebrow="Access ended",
        title="Your access has ended",
        lead=lead,
    )


def unknown() -> rx.Component:
    return message(
        rx.el.ul(
            rx.el.li("Open the newest invitation e-mail and press its button."),
            rx.el.li("If you copied the address, check that it is complete."),
            rx.el.li("Lost the e-mail? We send you your link again. Your broker can do so too."),
            class_name="bullets",
        ),
        ask_again(tone="primary"),
        link_to_button("Go to the start", to="/", wide=True),
        eyebrow="Unknown link",
        title="We don’t know this link",
        lead="It may have been cut off on its way to you.",
    )


def elsewhere() -> rx.Component:
    return message(
        rx.el.ul(
            rx.el.li("Open the newest invitation e-mail on this device and press its button."),
            rx.el.li("If you were sent on from inside a mail app, press the button in the e-mail once more."),
            rx.el.li("Does this browser refuse cookies? Allow them for this page."),
            class_name="bullets",
        ),
        ask_again(tone="primary"),
        eyebrow="Your link",
        title="Open your link once more",
        lead="For your safety an address alone opens nothing, and this browser doesn’t hold your link.",
    )
