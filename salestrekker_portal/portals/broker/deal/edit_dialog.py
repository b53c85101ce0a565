"""The dialog that changes a deal."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.edit_state import EditDealState
from salestrekker_portal.ui import forms, overlay


def edit_deal_dialog() -> rx.Component:
    return overlay.drawer(
        _form(), id="edit-deal", open=EditDealState.shown, on_close=EditDealState.close, title="Edit deal"
    )


def _form() -> rx.Component:
    errors = EditDealState.errors
    return rx.el.form(
        forms.fields(
            forms.text_input(
                id="edit-name", name="name", label="Deal name", default_value=EditDealState.name, error=errors["name"]
            ),
            forms.money(
                id="edit-amount",
                name="amount",
                label="Value",
                default_value=EditDealState.value,
                error=errors["value"],
            ),
            forms.select(
                id="edit-owner",
                name="owner",
                label="Owner",
                choices=EditDealState.owners,
                blank=None,
                default_value=EditDealState.owner_id,
            ),
            forms.date_input(
                id="edit-settles",
                name="settles",
                label="Expected settlement",
                help="For example, 17/4/2026",
                optional=True,
                default_value=EditDealState.settles,
                error=errors["settles"],
            ),
            forms.ticks(
                rx.foreach(
                    EditDealState.labels,
                    lambda label: forms.tick(
                        id="label-" + label["id"],
                        label=label["name"],
                        name="label-" + label["id"],
                        default_checked=label["on"],
                        key=label["id"],
                    ),
                ),
                id="edit-labels",
                label="Labels",
            ),
        ),
        forms.form_foot(forms.button("Cancel", on_click=EditDealState.close), forms.submit("Save")),
        on_submit=EditDealState.save,
        no_validate=True,
    )
