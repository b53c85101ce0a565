"""Imports every settings screen once, so that each registers itself."""

from salestrekker_portal.portals.settings.account import page as account  # noqa: F401
from salestrekker_portal.portals.settings.billing import page as billing  # noqa: F401
from salestrekker_portal.portals.settings.client_portal import page as client_portal  # noqa: F401
from salestrekker_portal.portals.settings.connect import page as connect  # noqa: F401
from salestrekker_portal.portals.settings.document_lists import page as document_lists  # noqa: F401
from salestrekker_portal.portals.settings.flows import page as flows  # noqa: F401
from salestrekker_portal.portals.settings.integrations import page as integrations  # noqa: F401
from salestrekker_portal.portals.settings.labels import page as labels  # noqa: F401
from salestrekker_portal.portals.settings.organisation import page as organisation  # noqa: F401
from salestrekker_portal.portals.settings.partner_portal import page as partner_portal  # noqa: F401
from salestrekker_portal.portals.settings.updates import page as updates  # noqa: F401
from salestrekker_portal.portals.settings.users import page as users  # noqa: F401
from salestrekker_portal.portals.settings.videos import page as videos  # noqa: F401
from salestrekker_portal.portals.settings.workflows import page as workflows  # noqa: F401
