"""An address that leads nowhere still says where to go."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui import feedback, frame


@page("404", title="Page not found", portal=None)
def not_found() -> rx.Component:
    return frame.gate_frame(feedback.not_found(), firm="Salestrekker Portal")
