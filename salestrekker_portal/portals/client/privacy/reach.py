"""How we reach you: one line a topic, a switch for each way that the brokerage uses."""

import reflex as rx

from salestrekker_portal.portals.client.privacy.reach_state import ReachState as R
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import skeleton_rows
from salestrekker_portal.ui.forms.prompt import choice_input
from salestrekker_portal.ui.kinds import optional


def reach_card() -> rx.Component:
    """The switches, and what comes whatever they say."""
    table = rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th("About", scope="col"),
                rx.el.th("E-mail", scope="col", class_name="is-way"),
                rx.el.th("Text", scope="col", class_name="is-way"),
            )
        ),
        rx.el.tbody(rx.foreach(R.topics, _row)),
        class_name="reach",
    )
    return card(
        rx.cond(R.ready, table, skeleton_rows()),
        optional(R.where, rx.el.p(R.where, class_name="small muted reach-note")),
        rx.el.p(
            "A dash: your broker doesn’t send it that way. Some always come, because your page needs them: your "
            "invitation, your PIN, the e-mail that asks for documents, and word when your access ends.",
            class_name="small muted reach-note",
        ),
        title="How we reach you",
        id="reach",
    )


def _row(row: rx.Var) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row["label"], class_name="block"),
            rx.el.span(row["note"], class_name="small muted block"),
            scope="row",
        ),
        rx.el.td(_way(row, "email", "e-mail"), class_name="is-way"),
        rx.el.td(_way(row, "sms", "text"), class_name="is-way"),
        key=row["topic"],
    )


def _way(row: rx.Var, channel: str, words: str) -> rx.Component:
    switch = rx.el.label(
        choice_input(
            type="checkbox",
            role="switch",
            class_name="switch",
            checked=row[channel] == "on",
            on_change=lambda on: R.switch(row["topic"].to(str), channel, on),
            aria_label=row["label"].to(str) + f" by {words}",
        ),
        class_name="switch-cell",
    )
    none = rx.el.span("–", rx.el.span(f"Not sent by {words}", class_name="unseen"), class_name="muted")
    return rx.cond(row[channel] == "", none, switch)
