"""The client's documents: a box for each request, in three piles."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.portals.client.documents.bank import bank_card
from salestrekker_portal.portals.client.documents.bank_state import ClientBankState
from salestrekker_portal.portals.client.documents.boxes import box, file_line, finished, waiting
from salestrekker_portal.portals.client.documents.state import ClientDocumentsState as S
from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import empty, skeleton_rows
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.marks import link
from salestrekker_portal.ui.uploads import upload_box

LEAD = "Photos are fine. PDF, photos and scans up to 50 MB each; you can send several at once."


def _pile(number: rx.Var, words: rx.Var | str, to: str) -> rx.Component:
    return rx.el.a(rx.el.b(number), rx.el.span(words), href=to, reload_document=True, class_name="pile")


def _section(id: str, title: rx.Var | str, *children: rx.Component, end: rx.Component | None = None) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, id=f"{id}-title"), end if end is not None else rx.fragment(), class_name="row is-apart"
        ),
        *children,
        id=id,
        aria_labelledby=f"{id}-title",
        class_name="stack is-pile",
    )


def _piles() -> rx.Component:
    nothing = empty(
        title="Nothing to send right now",
        text="When your " + ClientShell.broker_word + " needs a document, its box appears here and you get an e-mail.",
        mark="file-check",
        level="h3",
    )
    with_broker = rx.Var.create("With ") + S.broker
    looked_at = S.with_broker.length() + S.loose.length()
    return rx.el.div(
        bank_card(),
        rx.el.nav(
            _pile(S.to_do.length(), "To do", "#to-do"),
            _pile(looked_at, with_broker, "#with-broker"),
            _pile(S.done.length(), "Accepted", "#accepted"),
            aria_label="Documents by state",
            class_name="piles",
        ),
        _section(
            "to-do",
            "To do",
            rx.cond(S.to_do.length() > 0, rx.el.div(rx.foreach(S.to_do, box)), nothing),
            end=rx.el.span(S.next_due, class_name="small muted"),
        ),
        rx.cond(
            looked_at > 0,
            _section("with-broker", with_broker, rx.el.div(rx.foreach(S.with_broker, waiting)), _loose()),
            rx.fragment(),
        ),
        rx.cond(
            S.done.length() > 0,
            _section("accepted", "Accepted", card(rx.el.ul(rx.foreach(S.done, finished), class_name="rows"))),
            rx.fragment(),
        ),
        _shared(),
        class_name="stack is-loose",
    )


def _loose() -> rx.Component:
    return rx.cond(
        S.loose.length() > 0,
        card(rx.foreach(S.loose, lambda each: file_line(each)), title="Everything else you sent", level="h3"),
        rx.fragment(),
    )


def _shared() -> rx.Component:
    return rx.cond(
        S.shared.length() > 0,
        _section(
            "shared",
            rx.Var.create("From ") + S.broker,
            card(rx.foreach(S.shared, lambda each: file_line(each, undo=False))),
        ),
        rx.fragment(),
    )


def _aside() -> rx.Component:
    pile = upload_box(
        rx.el.h2("Drop everything here"),
        rx.el.p("Send a whole pile at once. ", S.broker, " sorts out which is which.", class_name="small muted"),
        box="pile",
        name="other documents",
        fields={"portal": "client"},
        known=S.loose_known,
        on_done=S.load,
        **box_rules(),
    )
    return rx.el.aside(
        rx.el.section(pile, class_name="drop is-pile"),
        card(
            rx.el.p(S.who_sees, class_name="small"),
            link("See who has opened them", to="/portal/privacy", class_name="small"),
            title="Who sees these",
        ),
        class_name="stack",
    )


@page(
    "/portal/documents",
    title="Documents",
    portal=Portal.CLIENT,
    on_load=[ClientShell.load, S.load, ClientBankState.load],
)
def documents_page() -> rx.Component:
    body = rx.el.div(page_head(title="Documents", lead=LEAD), rx.el.div(_piles(), _aside(), class_name="columns"))
    return client_page(
        rx.cond(S.ready, body, skeleton_rows()), current="documents", on_change=[S.load, ClientBankState.load]
    )
