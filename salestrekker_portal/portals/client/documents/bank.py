"""The card with which a client connects their bank, or doesn't."""

import reflex as rx

from salestrekker_portal.portals.client.documents.bank_state import ClientBankState as S
from salestrekker_portal.ui.data import badge, card
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import button, button_row, looks_like_link, tick
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import ask_first


def bank_card() -> rx.Component:
    """Nothing at all while no statements are asked for."""
    marks = rx.match(
        S.card["step"],
        ("working", badge("Being fetched", tone="info", icon="hourglass")),
        ("done", badge("Here", tone="ok", icon="check")),
        ("over", badge("Run out", tone="warn", icon="clock")),
        rx.fragment(),
    )
    body = rx.el.div(
        rx.el.p(S.card["text"]),
        rx.match(S.card["step"], ("ask", _ask()), ("over", _over()), rx.fragment()),
        rx.cond(S.card["may_stop"], _stop(), rx.fragment()),
        class_name="stack is-tight",
    )
    shown = rx.el.div(card(body, title=S.card["title"], end=marks), id="bank")
    return rx.cond(S.card["step"] != "", shown, rx.fragment())


def _ask() -> rx.Component:
    form = post_form(
        rx.el.input(type="hidden", name="request", value=S.card["id"], read_only=True),
        rx.el.input(type="hidden", name="wording", value=S.wording, read_only=True),
        tick(id="bank-agree", name="agree", value="yes", label="I agree that this is shared", required=True),
        button_row(
            rx.el.button(
                icon("landmark"), S.card["button"], rx.el.span(" (opens a new tab)", class_name="unseen"),
                type="submit", class_name="button is-primary",
            ),
            rx.el.a("Upload statements instead", href="#to-do", class_name="button"),
        ),
        action="/bank/open",
        custom_attrs={"target": "_blank", "rel": "noopener"},
        class_name="stack is-tight",
    )  # fmt: skip
    return rx.fragment(
        optional(S.card["problem"], banner(tone="bad", text=S.card["problem"], close=True, live=False)),
        rx.el.h3("What is shared"),
        rx.el.ul(
            rx.foreach(S.card["shares"].to(list[str]), lambda line: rx.el.li(line, key=line)), class_name="bullets"
        ),
        form,
        rx.el.p("Works until ", S.card["until"], ".", class_name="small muted"),
    )


def _over() -> rx.Component:
    return button_row(
        button("Ask for a new one", tone="primary", icon="rotate-cw", on_click=S.ask_again(S.card["id"])),
        rx.el.a("Upload statements instead", href="#to-do", class_name="button"),
    )


def _stop() -> rx.Component:
    words = rx.cond(S.card["step"] == "done", "Delete the summary of my statements", "Stop sharing")
    done = S.card["step"] == "done"
    question = ask_first(
        button(words, tone="danger", on_click=S.stop(S.card["id"])),
        press=looks_like_link(words, danger=True),
        title=rx.cond(done, "Delete the summary of your statements?", "Stop sharing?"),
        text=rx.cond(
            done,
            "The summary is gone for good. The statements themselves stay with your documents.",
            "Nothing more is fetched from your bank. What has arrived stays with your documents.",
        ),
    )
    return rx.el.div(question, class_name="small")
