"""Everybody the brokerage knows: people and companies."""

import reflex as rx

from salestrekker_portal.domains.search.contact_list import ContactSort
from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.contacts.adding import add_contact_drawer, known_button
from salestrekker_portal.portals.broker.contacts.state import ContactLine, ContactsState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link

S = ContactsState


@page("/contacts", title="Contacts", portal=Portal.BROKER, on_load=[ShellState.load, ContactsState.load])
def contacts_page() -> rx.Component:
    some = rx.cond(S.contacts.length() > 0, _table(), _none())
    return broker_page(
        frame.broker_main(
            frame.page_head(known_button(), title="Contacts"),
            rx.el.div(_tabs(), _search(), class_name="row is-wrap filters"),
            rx.cond(S.loaded, some, feedback.skeleton_card()),
        ),
        current="contacts",
        around=add_contact_drawer(),
    )


def _tabs() -> rx.Component:
    def one(tab: rx.Var) -> rx.Component:
        current = when(tab["on"], "page", "false")
        return link(tab["words"], to=tab["to"], class_name="segment", aria_current=current, key=tab["to"])

    return rx.el.nav(rx.foreach(S.tabs, one), aria_label="People or companies", class_name="segmented")


def _search() -> rx.Component:
    """Asks while somebody types; what is found is said aloud."""
    box = forms.search_box(
        id="q",
        label="Search contacts",
        default_value=S.words,
        key=S.box.to_string(),
        placeholder="Name, e-mail or number",
        auto_complete="off",
        # A quarter of a second: somebody who types a name asks once or twice, not at each letter.
        on_change=ContactsState.search.debounce(250),
    )
    said = rx.el.span(S.said, role="status", class_name="small muted")
    return rx.el.div(box, said, role="search", class_name="row contacts-search")


def _none() -> rx.Component:
    searched = feedback.empty(
        title="Nobody found", text="Type less of the name, or look on the other list.", mark="users"
    )
    nobody = feedback.empty(
        known_button(quiet=True), title="Nobody here yet",
        text="Contacts arrive with your deals and imports, or are added one by one.", mark="users",
    )  # fmt: skip
    return rx.cond(S.words != "", searched, nobody)


def _heading(words: str, sort: ContactSort, to: rx.Var, runs: str) -> rx.Component:
    here = S.sort == sort.value
    mark = icon("chevron-up" if runs == "ascending" else "chevron-down", size=14)
    return rx.el.th(
        link(words, optional(here, mark), to=to, class_name="table-sort"),
        scope="col",
        custom_attrs={"aria-sort": rx.cond(here, runs, "none")},
    )


def _table() -> rx.Component:
    heads = [
        _heading("Name", ContactSort.NAME, S.by_name, "ascending"),
        *[rx.el.th(words, scope="col") for words in ("Roles", "E-mail", "Mobile", "Latest deal")],
        _heading("Added", ContactSort.ADDED, S.by_added, "descending"),
    ]
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(S.contacts, _line)),
        aria_label="Contacts",
        class_name="table contacts-table",
    )
    pages = rx.el.nav(
        optional(S.earlier, link("Earlier", to=S.earlier, class_name="button is-small")),
        optional(S.later, link("Later", to=S.later, class_name="button is-small")),
        aria_label="Pages",
        class_name="button-row table-pages",
    )
    around = rx.el.div(table, class_name="table-wrap", role="region", aria_label="Contacts", tab_index=0)
    return rx.el.div(around, pages, class_name="stack is-tight")


def _line(each: rx.Var[ContactLine]) -> rx.Component:
    mark = rx.cond(
        S.kind == "companies",
        data.avatar(each["initials"], size="small", square=True),
        data.avatar(each["initials"], size="small"),
    )
    deal = optional(each["deal"], link(each["deal"], to=each["deal_path"], class_name="truncate block"))
    return rx.el.tr(
        rx.el.th(
            rx.el.span(
                mark, link(each["name"], to=each["path"], class_name="table-name truncate"), class_name="row is-tight"
            ),
            scope="row",
        ),
        rx.el.td(data.labels(each["roles"].to(list[str]))),
        rx.el.td(rx.el.span(each["email"], class_name="truncate block")),
        rx.el.td(each["mobile"], class_name="nowrap"),
        rx.el.td(deal),
        rx.el.td(each["added"], class_name="nowrap"),
        key=each["id"],
    )
