"""Imports every screen once, so that each registers itself."""

from salestrekker_portal.portals.public import landing  # noqa: F401
