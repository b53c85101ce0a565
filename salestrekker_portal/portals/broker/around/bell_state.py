"""The bell of whoever is signed in: how much is new."""

import reflex as rx

from salestrekker_portal.domains.activity.service import user_topic
from salestrekker_portal.domains.notifications.bell import MOST_COUNTED, unread_count
from salestrekker_portal.portals.events.about import stands_around
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal


@stands_around
class BellState(BrokerState, rx.State):
    """How many lines wait to be read: "" for none, "99+" for very many."""

    unread: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Count what is new, and hear when that changes."""
        async with self._looking() as (session, actor):
            number = await unread_count(session, actor)
        self.unread = "" if not number else f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)
        subscriptions.stands_around(self.router.session.client_token, user_topic(actor.id))
