"""Consent: each document in short and in full, and one button."""

import reflex as rx

from salestrekker_portal.portals.client.consent.state import ConsentState as S
from salestrekker_portal.portals.client.frame import ClientShell
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner, skeleton_card
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.frame import gate_frame, page_head
from salestrekker_portal.ui.frame.parts import call_link, sign_out_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, outside


def _reading(row: rx.Var) -> rx.Component:
    point = lambda words: rx.el.li(icon("check"), rx.el.span(words), class_name="fact-line", key=words)  # noqa: E731
    return card(
        optional(row["version"], rx.el.p(row["version"], class_name="small muted")),
        optional(row["short"].length(), rx.el.p("In short", class_name="strong")),
        rx.el.ul(rx.foreach(row["short"], point), class_name="fact-lines is-plain"),
        outside(
            icon("file-text"),
            rx.el.span("Read the full ", row["said"]),
            href=row["href"],
            target="_blank",
            rel="noopener",
            class_name="read-full",
        ),
        title=row["name"],
        key=row["key"],
    )


def _agree() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "By pressing “I agree” you say that you were given ",
            rx.cond(
                S.readings.length() == 1,
                "this document and had the chance to read it, ",
                "these documents and had the chance to read them, ",
            ),
            "and that you agree to your information being collected and used this way.",
        ),
        rx.el.div(
            button("I agree", tone="primary", on_click=S.agree),
            sign_out_form(portal="client", class_name="button is-quiet", words="I don’t agree"),
            class_name="button-row",
        ),
        rx.el.p(
            "We keep which versions you agreed to and when; your receipt is under Privacy. If you don’t agree, nothing "
            "is collected and ",
            ClientShell.broker_first,
            " can talk with you about other ways to go ahead.",
            class_name="small muted",
        ),
        class_name="stack",
    )


def _nothing() -> rx.Component:
    return banner(
        tone="warn",
        title="The documents aren’t here yet",
        text="Your " + ClientShell.broker_word + " has to add them before you can start. Please call them.",
        live=False,
    )


@page("/portal/consent", title="Before you start", portal=Portal.CLIENT, on_load=[ClientShell.load, S.load])
def consent_page() -> rx.Component:
    body = rx.el.div(
        page_head(title=S.title, lead="About 3 minutes. Nothing is collected until you agree.", eyebrow="Step 2 of 3"),
        rx.foreach(S.readings, _reading),
        rx.cond(S.readings.length() > 0, _agree(), _nothing()),
        class_name="stack is-loose",
    )
    return gate_frame(
        rx.cond(S.ready, body, skeleton_card()),
        firm=ClientShell.firm,
        shape="middle",
        end=optional(ClientShell.phone, call_link(phone=ClientShell.phone)),
        foot=rx.el.span(ClientShell.firm),
        around=rx.fragment(live_signal(on_change=[ClientShell.load, S.load]), notice_region()),
    )
