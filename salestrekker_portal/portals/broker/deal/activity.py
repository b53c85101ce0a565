"""The timeline of a deal as a page."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.activity_state import ActivityState
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay import drawer


@page(
    "/deals/[deal_id]/activity",
    title="Activity",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, ActivityState.load],
)
def activity_page() -> rx.Component:
    rows = rx.foreach(
        ActivityState.deeds,
        lambda each: data.activity_row(
            initials=each["initials"],
            words=each["words"],
            when_at=each["when_at"],
            exact=each["exact"],
            key=each["id"],
        ),
    )
    older = rx.cond(
        ActivityState.has_older, forms.button("Show older", on_click=ActivityState.load_older), rx.fragment()
    )
    timeline = rx.el.div(data.card(rows, title="Activity", flush=True), older, class_name="stack")
    views = forms.segmented_links(
        label="What to show",
        items=[("Everything", "?show=all", "activity"), ("Messages sent", "?show=messages", "mail")],
        current=ActivityState.view,
    )
    shown = rx.el.div(views, rx.cond(ActivityState.view == "?show=messages", _messages(), timeline), class_name="stack")
    return deal_frame(
        live_signal(on_change=ActivityState.load),
        rx.cond(ActivityState.loaded_id == DealFrameState.deal_id, shown, feedback.skeleton_card()),
        active="activity",
    )


def _messages() -> rx.Component:
    """What left about this deal, and what did not and why."""
    nothing = feedback.empty(
        title="No messages yet",
        text="E-mails and SMS about this deal appear here, with those that were not sent and why.",
        mark="mail",
    )
    found = data.rows(rx.foreach(ActivityState.messages, _message))
    return rx.fragment(_opened(), _told(found, nothing))


def _opened() -> rx.Component:
    """The message as it was read; its link and PIN are nobody's any more."""
    message = ActivityState.message
    again = rx.cond(
        message["why_not"] == "",
        forms.button("Send again", icon="send", tone="primary", on_click=ActivityState.send_again),
        rx.el.p(message["why_not"], class_name="small muted"),
    )
    close = forms.button("Close", on_click=ActivityState.read(""))
    back = forms.button("Take it back", icon="undo-2", on_click=ActivityState.take_back)
    return drawer(
        rx.el.p("To ", message["to"], class_name="muted breakable"),
        rx.el.h3(message["subject"]),
        rx.foreach(message["lines"].to(list[str]), lambda line: rx.el.p(line, class_name="lines breakable")),
        id="message",
        open=message["id"] != "",
        on_close=ActivityState.read(""),
        title=message["what"],
        foot=rx.fragment(rx.cond(message["waits"].to(bool), back, again), close),
    )


def _told(found: rx.Component, nothing: rx.Component) -> rx.Component:
    return rx.cond(ActivityState.messages, data.card(found, title="Messages sent", flush=True), nothing)


def _message(row: rx.Var) -> rx.Component:
    state = rx.match(
        row["status"],
        ("skipped", data.badge("Not sent", tone="warn", icon="ban")),
        ("sent", data.badge("Sent", tone="ok", icon="check")),
        ("delivered", data.badge("Delivered", tone="ok", icon="check-check")),
        ("bounced", data.badge("Came back", tone="bad", icon="undo-2")),
        ("failed", data.badge("Failed", tone="bad", icon="x")),
        ("withdrawn", data.badge("Withdrawn", icon="undo-2")),
        ("unknown", data.badge("Checking", tone="warn", icon="clock")),
        data.badge("Waiting", tone="info", icon="clock"),
    )
    read = rx.cond(
        row["status"] == "skipped",
        rx.fragment(),
        forms.button(
            "Read", unseen(" " + row["what"].to(str)), small=True, on_click=ActivityState.read(row["id"].to(str))
        ),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.span(row["what"], class_name="row-name"),
                " ",
                rx.el.span(row["to"], class_name="muted"),
                rx.cond(row["why"], rx.el.span(row["why"], class_name="row-note block"), rx.fragment()),
                class_name="grow breakable",
            ),
            rx.cond(row["cost"], rx.el.span(row["cost"], class_name="small muted nowrap"), rx.fragment()),
            state,
            read,
            rx.el.time(row["when_at"], title=row["exact"], class_name="small muted nowrap"),
            class_name="row is-wrap told-line",
        ),
        key=row["id"],
    )
