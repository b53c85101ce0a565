"""The same client's other deals: how they stand there, and ending their access without leaving this deal."""

import reflex as rx

from salestrekker_portal.portals.broker.share.state import ShareState as S
from salestrekker_portal.ui.feedback import confirm
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.marks import link


def other_deals() -> rx.Component:
    """Nothing where there is no other deal with a way in, now or earlier."""
    body = rx.el.section(
        rx.el.h3(S.first_name, " in other deals"),
        rx.el.ul(rx.foreach(S.elsewhere, _line), class_name="boxed"),
        rx.el.p(
            "Each deal has its own way in, and they don’t disturb each other. Ending one works on settled deals too, "
            "and changes none of their dates.",
            class_name="small muted",
        ),
        class_name="stack is-tight",
    )
    return rx.cond(S.elsewhere.length() > 0, body, rx.fragment())


def _line(row: rx.Var) -> rx.Component:
    words = rx.el.span(
        link(row["deal"], to=row["path"], class_name="strong block breakable"),
        rx.el.span(row["state"], class_name="small muted block"),
        class_name="grow",
    )
    end = button(
        "Revoke",
        rx.el.span(" access to ", row["deal"], class_name="unseen"),
        small=True,
        disabled=S.refusal != "",
        on_click=S.ask_other(row["id"]),
    )
    question = confirm(
        button("Revoke access", tone="danger", small=True, on_click=S.revoke_other(row["id"])),
        button("Keep access", tone="quiet", small=True, on_click=S.ask_other("")),
        title="Revoke their access to that deal?",
        text="They are signed out of it at once. This deal, and what they sent there, stay as they are.",
        show=S.asking_other == row["id"],
    )
    return rx.el.li(
        rx.el.div(words, rx.cond(row["live"], end, rx.fragment()), class_name="row"),
        question,
        class_name="preflight is-stacked",
        key=row["id"],
    )
