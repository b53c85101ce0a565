"""The dialog that changes a deal."""

import reflex as rx

from salestrekker_portal.domains.deals.rules import NAME_LIMIT
from salestrekker_portal.portals.broker.add_deal.drawer import LOANS
from salestrekker_portal.portals.broker.deal.edit_state import EditDealState
from salestrekker_portal.ui import forms, overlay


def edit_deal_dialog() -> rx.Component:
    return overlay.drawer(
        _form(), id="edit-deal", open=EditDealState.shown, on_close=EditDealState.close, title="Edit deal"
    )


def _form() -> rx.Component:
    return rx.el.form(
        forms.filled_from(EditDealState.facts),
        forms.fields(*_inputs(), _labels()),
        forms.form_foot(forms.button("Cancel", on_click=EditDealState.close), forms.submit("Save")),
        on_submit=EditDealState.save,
        no_validate=True,
    )


def _inputs() -> list[rx.Component]:
    state, facts, errors = EditDealState, EditDealState.facts, EditDealState.errors
    owner = {"choices": state.owners, "blank": None, "default_value": facts["owner"]}
    return [
        forms.text_input(
            id="edit-name",
            name="name",
            label="Deal name",
            default_value=facts["name"],
            error=errors["name"],
            limit=NAME_LIMIT,
        ),
        forms.money(
            id="edit-amount",
            name="amount",
            label="Value",
            optional=True,
            default_value=facts["amount"],
            error=errors["value"],
        ),
        forms.select(id="edit-owner", name="owner", label="Owner", **owner),
        forms.select(
            id="edit-loan",
            name="loan",
            label="Deal type",
            choices=LOANS,
            blank=None,
            default_value=facts["loan"],
            error=errors["loan"],
            help="Another type asks clients other questions. Answers to the others are kept.",
        ),
        forms.pair(_day("finance_due", "Finance due"), _day("settles", "Expected settlement")),
        forms.pair(_day("lodged", "Lodged"), _day("approved", "Approved")),
    ]


def _day(name: str, label: str) -> rx.Component:
    return forms.date_input(
        id=f"edit-{name.replace('_', '-')}",
        name=name,
        label=label,
        help="For example, 17/4/2026",
        optional=True,
        default_value=EditDealState.facts[name],
        error=EditDealState.errors[name],
    )


def _labels() -> rx.Component:
    def one(label: rx.Var) -> rx.Component:
        key = "label-" + label["id"]
        return forms.tick(id=key, name=key, label=label["name"], default_checked=label["on"], key=label["id"])

    return forms.ticks(rx.foreach(EditDealState.labels, one), id="edit-labels", label="Labels")
