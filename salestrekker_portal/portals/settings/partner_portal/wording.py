"""The drawer in which a message to partners gets the firm's own words."""

import reflex as rx

from salestrekker_portal.portals.settings.partner_portal.wording_state import PartnerWordingState
from salestrekker_portal.portals.settings.wording import Said, wording_drawer

_SAID = Said(
    reader="partner",
    button_to="the deal",
    sms_goes="Sent to partners who chose texts. Of a client who lets partners see nothing, nothing is told at all.",
)


def partner_wording_drawer() -> rx.Component:
    """Open while a message is being written."""
    return wording_drawer(PartnerWordingState, _SAID, back=rx.fragment())
