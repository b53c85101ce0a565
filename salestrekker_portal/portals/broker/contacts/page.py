"""Everybody the brokerage knows, by name."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.contacts.state import ContactsState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


@page("/contacts", title="Contacts", portal=Portal.BROKER, on_load=[ShellState.load, ContactsState.load])
def contacts_page() -> rx.Component:
    some = rx.cond(ContactsState.contacts.length() > 0, _table(), _none())
    return broker_page(
        frame.broker_main(
            frame.page_head(title="Contacts", lead="People and companies of your firm’s deals."),
            rx.el.form(
                forms.search_box(
                    id="q",
                    name="q",
                    label="Search contacts",
                    default_value=ContactsState.words,
                    key=ContactsState.words,
                    placeholder="Name or e-mail",
                ),
                forms.submit("Search", tone="second"),
                on_submit=ContactsState.search,
                class_name="row filters",
                role="search",
            ),
            rx.cond(ContactsState.loaded, some, feedback.skeleton_card()),
        ),
        current="contacts",
    )


def _none() -> rx.Component:
    return feedback.empty(
        title="Nobody found",
        text="Contacts arrive with your deals. Add a deal, or search for another name.",
        mark="users",
    )


def _table() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.tr(
            rx.el.th(
                rx.el.span(
                    data.avatar(each["initials"], size="small"),
                    link(each["name"], to=each["path"], class_name="table-name"),
                    class_name="row is-tight",
                ),
                scope="row",
            ),
            rx.el.td(each["email"]),
            rx.el.td(each["mobile"]),
            rx.el.td(optional(each["deal"], link(each["deal"], to=each["deal_path"], class_name="link"))),
            key=each["id"],
        )

    columns = [("Name", False), ("E-mail", False), ("Mobile", False), ("Latest deal", False)]
    return rx.el.div(
        data.table(label="Contacts", columns=columns, body=rx.foreach(ContactsState.contacts, line)),
        rx.el.nav(
            optional(ContactsState.earlier, link("Earlier", to=ContactsState.earlier, class_name="button is-small")),
            optional(ContactsState.later, link("Later", to=ContactsState.later, class_name="button is-small")),
            aria_label="Pages",
            class_name="button-row table-pages",
        ),
        class_name="stack",
    )
