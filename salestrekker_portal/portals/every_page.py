"""Imports every screen once, so that each registers itself."""

from salestrekker_portal.portals.broker.board import page as broker_board  # noqa: F401
from salestrekker_portal.portals.broker.contacts import page as broker_contacts  # noqa: F401
from salestrekker_portal.portals.broker.deal import activity as deal_activity  # noqa: F401
from salestrekker_portal.portals.broker.deal import overview as deal_overview  # noqa: F401
from salestrekker_portal.portals.broker.deal_notes import page as deal_notes  # noqa: F401
from salestrekker_portal.portals.broker.documents import all as deal_documents  # noqa: F401
from salestrekker_portal.portals.broker.documents import required as deal_required  # noqa: F401
from salestrekker_portal.portals.broker.notifications import page as broker_notifications  # noqa: F401
from salestrekker_portal.portals.broker.partners import page as broker_partners  # noqa: F401
from salestrekker_portal.portals.broker.profile import page as broker_profile  # noqa: F401
from salestrekker_portal.portals.broker.settings import every_page as broker_settings  # noqa: F401
from salestrekker_portal.portals.broker.share import page as deal_share  # noqa: F401
from salestrekker_portal.portals.client.arrival import page as client_arrival  # noqa: F401
from salestrekker_portal.portals.client.consent import page as client_consent  # noqa: F401
from salestrekker_portal.portals.client.dashboard import page as client_dashboard  # noqa: F401
from salestrekker_portal.portals.client.documents import page as client_documents  # noqa: F401
from salestrekker_portal.portals.client.messages import page as client_messages  # noqa: F401
from salestrekker_portal.portals.client.privacy import page as client_privacy  # noqa: F401
from salestrekker_portal.portals.client.profile import page as client_profile  # noqa: F401
from salestrekker_portal.portals.client.profile import review as client_review  # noqa: F401
from salestrekker_portal.portals.partner.board import page as partner_board  # noqa: F401
from salestrekker_portal.portals.partner.deal import page as partner_deal  # noqa: F401
from salestrekker_portal.portals.partner.refer import page as partner_refer  # noqa: F401
from salestrekker_portal.portals.partner.settings import page as partner_settings  # noqa: F401
from salestrekker_portal.portals.partner.settings import updates as partner_updates  # noqa: F401
from salestrekker_portal.portals.public import account_pages, landing, not_found, outbox, set_up  # noqa: F401
