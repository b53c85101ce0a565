"""The drawer that adds somebody to the contacts, without a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.contact_fields import new_contact
from salestrekker_portal.portals.broker.contacts.adding_state import NewContactState
from salestrekker_portal.ui import data, forms, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay.keys import pressed_by

S = NewContactState


def known_button(*, quiet: bool = False) -> rx.Component:
    """Opens the drawer; the one in the head of the page answers to the key A."""
    key = {} if quiet else pressed_by("a")
    return forms.button("Add contact", icon="plus", on_click=S.show(True), **key)


def add_contact_drawer() -> rx.Component:
    def offer(each: rx.Var) -> rx.Component:
        return data.row_link(
            to=rx.Var.create("/contacts/") + each["id"].to(str), name=each["name"], note=each["note"], key=each["id"]
        )

    kinds = forms.segmented_radios(
        name="kind", label="Who is it?", items=[("person", "A person"), ("company", "A company")],
        value=rx.cond(S.company, "company", "person"), on_change=NewContactState.choose_kind,
    )  # fmt: skip
    form = rx.el.form(
        forms.fields(
            kinds,
            new_contact("new-", S.errors, company=S.company),
            optional(S.found.length() > 0, data.rows(rx.foreach(S.found, offer))),
        ),
        forms.form_foot(
            forms.button("Cancel", on_click=S.show(False)), forms.submit("Save"),
            note="They are in no deal yet, and nobody is invited.",
        ),
        on_submit=NewContactState.save,
        no_validate=True,
    )  # fmt: skip
    return overlay.drawer(form, id="add-contact", open=S.shown, on_close=S.show(False), title="Add a contact")
