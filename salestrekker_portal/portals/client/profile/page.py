"""The client's profile: one section at a time, saved as it is typed."""

import reflex as rx

from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.profile.state import REVIEW
from salestrekker_portal.portals.client.profile.state import ClientProfileState as S
from salestrekker_portal.portals.client.videos import ClientVideosState, videos
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.profile import parts
from salestrekker_portal.portals.shared.profile.steps import step_sheet, steps
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data.marks import pips
from salestrekker_portal.ui.feedback import locked_band, skeleton_form
from salestrekker_portal.ui.forms import button, form_foot, link_to_button
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link
from salestrekker_portal.ui.questions import GoToField, SavedWord


def saved() -> rx.Component:
    """The status at the top right."""
    return rx.cond(
        S.lock_reason != "",
        rx.el.span(icon("lock"), "Read only", class_name="saved"),
        SavedWord.create(icon("check"), scope=S.scope, words=S.saved, saving="Saving…"),
    )


def band(reason: rx.Var, about: rx.Var | str = "") -> rx.Component:
    """Why nothing can be changed now, and whom to ask: the message begins with the section that it is `about`."""
    to = rx.cond(about != "", "/portal/messages?about=" + rx.Var.create(about).to(str), "/portal/messages")
    ask = link_to_button("Ask to change", to=to)
    return locked_band(title="Your answers are locked.", text=reason, actions=ask, show=reason != "")


def review_link(current: bool = False) -> rx.Component:
    return link(
        icon("list-checks", size=20),
        rx.el.span("Check and submit"),
        to=REVIEW,
        class_name="step is-apart",
        aria_current="page" if current else "false",
    )


def way(place: rx.Var, parts_done: rx.Var, percent: rx.Var, minutes: rx.Var) -> rx.Component:
    """How far one is: "Section 3 of 7", a bar for each of them, and minutes left in all."""
    left = rx.cond(
        minutes > 0, f"About {minutes} {rx.cond(minutes == 1, 'minute', 'minutes')} left", "Nothing is missing"
    )
    return rx.el.div(
        rx.el.p(rx.el.strong(place), rx.el.span(left, class_name="muted"), class_name="small flow-way-words"),
        pips(parts_done, percent, label="Answered", text=f"{place}, {percent} % answered"),
        class_name="flow-way",
    )


def _head() -> rx.Component:
    about = rx.cond(
        S.lock_reason != "", S.lead, f"About {S.minutes} {rx.cond(S.minutes == 1, 'minute', 'minutes')}. {S.lead}"
    )
    return rx.el.header(
        way(S.place, S.parts_done, S.done_percent, S.minutes_left),
        rx.el.h1(S.title, tab_index=-1),
        rx.el.p(about, class_name="page-lead"),
        class_name="flow-head",
    )


def _rest() -> rx.Component:
    """One press for everything that is still open here and can be none."""
    return optional(S.rest_label, button(S.rest_label, icon="check", wide=True, on_click=S.say_rest))


def _foot() -> rx.Component:
    left = rx.cond(
        S.left > 0,
        rx.cond(
            S.left == 1,
            f"1 answer is still missing here: {S.left_words} You can go on and come back to it.",
            f"{S.left} answers are still missing here. You can go on and come back to them.",
        ),
        "",
    )
    going = rx.cond(S.lock_reason != "", f"Next: {S.after_title}", f"Save and go to {S.after_title}")
    onward = rx.cond(
        S.after_path != "",
        link_to_button(going, to=S.after_path, tone="primary"),
        link_to_button("Check and submit", to=REVIEW, tone="primary"),
    )
    return form_foot(
        optional(S.before_path, link_to_button("Previous", to=S.before_path)),
        rx.cond(S.from_review, link_to_button("Back to Check and submit", to=REVIEW, tone="primary"), onward),
        note=rx.cond(S.lock_reason != "", "", left),
    )


def _still_true() -> rx.Component:
    """What was told for an earlier loan: one press, or the questions."""

    def line(told: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.dt(optional(told["item"], rx.el.span(told["item"], class_name="said-item")), told["label"]),
            rx.el.dd(told["words"], class_name="said-words strong"),
            class_name="said",
            key=told["id"],
        )

    return rx.el.section(
        rx.el.h2("Is this still true?"),
        rx.el.p(f"You told us this for an earlier loan, last on {S.still_when}.", class_name="muted small"),
        rx.el.dl(rx.foreach(S.still_answers, line), class_name="still-answers"),
        form_foot(
            optional(S.before_path, link_to_button("Previous", to=S.before_path)),
            button("Change something", on_click=S.change_told),
            button("Still true", icon="check", tone="primary", on_click=S.still_true),
        ),
        class_name="form-section",
        aria_label="Is this still true?",
    )


def _same_as() -> rx.Component:
    """One press where another applicant has said where they live."""

    def one(person: rx.Var) -> rx.Component:
        words = rx.fragment("Same as ", person["name"])
        return button(words, icon="copy", on_click=S.lives_with(person["id"]), key=person["id"])

    return rx.cond(
        S.same_as.length() > 0,
        rx.el.div(rx.foreach(S.same_as, one), class_name="button-row same-as"),
        rx.fragment(),
    )


def _questions() -> rx.Component:
    return rx.fragment(
        _same_as(),
        parts.totals(S),
        parts.removed(S),
        parts.blocks(S, heads=S.blocks.length() > 1),
        _rest(),
        _foot(),
    )


def _main() -> rx.Component:
    return rx.el.div(
        _head(),
        videos(),
        parts.people_here(S),
        rx.cond(S.still_when != "", _still_true(), _questions()),
        GoToField.create(epoch=S.epoch, title=f"{S.title} | {ClientShell.firm}"),
        class_name="flow-main",
    )


@page(
    "/portal/profile/[screen]",
    title="Your profile",
    portal=Portal.CLIENT,
    on_load=[ClientShell.load, S.load, ClientVideosState.load],
)
def profile() -> rx.Component:
    """One section."""
    fact = when(S.left > 0, f"{S.left} missing here", "Nothing missing here")
    return client_page(
        step_sheet(S.steps, where=S.title, fact=fact, last=review_link(), label="All sections"),
        rx.el.div(
            rx.el.div(steps(S.steps, last=review_link(), label="Sections"), class_name="flow-steps"),
            rx.cond(S.epoch > 0, _main(), skeleton_form(count=6)),
            class_name="flow",
        ),
        current="profile",
        on_change=[S.refresh, ClientVideosState.refresh],
        saved=saved(),
        band=band(S.lock_reason, S.about),
    )


@page("/portal/profile", title="Your profile", portal=Portal.CLIENT, on_load=[ClientShell.load, S.load])
def first() -> rx.Component:
    """On to the first section that misses something."""
    return client_page(skeleton_form(count=6), current="profile")
