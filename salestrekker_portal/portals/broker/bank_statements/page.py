"""Bank statements of a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.bank_statements.found import found_card
from salestrekker_portal.portals.broker.bank_statements.state import BankStatementsState as S
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card, status_badge
from salestrekker_portal.ui.feedback import banner, skeleton_card
from salestrekker_portal.ui.forms import (
    button,
    button_row,
    link_to_button,
    looks_like_button,
    select,
    submit,
    tick,
    ticks,
)
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay import ask_first

BADGES = {
    "draft": ("Not sent", "plain", None),
    "sent": ("Sent", "info", "mail"),
    "opened": ("Opened", "info", "external-link"),
    "in_progress": ("Being fetched", "info", "hourglass"),
    "partial": ("Partly in", "warn", "triangle-alert"),
    "complete": ("In", "ok", "check"),
    "failed": ("Did not work", "bad", "x"),
    "expired": ("Run out", "warn", "clock"),
    "withdrawn": ("Withdrawn", "plain", "minus"),
}


@page(
    "/deals/[deal_id]/bank-statements",
    title="Bank statements",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, S.load],
)
def bank_statements_page() -> rx.Component:
    return deal_frame(
        live_signal(on_change=S.load),
        rx.cond(S.loaded_id == DealFrameState.deal_id, _body(), skeleton_card()),
        active="bank",
    )


def _body() -> rx.Component:
    closed = banner(
        tone="warn",
        title="Nobody can be asked yet",
        text=S.closed,
        actions=optional(S.fix, link_to_button("Activate", to=S.fix, small=True)),
        live=False,
    )
    requests = card(rx.el.ul(rx.foreach(S.requests, _request), class_name="rows"), title="Requests", flush=True)
    return rx.fragment(
        rx.el.div(rx.el.h2("Bank statements"), class_name="section-head"),
        rx.cond(S.closed != "", closed, _ask()),
        rx.cond(S.requests.length() > 0, requests, rx.fragment()),
        rx.foreach(S.found, found_card),
    )


def _person(row: rx.Var) -> rx.Component:
    return tick(
        id=rx.Var.create("ask-") + row["id"].to(str),
        label=row["name"],
        note=row["note"],
        checked=row["ticked"],
        disabled=~row["allowed"].to(bool),
        on_change=lambda on: S.tick(row["id"], on),
        key=row["id"],
    )


def _ask() -> rx.Component:
    lead = rx.el.p(
        "Your client connects their bank through ",
        S.provider,
        ", and the statements arrive under Documents. The link works for five days; a reminder goes out a day before.",
        class_name="small muted",
    )
    form = rx.el.form(
        lead,
        ticks(rx.foreach(S.people, _person), id="ask-people", label="Who is asked", error=S.error, boxed=True),
        select(
            id="months",
            name="months",
            label="Months",
            choices=[("3", "3 months"), ("6", "6 months")],
            blank=None,
            default_value=S.months,
            key="months-" + S.months,
        ),
        select(
            id="how",
            name="how",
            label="How they hear of it",
            choices=[
                ("email", "E-mail bank statements link"),
                ("call", "In a call: no e-mail, it shows on their page"),
            ],
            blank=None,
            default_value="email",
        ),
        button_row(submit("Ask for statements")),
        on_submit=S.send,
        no_validate=True,
        class_name="stack is-tight",
    )
    return card(form, title="Ask for bank statements")


def _request(row: rx.Var) -> rx.Component:
    whose = unseen(rx.Var.create(" for ") + row["name"].to(str))
    acts = rx.el.div(
        rx.cond(
            row["withdraw"],
            button("Copy link", whose, small=True, icon="copy", on_click=S.copy(row["access"])),
            rx.fragment(),
        ),
        rx.cond(
            row["renew"],
            button("Renew", whose, small=True, icon="rotate-cw", on_click=S.renew(row["id"])),
            rx.fragment(),
        ),
        rx.cond(
            row["withdraw"],
            ask_first(
                button("Withdraw", tone="danger", on_click=S.withdraw(row["id"])),
                press=looks_like_button("Withdraw", whose, small=True, tone="quiet"),
                title=rx.Var.create("Stop asking ") + row["name"].to(str) + " for bank statements?",
                text="Their link stops working. What has arrived stays under Documents.",
            ),
            rx.fragment(),
        ),
        class_name="row is-tight is-wrap",
    )
    words = rx.el.div(
        rx.el.p(row["name"], class_name="row-name"),
        rx.el.p(row["about"], class_name="row-note"),
        rx.el.p(row["when"], class_name="row-note"),
        optional(row["problem"], rx.el.p(row["problem"], class_name="small bad")),
        class_name="grow breakable",
    )
    return rx.el.li(
        words, status_badge(row["state"], cases=BADGES), acts, class_name="statement-request", key=row["id"]
    )
