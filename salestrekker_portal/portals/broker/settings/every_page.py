"""Imports every settings screen once, so that each registers itself."""

from salestrekker_portal.portals.broker.settings.billing import page as billing  # noqa: F401
from salestrekker_portal.portals.broker.settings.client_portal import page as client_portal  # noqa: F401
from salestrekker_portal.portals.broker.settings.connect import page as connect  # noqa: F401
from salestrekker_portal.portals.broker.settings.organisation import page as organisation  # noqa: F401
from salestrekker_portal.portals.broker.settings.workflows import page as workflows  # noqa: F401
