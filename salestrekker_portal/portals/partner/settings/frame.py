"""What stands around every settings page of a partner."""

import reflex as rx

from salestrekker_portal.portals.partner.here import partner_page
from salestrekker_portal.ui.frame import page_head, settings_nav

NAV = [
    ("account", "My account", "/partner/settings/account", "user"),
    ("password", "Password and security", "/partner/settings/password", "lock"),
    ("updates", "Updates and reminders", "/partner/settings/updates", "bell"),
]


def settings_frame(body: rx.Component, *, current: str) -> rx.Component:
    """A settings page with the list of all of them."""
    return partner_page(
        page_head(title="Settings"),
        rx.el.div(settings_nav(items=NAV, current=current), rx.el.div(body), class_name="settings-layout"),
        current="settings",
    )
