"""Checking the profile and handing it in."""

import reflex as rx

from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.profile.page import band, review_link, way
from salestrekker_portal.portals.client.profile.state import REVIEW
from salestrekker_portal.portals.client.profile.state import ProfileReviewState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.profile.steps import step_sheet, steps
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner, skeleton_rows
from salestrekker_portal.ui.forms import button, link_to_button, reason_beside
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link
from salestrekker_portal.ui.questions import GoToField


def _line(thing: rx.Var) -> rx.Component:
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


def _again() -> rx.Component:
    """What the broker sent back, before anything else."""
    return rx.cond(
        S.again.length() > 0,
        card(rx.el.ul(rx.foreach(S.again, _line)), title="To look at again", tone="next"),
        rx.fragment(),
    )


def _missing() -> rx.Component:
    count = S.missing.length()
    return rx.cond(
        count > 0,
        card(
            rx.el.p(
                f"About {S.minutes} {rx.cond(S.minutes == 1, 'minute', 'minutes')}. Each one takes you straight to the "
                "question.",
                class_name="small muted",
            ),
            rx.el.ul(rx.foreach(S.missing, _line)),
            title=rx.cond(count == 1, "1 answer is missing", f"{count} answers are missing"),
            tone="next",
        ),
        rx.cond(
            (S.submitted == "") & (S.lock_reason == ""),
            banner(tone="ok", title="Nothing is missing.", text="Look it over, then send it off.", live=False),
            rx.fragment(),
        ),
    )


def _answer(one: rx.Var) -> rx.Component:
    named = rx.el.span(" ", one["label"], class_name="unseen")
    return rx.el.div(
        rx.el.dt(optional(one["item"], rx.el.span(one["item"], class_name="said-item")), one["label"]),
        rx.el.dd(one["words"], class_name="said-words strong"),
        rx.cond(
            S.lock_reason != "",
            rx.fragment(),
            rx.el.dd(link("Change", named, to=one["path"], class_name="small")),
        ),
        class_name="said",
        key=one["id"],
    )


def _chapter(row: rx.Var) -> rx.Component:
    """Folded to what its first answers say; where something is missing one looks anyway. All of a life at once is
    longer than anybody is patient on a phone."""
    dot = rx.cond(
        row["done"],
        rx.el.span(icon("check", size=12), class_name="step-dot is-done", aria_hidden="true"),
        rx.el.span(class_name="step-dot", aria_hidden="true"),
    )
    named = rx.el.span(" ", row["title"], class_name="unseen")
    look = link(rx.cond(S.lock_reason != "", "Look at", "Change"), named, to=row["path"])
    words = rx.el.span(
        rx.el.span(row["title"], class_name="strong block"),
        optional(row["gist"], rx.el.span(row["gist"], class_name="small block said-words")),
        rx.el.span(row["line"], class_name="small muted block"),
        class_name="grow",
    )
    return rx.el.details(
        rx.el.summary(dot, words, icon("chevron-right")),
        rx.el.dl(rx.foreach(row["answers"], _answer)),
        rx.el.p(look, class_name="small said-look"),
        open=S.all_open | ~row["done"].to(bool),
        class_name="said-page",
        key=row["key"],
    )


def _answers() -> rx.Component:
    words = rx.cond(S.all_open, "Fold the answers", "Show all answers")
    return card(
        rx.foreach(S.pages, _chapter),
        title="Your answers",
        end=button(words, small=True, tone="quiet", on_click=S.show_all),
    )


def _truth() -> rx.Component:
    """What sending it says, above the button that does."""
    return rx.el.div(
        rx.el.p(rx.el.strong("By sending it you say:"), class_name="small"),
        rx.el.p(S.truth, id="truth"),
        class_name="truth",
    )


def _submit() -> rx.Component:
    words = rx.fragment("Submit to ", S.broker)
    ready = rx.fragment(_truth(), button(words, tone="primary", wide=True, on_click=S.submit, aria_describedby="truth"))
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
    again = rx.cond(
        S.changed,
        rx.fragment(
            _truth(),
            button(f"Send version {S.version + 1}", tone="primary", on_click=S.submit, aria_describedby="truth"),
        ),
        rx.el.p("Nothing has changed since, so there is nothing to send again.", class_name="small muted"),
    )
    some = rx.cond(S.to_send == 1, "1 document", f"{S.to_send} documents")
    return rx.fragment(
        banner(
            rx.el.p(
                S.broker, f" looks at it by {S.looked_at_by}, and calls you if something is unclear. You can still "
                "change your answers until ", S.broker, " locks them.",
            ),
            # Below the words, not beside them: on a phone there is no room for both.
            rx.cond((S.missing.length() == 0) & (S.lock_reason == ""), again, rx.fragment()),
            tone="ok",
            title=f"Sent to {S.broker} on {S.submitted}.",
        ),
        rx.cond(
            S.to_send > 0,
            card(
                rx.el.p("Your application goes on once they are there. Photos will do.", class_name="small muted"),
                link_to_button("Send my documents", to="/portal/documents", tone="primary", wide=True),
                title=rx.fragment("Next: send ", some),
                tone="next",
            ),
            rx.fragment(),
        ),
    )  # fmt: skip


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
        way(S.place, S.parts_done, S.done_percent, S.minutes),
        rx.el.header(
            rx.el.h1("Check and submit", tab_index=-1), rx.el.p(lead, class_name="page-lead"), class_name="flow-head"
        ),
        GoToField.create(epoch=S.visits, title=f"Check and submit | {ClientShell.firm}"),
        rx.el.div(
            optional(S.submitted, _sent()),
            _again(),
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
        step_sheet(S.steps, where="Check and submit", fact=fact, last=review_link(current=True), label="All sections"),
        rx.el.div(
            rx.el.div(steps(S.steps, last=review_link(current=True), label="Sections"), class_name="flow-steps"),
            rx.cond(S.loaded, main, skeleton_rows(count=6)),
            class_name="flow",
        ),
        current="profile",
        on_change=S.refresh,
        band=band(S.lock_reason),
    )
