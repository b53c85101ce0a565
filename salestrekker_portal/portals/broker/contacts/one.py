"""The page of one contact."""

import reflex as rx

from salestrekker_portal.domains.contacts.rules import NAME_LIMIT
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.portals.broker.add_deal.state import AddDealState
from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.contacts.merge import merge_drawer, merged_lately
from salestrekker_portal.portals.broker.contacts.merge_state import MergeState
from salestrekker_portal.portals.broker.contacts.one_cards import (
    deals_card,
    details_card,
    papers_card,
    people_card,
    portal_card,
    tasks_card,
)
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.broker.contacts.timeline import timeline_card
from salestrekker_portal.portals.broker.tasks.parts import task_drawer
from salestrekker_portal.portals.broker.tasks.state import TasksState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, outside, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by

S = ContactPageState


@page("/contacts/[contact_id]", title="Contact", portal=Portal.BROKER, on_load=[ShellState.load, ContactPageState.load])
def contact_page() -> rx.Component:
    columns = rx.el.div(
        rx.el.div(details_card(), portal_card(), merged_lately(), class_name="stack contact-side"),
        rx.el.div(tasks_card(), timeline_card(), class_name="stack contact-middle"),
        rx.el.div(deals_card(), papers_card(), people_card(), class_name="stack contact-side"),
        class_name="contact-layout",
    )
    nothing = feedback.not_found(to="/contacts", words="Back to contacts")
    shown, kind = rx.fragment(_head(), _alike(), columns), rx.cond(S.company, "Companies", "People")
    return broker_page(
        live_signal(on_change=TasksState.load),
        frame.broker_main(
            rx.el.div(
                frame.crumbs([("Contacts", "/contacts"), (kind, S.in_list["back"])]),
                _in_list(),
                class_name="row",
            ),
            rx.cond(S.missing, nothing, rx.cond(S.loaded, shown, feedback.skeleton_card(lines=8))),
        ),
        current="contacts",
        around=rx.fragment(_drawer(), merge_drawer(), task_drawer()),
    )


def _in_list() -> rx.Component:
    """To the one before and the next of the list that somebody came from."""

    def one(to: rx.Var, mark: str, words: str, key: str) -> rx.Component:
        shown = (icon(mark, size=16), unseen(words))
        there = link(*shown, to=to, title=words, class_name="button is-icon is-small is-quiet", **pressed_by(key))
        end = rx.el.span(icon(mark, size=16), class_name="button is-icon is-small is-quiet", aria_disabled="true")
        return rx.cond(to != "", there, end)

    place = S.in_list
    return optional(
        place["words"],
        rx.el.nav(
            rx.el.span(place["words"], class_name="small muted nowrap"),
            one(place["before"].to(str), "chevron-up", "The one before", "k"),
            one(place["after"].to(str), "chevron-down", "The next one", "j"),
            aria_label="The list",
            class_name="row is-tight push",
        ),
    )


def _head() -> rx.Component:
    return rx.el.header(
        data.avatar(S.initials, tone="info", size="large"),
        rx.el.div(
            rx.el.h1(S.name, class_name="breakable"),
            rx.el.div(
                data.labels(S.roles), rx.el.span(S.since, class_name="small muted"), class_name="row is-tight is-wrap"
            ),
            class_name="grow",
        ),
        _acts(),
        class_name="contact-head",
    )


def _acts() -> rx.Component:
    call = outside(icon("phone"), "Call", unseen(" " + S.name), href="tel:" + S.phone, class_name="button")
    more = overlay.menu(
        overlay.menu_button("Change", icon="pencil", on_click=S.edit(True)),
        overlay.menu_button("Merge", icon="merge", on_click=MergeState.show(True)),
        summary=rx.el.span(icon("ellipsis"), unseen("More"), class_name="button is-icon is-quiet"),
        end=True,
    )
    return rx.el.div(
        optional(S.phone, call),
        _message(),
        forms.button("Task", icon="list-checks", on_click=rx.set_focus("task-title")),
        forms.button("New deal", icon="plus", tone="primary", on_click=AddDealState.show_with(S.key)),
        more,
        class_name="button-row",
    )


def _message() -> rx.Component:
    """Messages are a deal's: one that is open is opened, of several one is chosen."""
    words = (icon("message-square"), "Message")
    one = forms.link_to_button("Message", to=S.threads[0]["value"], icon="message-square")
    several = overlay.menu(
        rx.foreach(S.threads, lambda each: overlay.menu_link(each["label"], to=each["value"], key=each["value"])),
        summary=rx.el.span(*words, icon("chevron-down"), class_name="button"),
        head="On which deal?",
        end=True,
    )
    return rx.match(S.threads.length(), (0, rx.fragment()), (1, one), several)


def _alike() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        compare = forms.button(
            "Compare and merge", unseen(" with " + each["name"].to(str)), small=True,
            on_click=[MergeState.show(True), MergeState.choose(each["id"].to(str))],
        )  # fmt: skip
        return rx.el.div(
            icon("merge", size=16),
            rx.el.p(
                rx.el.strong(each["name"]),
                rx.cond(S.company, " looks like the same company: ", " looks like the same person: "),
                each["why"],
                ".",
                class_name="grow breakable",
            ),
            compare,
            forms.button(
                "Not the same",
                unseen(": " + each["name"].to(str)),
                small=True,
                tone="quiet",
                on_click=MergeState.not_the_same(each["id"].to(str)),
            ),
            class_name="contact-alike",
            key=each["id"],
        )

    return rx.el.div(rx.foreach(S.alike, line), role="status")


def _drawer() -> rx.Component:
    def one(name: str, label: str, **props) -> rx.Component:
        return forms.text_input(
            id=f"one-{name}", name=name, label=label, default_value=S.facts[name], error=S.errors[name], **props
        )

    form = rx.el.form(
        forms.filled_from(S.facts),
        forms.fields(
            one("first_name", "First name", limit=NAME_LIMIT),
            one("last_name", "Last name", limit=NAME_LIMIT),
            one("mobile", "Mobile", type="tel"),
            one("email", "Email", type="email"),
            forms.select(
                id="one-time_zone", name="time_zone", label="Time zone", choices=TIME_ZONES, blank="Guess it",
                default_value=S.facts["time_zone"], error=S.errors["time_zone"],
            ),
        ),
        forms.form_foot(forms.button("Cancel", on_click=S.edit(False)), forms.submit("Save")),
        on_submit=ContactPageState.save,
        no_validate=True,
    )  # fmt: skip
    return overlay.drawer(form, id="contact", open=S.editing, on_close=S.edit(False), title="Change the contact")
