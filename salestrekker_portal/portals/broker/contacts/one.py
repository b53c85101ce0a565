"""The page of one contact."""

import reflex as rx

from salestrekker_portal.domains.contacts.rules import NAME_LIMIT
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.contacts.merge import merge_button, merge_drawer, merged_lately
from salestrekker_portal.portals.broker.contacts.one_state import ContactDeal, ContactPageState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link

S = ContactPageState


@page("/contacts/[contact_id]", title="Contact", portal=Portal.BROKER, on_load=[ShellState.load, ContactPageState.load])
def contact_page() -> rx.Component:
    edit = forms.button("Change", icon="pencil", small=True, on_click=S.edit(True))
    person = data.card(
        data.contact_row(name=S.name, initials=S.initials, email=S.facts["email"], phone=S.facts["mobile"]),
        title="How to reach them",
        end=rx.el.div(merge_button(), edit, class_name="row is-tight"),
    )
    shown = rx.el.div(person, merged_lately(), _deals(), class_name="stack")
    nothing = feedback.not_found(to="/contacts", words="Back to contacts")
    return broker_page(
        frame.broker_main(
            frame.crumbs([("Contacts", "/contacts")]),
            frame.page_head(title=S.name),
            rx.cond(S.missing, nothing, rx.cond(S.loaded, shown, feedback.skeleton_card())),
        ),
        current="contacts",
        around=rx.fragment(_drawer(), merge_drawer()),
    )


def _deals() -> rx.Component:
    def line(each: rx.Var[ContactDeal]) -> rx.Component:
        return rx.el.tr(
            rx.el.th(link(each["name"], to=each["path"], class_name="table-name"), scope="row"),
            rx.el.td(each["role"]),
            rx.el.td(each["state"]),
            rx.el.td(each["amount"], class_name="money is-right"),
            key=each["id"],
        )

    columns = [("Deal", False), ("Part in it", False), ("Where it stands", False), ("Value", True)]
    none = rx.el.p("In no deal yet.", class_name="small muted card-none")
    table = data.table(label="Deals", columns=columns, body=rx.foreach(S.deals, line))
    more = optional(S.more, rx.el.p("The newest 100 are shown.", class_name="small muted"))
    return data.card(rx.cond(S.deals.length() > 0, rx.fragment(table, more), none), title="Deals")


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
