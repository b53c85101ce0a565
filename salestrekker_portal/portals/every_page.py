"""Imports every screen once, so that each registers itself."""

from salestrekker_portal.portals.public import account_pages, landing, not_found, outbox, set_up  # noqa: F401
