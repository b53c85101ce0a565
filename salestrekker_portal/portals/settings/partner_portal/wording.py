"""The drawer in which a message to partners gets the firm's own words."""

import reflex as rx

from salestrekker_portal.portals.settings.partner_portal.wording_state import PartnerWordingState as M
from salestrekker_portal.portals.settings.wording import FORM, Said, wording_drawer, wording_fields
from salestrekker_portal.ui import forms

_SAID = Said(
    reader="partner",
    button_to="the deal",
    sms_goes="Sent to partners who chose texts. Of a client who lets partners see nothing, nothing is told at all.",
)


def partner_wording_drawer() -> rx.Component:
    """Open while a message is being written."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="key", value=M.draft["key"]),
        forms.filled_from(M.draft),
        wording_fields(M, _SAID),
        id=FORM,
        on_submit=M.save,
        no_validate=True,
        key="wording-" + M.form.to_string(),
    )
    return wording_drawer(M, form, back=rx.fragment())
