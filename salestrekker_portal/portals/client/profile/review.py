"""Checking the profile and handing it in."""

import reflex as rx

from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.profile.page import band, review_link
from salestrekker_portal.portals.client.profile.state import REVIEW
from salestrekker_portal.portals.client.profile.state import ProfileReviewState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.profile.steps import step_sheet, steps
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner, skeleton_rows
from salestrekker_portal.ui.forms import button, link_to_button, reason_beside
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link


def _missing() -> rx.Component:
    def line(thing: rx.Var) -> rx.Component:
        return rx.el.li(
            icon("circle-dashed", size=20),
            rx.el.span(
                link(thing["label"], to=thing["path"]),
                rx.el.span(thing["where"], class_name="small muted block"),
                class_name="grow",
            ),
            icon("chevron-right"),
            class_name="review-line",
            key=thing["id"],
        )

    count = S.missing.length()
    return rx.cond(
        count > 0,
        card(
            rx.el.p(
                "About ", S.minutes, " minutes. Each one takes you straight to the question.", class_name="small muted"
            ),
            rx.el.ul(rx.foreach(S.missing, line)),
            title=rx.cond(count == 1, "1 answer is missing", f"{count} answers are missing"),
            tone="next",
        ),
        rx.cond(
            (S.submitted == "") & (S.lock_reason == ""),
            banner(tone="ok", title="Nothing is missing.", text="Look it over, then send it off.", live=False),
            rx.fragment(),
        ),
    )


def _answers() -> rx.Component:
    def line(row: rx.Var) -> rx.Component:
        dot = rx.cond(
            row["done"],
            rx.el.span(icon("check", size=12), class_name="step-dot is-done", aria_hidden="true"),
            rx.el.span(class_name="step-dot", aria_hidden="true"),
        )
        named = rx.el.span(" ", row["title"], class_name="unseen")
        return rx.el.li(
            dot,
            rx.el.span(
                rx.el.span(row["title"], class_name="strong block"),
                rx.el.span(row["line"], class_name="small muted block"),
                class_name="grow",
            ),
            link(rx.cond(S.lock_reason != "", "Look at", "Change"), named, to=row["path"]),
            class_name="review-line",
            key=row["path"],
        )

    return card(rx.el.ul(rx.foreach(S.pages, line)), title="Your answers")


def _submit() -> rx.Component:
    words = rx.fragment("Submit to ", S.broker)
    ready = button(words, tone="primary", wide=True, on_click=S.submit)
    waits = rx.fragment(
        button(words, wide=True, disabled=True, aria_describedby="why-not", on_click=S.refresh),
        reason_beside(id="why-not", reason=_why_not()),
        link_to_button("Ask ", S.broker, " to help with these", to="/portal/messages", wide=True),
    )
    return rx.cond(S.missing.length() > 0, waits, ready)


def _why_not() -> rx.Var:
    count = S.missing.length()
    return rx.cond(
        count == 1,
        "You can submit when the missing answer is done.",
        f"You can submit when the {count} missing answers are done.",
    )


def _sent() -> rx.Component:
    return banner(
        rx.el.p("You can still change your answers until ", S.broker, " locks them."),
        tone="ok",
        title=f"Sent to {S.broker} on {S.submitted}.",
        actions=rx.cond(
            (S.missing.length() == 0) & (S.lock_reason == ""),
            button("Submit again", on_click=S.submit),
            rx.fragment(),
        ),
    )


def _next() -> rx.Component:
    return rx.el.div(
        rx.el.h2("What happens next", class_name="review-next-title"),
        rx.el.p(
            S.broker,
            " checks your answers, and calls you if something is unclear. Your answers are then locked while "
            "lenders are compared, but you can still ask to change them.",
        ),
        class_name="review-next",
    )


@page(REVIEW, title="Check and submit", portal=Portal.CLIENT, on_load=[ClientShell.load, S.load])
def review() -> rx.Component:
    """What is missing, what is there, and the button."""
    lead = rx.cond(
        S.lock_reason != "",
        f"What you told {S.broker}, to look at.",
        rx.cond(
            S.missing.length() > 0,
            f"Fix what is missing, look over the rest, then send it to {S.broker}.",
            f"Look it over, then send it to {S.broker}.",
        ),
    )
    main = rx.el.div(
        page_head(title="Check and submit", lead=lead),
        rx.el.div(
            optional(S.submitted, _sent()),
            _missing(),
            _answers(),
            rx.cond((S.lock_reason == "") & (S.submitted == ""), _submit(), rx.fragment()),
            rx.cond(S.lock_reason == "", _next(), rx.fragment()),
            class_name="stack",
        ),
        class_name="flow-main",
    )
    fact = rx.cond(S.missing.length() > 0, f"{S.missing.length()} missing", "Nothing missing")
    return client_page(
        step_sheet(S.steps, where="Check and submit", fact=fact, last=review_link(current=True)),
        rx.el.div(
            rx.el.div(steps(S.steps, last=review_link(current=True)), class_name="flow-steps"),
            rx.cond(S.loaded, main, skeleton_rows(count=6)),
            class_name="flow",
        ),
        current="profile",
        on_change=S.refresh,
        band=band(S.lock_reason),
    )
