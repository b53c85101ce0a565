"""The client profile inside a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.profile.figures import figures
from salestrekker_portal.portals.broker.profile.reviewing import news, reviewing, sending_back
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState as S
from salestrekker_portal.portals.broker.profile.taking import taking
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.portals.shared.profile import parts
from salestrekker_portal.portals.shared.profile.steps import steps
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import not_found, skeleton_form
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import modal
from salestrekker_portal.ui.questions import GoToField, SavedWord


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.h2(S.title, class_name="profile-title"),
        optional(S.left, rx.el.span(S.left, " missing", class_name="badge is-warn")),
        SavedWord.create(icon("check"), scope=S.scope, words=S.saved, saving="Saving…"),
        rx.el.span("What you change here is saved under your name.", class_name="small muted push no-print"),
        rx.el.button(
            icon("printer"),
            "Print",
            type="button",
            class_name="button is-small no-print",
            on_click=do("print"),
        ),
        class_name="profile-head",
    )


def _history() -> rx.Component:
    def line(was: rx.Var) -> rx.Component:
        back = button("Undo to this", small=True, icon="undo-2", on_click=S.put_back(was["id"]))
        return rx.el.li(
            rx.el.span(
                rx.el.strong(was["words"]),
                rx.el.span(was["by"], ", ", was["at"], class_name="small muted block"),
                class_name="grow",
            ),
            rx.cond(was["now"], rx.el.span("now", class_name="badge"), back),
            class_name="review-line",
            key=was["id"],
        )

    return modal(
        rx.el.ul(rx.foreach(S.was, line)),
        id="history",
        title=rx.cond(S.history_label != "", f"History of {S.history_label}", "History"),
        open=S.history_of != "",
        on_close=S.close_history,
    )


def _latest() -> rx.Component:
    """What clients have just answered, wherever in the profile it was."""

    def line(answer: rx.Var) -> rx.Component:
        return rx.el.li(
            rx.el.span(answer["label"], ": ", rx.el.strong(answer["words"]), class_name="grow"),
            rx.el.span(answer["by"], ", ", answer["where"], ", ", answer["at"], class_name="small muted"),
            class_name="review-line",
            key=answer["id"],
        )

    lines = rx.el.ul(rx.foreach(S.latest, line), class_name="latest-answers")
    return rx.cond(S.latest.length() > 0, card(lines, title="Latest answers"), rx.fragment())


@page(
    "/deals/[deal_id]/profile",
    title="Client profile",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, S.load],
)
def profile() -> rx.Component:
    """Every page of everybody, live while the client types."""
    main = rx.el.div(
        _head(),
        parts.people_here(S),
        news(),
        reviewing(),
        figures(),
        taking(),
        _latest(),
        parts.totals(S),
        parts.removed(S),
        rx.el.div(parts.blocks(S, heads=True), class_name="profile-blocks"),
        GoToField.create(epoch=S.epoch),
    )
    shown = rx.el.div(
        rx.el.div(steps(S.steps, label="Pages of the profile", fresh=S.fresh_on), class_name="profile-steps no-print"),
        rx.cond(S.epoch > 0, main, skeleton_form(count=6)),
        class_name="profile-layout",
    )
    return deal_frame(
        live_signal(on_change=S.refresh),
        rx.cond(S.missing, not_found(), shown),
        active="profile",
        around=rx.fragment(_history(), sending_back()),
    )
