"""The drawer that adds a contact to a deal."""

import reflex as rx

from salestrekker_portal.domains.contacts.rules import COMPANY_LIMIT, NAME_LIMIT
from salestrekker_portal.portals.broker.deal.add_contact_state import AddContactState as S
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.words import ROLE_CHOICES
from salestrekker_portal.ui import data, forms, overlay
from salestrekker_portal.ui.kinds import optional

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
            _search(),
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
    error = S.errors["first_name"]
    return rx.el.div(
        data.person(name=S.known["name"], initials="", role="Already one of your contacts"),
        optional(error, rx.el.p(error, role="alert", class_name="field-error")),
        forms.link_button("Somebody else", on_click=S.choose_kind("person")),
    )


def _new() -> rx.Component:
    def one(name: str, label: str, **props) -> rx.Component:
        return forms.text_input(
            id=f"new-contact-{name}", name=name, label=label, error=S.errors[name], auto_complete="off", **props
        )

    company = forms.fields(
        one("company_name", "Company, trust or partnership", limit=COMPANY_LIMIT),
        rx.el.p("Its contact person: they are invited, and answer for it.", class_name="small muted"),
    )
    return forms.fields(
        forms.choice_cards(
            id="contact-kind",
            label="Who is it?",
            choices=KINDS,
            value=rx.cond(S.company, "company", "person"),
            on_change=S.choose_kind,
        ),
        rx.cond(S.company, company, rx.fragment()),
        forms.pair(one("first_name", "First name", limit=NAME_LIMIT), one("last_name", "Last name", limit=NAME_LIMIT)),
        forms.pair(one("mobile", "Mobile", type="tel"), one("email", "Email", type="email")),
    )


def _search() -> rx.Component:
    def offer(each: rx.Var) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(each["name"], class_name="row-name"),
                rx.el.span(each["note"], class_name="row-note"),
                type="button",
                class_name="row-link",
                on_click=S.choose(each["id"]),
            ),
            key=each["id"],
        )

    return rx.el.div(
        forms.search_box(
            id="known-contact",
            name="known",
            label="Find an existing contact",
            # A quarter of a second: somebody who types a name asks once or twice, not at each letter.
            on_change=S.search.debounce(250),
            auto_complete="off",
        ),
        rx.cond(S.found.length() > 0, data.rows(rx.foreach(S.found, offer)), rx.fragment()),
        role="search",
    )
