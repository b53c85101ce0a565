"""Required documents of a deal: what is asked of whom, and where it stands."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.documents.adding import adding_dialogs
from salestrekker_portal.portals.broker.documents.adding_state import AddingState
from salestrekker_portal.portals.broker.documents.chasing import chasing_card, rest_item
from salestrekker_portal.portals.broker.documents.chasing_state import ChasingState
from salestrekker_portal.portals.broker.documents.required_state import RequiredState as S
from salestrekker_portal.portals.broker.documents.review import BADGES, review_pane
from salestrekker_portal.portals.broker.documents.rows import RequestRow
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar, status_badge
from salestrekker_portal.ui.feedback import empty, skeleton_card
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.kinds import when
from salestrekker_portal.ui.marks import icon, link, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by
from salestrekker_portal.ui.overlay.menu import menu, menu_button


@page(
    "/deals/[deal_id]/required-documents",
    title="Required documents",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, S.load, ChasingState.load],
)
def required_page() -> rx.Component:
    return deal_frame(
        live_signal(on_change=[S.load, ChasingState.load]),
        rx.cond((S.loaded_id != "") & (S.loaded_id == DealFrameState.deal_id), _body(), skeleton_card()),
        active="required",
        around=adding_dialogs(),
    )


def _body() -> rx.Component:
    head = rx.el.div(
        rx.el.h2("Required documents"),
        rx.el.span(S.summary, class_name="muted small figures"),
        rx.el.div(
            button("Add single", icon="plus", on_click=AddingState.show("single")),
            button("Add from template", icon="list", on_click=AddingState.show("list")),
            class_name="row is-tight is-wrap push",
        ),
        class_name="section-head",
    )
    nothing = empty(
        button("Add from template", tone="primary", on_click=AddingState.show("list"), **pressed_by("a")),
        button("Add single", on_click=AddingState.show("single")),
        title="Nothing is asked for yet",
        text="Choose what this deal needs. Nothing is sent until you press Request: then each client gets one message.",
        mark="file-check",
        level="h3",
    )
    shown = rx.el.div(
        rx.el.div(rx.el.div(rx.foreach(S.groups, _group), class_name="card"), _bar(), class_name="stack"),
        review_pane(),
        class_name=["columns", when(S.chosen != "", "is-preview", "is-single")],
    )
    return rx.fragment(head, rx.cond(S.groups.length() > 0, shown, nothing), chasing_card())


def _group(group: rx.Var) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            avatar(group["initials"], size="tiny"),
            rx.el.b(group["name"]),
            rx.el.span(group["fact"], unseen(" done"), class_name="muted small figures"),
            class_name="request-group",
        ),
        rx.el.ul(rx.foreach(group["rows"].to(list[RequestRow]), _row)),
        key=group["key"],
    )


def _row(row: rx.Var) -> rx.Component:
    name = rx.el.button(
        row["name"],
        type="button",
        on_click=[S.open(row["id"]), do("show", "review", 250)],
        aria_pressed=when(S.chosen == row["id"], "true", "false"),
        class_name="request-name",
    )
    due = rx.el.span(row["due"], class_name=["small figures", when(row["late"], "is-late", "muted")])
    return rx.el.li(
        rx.el.div(name, rx.el.small(row["note"]), class_name="grow breakable"),
        status_badge(row["state"], cases=BADGES),
        due,
        menu(
            menu_button("Review", icon="eye", on_click=[S.open(row["id"]), do("show", "review", 250)]),
            rest_item(row),
            menu_button("Withdraw", icon="x", danger=True, on_click=S.withdraw(row["id"])),
            summary=rx.el.span(
                icon("ellipsis"),
                unseen(rx.Var.create("More for ") + row["name"].to(str)),
                class_name="button is-quiet is-icon is-small",
            ),
            end=True,
        ),
        class_name=["request", when(S.chosen == row["id"], "is-selected")],
        key=row["id"],
    )


# Where the pane stands below the list, choosing a request has to bring it into view.


def _bar() -> rx.Component:
    request = button("Request", tone="primary", icon="send", on_click=S.send, **pressed_by("r"))
    bar = rx.el.div(
        rx.el.div(
            rx.el.b(S.unsent_title),
            rx.el.p(S.unsent_text, class_name="small muted"),
            rx.cond(S.waiting_text != "", rx.el.p(S.waiting_text, class_name="small muted"), rx.fragment()),
            class_name="grow",
        ),
        rx.cond(
            (S.waiting_text != "") | ~S.sendable,
            link("Invite", to=DealFrameState.deal_path + "/share", class_name="button"),
            rx.fragment(),
        ),
        rx.cond(S.sendable, request, rx.fragment()),
        class_name="request-bar",
    )
    return rx.cond(S.unsent > 0, bar, rx.fragment())
