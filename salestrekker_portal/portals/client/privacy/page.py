"""The client's privacy page."""

import reflex as rx

from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.phone.page import phones_card
from salestrekker_portal.portals.client.phone.state import PhoneState
from salestrekker_portal.portals.client.privacy.partner_card import partners_card
from salestrekker_portal.portals.client.privacy.partner_state import PartnersSeeState
from salestrekker_portal.portals.client.privacy.reach import reach_card
from salestrekker_portal.portals.client.privacy.reach_state import ReachState
from salestrekker_portal.portals.client.privacy.state import PrivacyState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar, card, person
from salestrekker_portal.ui.feedback import banner, confirm, skeleton_rows
from salestrekker_portal.ui.forms import button, submit
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon


def _looks() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            optional(row["day"], rx.el.p(row["day"], class_name="small strong muted")),
            rx.el.div(
                avatar(row["initials"], size="small", tone="info"),
                rx.el.span(
                    rx.el.span(rx.el.b(row["who"]), " ", row["what"], class_name="block breakable"),
                    optional(row["role"], rx.el.span(row["role"], class_name="small muted")),
                    class_name="grow",
                ),
                rx.el.time(row["at"], class_name="small muted"),
                class_name="fact-line is-ruled",
            ),
            key=row["id"],
        )

    none = rx.el.p("Nobody has opened your file since you came in. When somebody does, it stands here.")
    return card(
        rx.cond(S.looks.length() > 0, rx.el.ul(rx.foreach(S.looks, one), class_name="fact-lines is-plain"), none),
        title="Who has seen what",
    )


def _who_can() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            person(name=row["name"], initials=row["initials"], role=row["sees"], tone="accent"), key=row["id"]
        )

    return card(rx.el.ul(rx.foreach(DashboardState.people, one), class_name="stack"), title="Who can see your file")


def _agreed() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            icon("file-check", size=18),
            rx.el.span(
                rx.el.span(row["what"], class_name="block"),
                rx.el.span("Agreed ", row["at"], class_name="small muted"),
                optional(row["address"], rx.el.span(" from ", row["address"], class_name="small muted")),
                class_name="grow",
            ),
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    return card(
        rx.el.ul(rx.foreach(S.receipts, one), class_name="fact-lines is-plain"),
        rx.el.a(
            icon("download"),
            "Download your receipt",
            href="/portal/receipt",
            class_name="button is-wide",
        ),
        title="What you agreed to",
        id="agreed",
    )


def _own_data() -> rx.Component:
    text = rx.el.p(
        "Your answers, the documents that you sent, messages, what you agreed to and who looked, in one zip file. "
        "It holds personal papers: keep it somewhere safe.",
        class_name="small",
    )
    # A plain form: the browser saves the answer, and a page of somebody else can't post it.
    form = post_form(submit(icon("download"), "Download my data", tone="second", wide=True), action="/portal/my-data")
    refused = optional(S.refused, banner(rx.el.p(S.refused), tone="warn", title="Not now"))
    return card(rx.el.div(text, refused, form, class_name="stack is-tight"), title="Your data", id="my-data")


def _devices() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            icon("monitor-smartphone", size=20),
            rx.el.span(
                rx.el.span(row["name"], class_name="strong block"),
                rx.el.span(row["since"], class_name="small muted"),
                class_name="grow",
            ),
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    question = confirm(
        button("Sign out everywhere now", tone="danger", on_click=S.sign_out_everywhere),
        button("Stay signed in", tone="quiet", on_click=S.ask(False)),
        title="Sign out everywhere?",
        text="Every browser is signed out at once, this one too. To come back, open your link and enter your PIN.",
    )
    ask = button("Sign out everywhere", tone="danger", wide=True, icon="log-out", on_click=S.ask(True))
    return card(
        rx.el.ul(rx.foreach(S.devices, one), class_name="fact-lines is-plain"),
        rx.cond(S.asking, question, ask),
        title="Where you are signed in",
    )


@page(
    "/portal/privacy",
    title="Privacy",
    portal=Portal.CLIENT,
    on_load=[ClientShell.load, S.load, ReachState.load, PartnersSeeState.load, PhoneState.load, DashboardState.load],
)
def privacy_page() -> rx.Component:
    body = rx.el.div(
        page_head(title="Your privacy", lead="Who can see your file, who has looked, and how we reach you."),
        rx.el.div(
            rx.el.div(_looks(), _who_can(), partners_card(), class_name="stack"),
            rx.el.div(reach_card(), _agreed(), _own_data(), phones_card(), _devices(), class_name="stack"),
            class_name="columns",
        ),
    )
    again = [S.load, ReachState.load, PartnersSeeState.load]
    return client_page(rx.cond(S.ready, body, skeleton_rows()), current="privacy", on_change=again)
