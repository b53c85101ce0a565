"""The fields for somebody new or known, as the drawers "Add deal" and "Add a contact" both ask for them."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.contacts.rules import COMPANY_LIMIT, NAME_LIMIT
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional

# What somebody types of a contact.
TYPED = ("company_name", "first_name", "last_name", "mobile", "email")


class KnownPerson(TypedDict):
    """Somebody the brokerage knows already."""

    id: str
    name: str
    note: str


def known_person(contact: Contact, country: str) -> KnownPerson:
    note = contact.email or phone_words(contact.mobile, country)
    return KnownPerson(id=str(contact.id), name=contact.name, note=note)


def known_contact(name: rx.Var, error: rx.Var, *more: rx.Component) -> rx.Component:
    """Somebody picked, with what is wrong about it."""
    return rx.el.div(
        data.person(name=name, initials="", role="Already one of your contacts"),
        optional(error, rx.el.p(error, role="alert", class_name="field-error")),
        *more,
    )


def new_contact(before: rx.Var | str, errors: rx.Var, *, company: rx.Var, named: rx.Var | str = "") -> rx.Component:
    """Names and ways to reach them, and those of a company before them. A field's id is `before` with its name; it is
    sent as `named` with its name."""

    def one(name: str, label: str, **props) -> rx.Component:
        return forms.text_input(
            id=before + name, name=named + name, label=label, error=errors[named + name], auto_complete="off", **props
        )

    of_company = forms.fields(
        one("company_name", "Company, trust or partnership", limit=COMPANY_LIMIT),
        rx.el.p("Its contact person: they are invited, and answer for it.", class_name="small muted"),
    )
    return forms.fields(
        optional(company, of_company),
        forms.pair(one("first_name", "First name", limit=NAME_LIMIT), one("last_name", "Last name", limit=NAME_LIMIT)),
        forms.pair(one("mobile", "Mobile", type="tel"), one("email", "Email", type="email")),
    )


def contact_search(state: type[rx.State], *, id: str) -> rx.Component:
    """Find somebody known. The State has `search`, `found` and `choose`."""

    def offer(each: rx.Var) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(each["name"], class_name="row-name"),
                rx.el.span(each["note"], class_name="row-note"),
                type="button",
                class_name="row-link",
                on_click=state.choose(each["id"]),
            ),
            key=each["id"],
        )

    return rx.el.div(
        forms.search_box(
            id=id,
            name="known",
            label="Find an existing contact",
            # A quarter of a second: somebody who types a name asks once or twice, not at each letter.
            on_change=state.search.debounce(250),
            auto_complete="off",
        ),
        optional(state.found.length() > 0, data.rows(rx.foreach(state.found, offer))),
        role="search",
    )
