"""The card below a deal's requests: who is reminded of what, when next, and what was sent."""

import reflex as rx

from salestrekker_portal.portals.broker.documents.chasing_state import ChasingState as S
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay.menu import menu_button


def chasing_card() -> rx.Component:
    """Nothing where nobody owes anything and nobody was reminded."""
    rests = forms.switch(
        id="chasing-rests",
        label="Pause for this deal",
        checked=S.rests,
        on_change=lambda on: S.pause(on),
    )
    card = data.card(
        optional(S.off, rx.el.p(S.off, class_name="small muted chasers-off")),
        rx.cond(S.people.length() > 0, data.rows(rx.foreach(S.people, _person)), rx.fragment()),
        rx.cond(S.sent.length() > 0, _history(), rx.fragment()),
        title="Reminders",
        end=rests,
        flush=True,
    )
    return rx.cond(S.loaded & ((S.people.length() > 0) | (S.sent.length() > 0)), card, rx.fragment())


def _person(row: rx.Var) -> rx.Component:
    now = forms.button(
        "Remind now", unseen(rx.Var.create(" ") + row["name"].to(str)), small=True, icon="bell-ring",
        on_click=S.chase(row["id"]),
    )  # fmt: skip
    line = rx.el.div(
        rx.el.div(
            rx.el.h3(row["name"], class_name="row-name"),
            rx.el.p(row["what"], class_name="row-note"),
            class_name="grow breakable",
        ),
        rx.el.span(row["when"], class_name="small muted figures"),
        rx.cond(row["ready"], now, rx.fragment()),
        class_name="row is-wrap",
    )
    return rx.el.li(line, key=row["id"])


def _history() -> rx.Component:
    line = lambda row: rx.el.div(  # noqa: E731
        rx.el.div(
            rx.el.p(row["who"], class_name="row-name"),
            rx.el.p(row["what"], class_name="row-note"),
            class_name="grow breakable",
        ),
        rx.el.span(row["when"], class_name="small muted figures"),
        class_name="row is-wrap",
    )
    each = lambda row: rx.el.li(line(row), key=row["id"])  # noqa: E731
    return rx.el.details(
        rx.el.summary("Sent so far: ", S.sent.length(), class_name="link"),
        data.rows(rx.foreach(S.sent, each)),
        class_name="chasers-sent",
    )


def rest_item(row: rx.Var) -> rx.Component:
    """In the menu of one request: remind of it no longer, or again."""
    rests = S.resting.contains(row["id"])
    return rx.cond(
        rests,
        menu_button("Remind again", icon="bell", on_click=S.pause_one(row["id"], False)),
        menu_button("Don’t remind", icon="bell-off", on_click=S.pause_one(row["id"], True)),
    )
