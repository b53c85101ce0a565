"""The drawer that adds a contact to a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.contact_fields import contact_search, known_contact, new_contact
from salestrekker_portal.portals.broker.deal.add_contact_state import AddContactState as S
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.words import ROLE_CHOICES
from salestrekker_portal.ui import forms, overlay

KINDS = [("person", "A person"), ("company", "A company, trust or partnership")]


def add_contact_button() -> rx.Component:
    """Beside the deal's contacts, while the deal is open."""
    return rx.cond(
        DealFrameState.locked, rx.fragment(), forms.button("Add contact", icon="plus", small=True, on_click=S.show)
    )


def add_contact_drawer() -> rx.Component:
    return overlay.drawer(_form(), id="add-contact", open=S.shown, on_close=S.close, title="Add a contact")


def _form() -> rx.Component:
    return rx.el.form(
        forms.fields(
            contact_search(S, id="known-contact"),
            rx.cond(S.known["id"] != "", _known(), _new()),
            forms.select(id="contact-role", name="role", label="Role in the deal", choices=ROLE_CHOICES, blank=None),
        ),
        forms.form_foot(
            forms.button("Cancel", on_click=S.close),
            forms.submit("Add"),
            note="Nobody is invited yet.",
        ),
        on_submit=S.save,
        no_validate=True,
    )


def _known() -> rx.Component:
    other = forms.link_button("Somebody else", on_click=S.choose_kind("person"))
    return known_contact(S.known["name"], S.errors["first_name"], other)


def _new() -> rx.Component:
    return forms.fields(
        forms.choice_cards(
            id="contact-kind",
            label="Who is it?",
            choices=KINDS,
            value=rx.cond(S.company, "company", "person"),
            on_change=S.choose_kind,
        ),
        new_contact("new-contact-", S.errors, company=S.company),
    )
