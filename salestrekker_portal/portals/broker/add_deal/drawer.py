"""The drawer "Add deal": a name, a value, and who it is for."""

import reflex as rx

from salestrekker_portal.domains.deals.rules import NAME_LIMIT as DEAL_NAME_LIMIT
from salestrekker_portal.domains.questions.flows import LOAN_NAMES
from salestrekker_portal.portals.broker.add_deal.state import AddDealState
from salestrekker_portal.portals.broker.contact_fields import contact_search, known_contact, new_contact
from salestrekker_portal.portals.broker.words import ROLE_CHOICES
from salestrekker_portal.ui import forms, overlay
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay import ask_first
from salestrekker_portal.ui.overlay.keys import pressed_by

LOANS = [(loan.value, name) for loan, name in LOAN_NAMES.items()]


def add_deal_button() -> rx.Component:
    """The button in the bar of every broker's page."""
    show = AddDealState.show
    return forms.button("Add deal", tone="primary", icon="plus", on_click=show, **pressed_by("n"))


def add_deal_drawer() -> rx.Component:
    return overlay.drawer(
        _form(), id="add-deal", open=AddDealState.shown, on_close=AddDealState.close, title="Add a deal", wide=True
    )


def _form() -> rx.Component:
    errors = AddDealState.errors
    return rx.el.form(
        forms.fields(
            forms.text_input(
                id="deal_name", name="deal_name", label="Deal name", error=errors["name"],
                limit=DEAL_NAME_LIMIT,
                custom_attrs={"data-first": ""},
                auto_complete="off",
            ),
            forms.money(
                id="value", name="value", label="Value", optional=True, error=errors["value"], auto_complete="off"
            ),
            forms.select(
                id="workflow", name="workflow", label="Workflow", choices=AddDealState.workflows, blank=None,
                on_change=AddDealState.choose_workflow,
            ),
            forms.select(
                id="loan", name="loan", label="Deal type", choices=LOANS, blank=None, value=AddDealState.loan,
                on_change=AddDealState.choose_loan, error=errors["loan"],
                help="Decides what clients are asked, and which flows an invitation offers.",
            ),
            rx.foreach(AddDealState.people, _person),
            contact_search(AddDealState, id="known"),
            rx.el.div(
                forms.button("Add another contact", icon="plus", on_click=AddDealState.add_person(False)),
                forms.button("Add a company", icon="plus", on_click=AddDealState.add_person(True)),
                class_name="button-row",
            ),
        ),
        forms.form_foot(
            forms.button("Cancel", on_click=AddDealState.close),
            forms.submit("Save"),
            note="The deal lands in the first stage. Nobody is invited yet.",
        ),
        on_submit=AddDealState.save,
        no_validate=True,
    )  # fmt: skip


def _person(row: rx.Var) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Contact ", row["number"], class_name="field-label"),
        rx.cond(row["contact_id"] != "", _known(row), _new(row)),
        forms.select(
            id=row["id"] + "-role", name=row["id"] + "-role", label="Role in the deal", choices=ROLE_CHOICES,
            blank=None,
        ),
        rx.cond(
            AddDealState.people.length() > 1,
            rx.el.div(
                ask_first(
                    forms.button("Take out", tone="danger", on_click=AddDealState.remove_person(row["id"])),
                    press=forms.looks_like_link("Remove", unseen(" contact " + row["number"].to_string()), danger=True),
                    title="Take contact " + row["number"].to_string() + " out?",
                    text="What you typed about them here is gone.",
                )
            ),
            rx.fragment(),
        ),
        class_name="fields person-fields",
        key=row["id"],
    )  # fmt: skip


def _known(row: rx.Var) -> rx.Component:
    return known_contact(row["name"], AddDealState.errors[row["id"] + "-first_name"])


def _new(row: rx.Var) -> rx.Component:
    key = row["id"] + "-"
    return new_contact(key, AddDealState.errors, company=row["company"], named=key)
