"""What is new on the deals that a partner follows, newest first."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.activity.service import partner_topic
from salestrekker_portal.domains.notices.words import path_of, sentence_of
from salestrekker_portal.domains.notifications import bell
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, instant_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.tables.access import Portal


class PartnerNewsRow(TypedDict):
    """One line: whom it is about, what happened, and where it is."""

    id: str
    about: str
    words: str
    to: str
    when_at: str
    exact: str
    unread: bool


class PartnerNewsState(PartnerState, rx.State):
    """The list behind the bell."""

    ready: bool = False
    any_unread: bool = False
    rows: list[PartnerNewsRow] = []

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """The newest lines; from then on this tab hears of more."""
        async with self._looking() as (session, actor):
            found = await bell.news_of(session, actor)
            zone = actor.time_zone
        subscriptions.watch(self.router.session.client_token, partner_topic(actor.id))
        self.rows = [
            PartnerNewsRow(
                id=str(notice.id),
                about=about,
                words=sentence_of(notice),
                to=path_of(notice),
                when_at=ago_words(notice.happened_at, utc_now(), zone),
                exact=instant_words(notice.happened_at, zone),
                unread=notice.read_at is None,
            )
            for notice, about in found
        ]
        self.any_unread = any(row["unread"] for row in self.get_value("rows"))
        self.ready = True

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("what was read stays read")
    async def mark_all(self):
        """Everything has been seen."""
        async with self._acting() as (session, actor):
            await bell.mark_all_read(session, actor)
        return [PartnerNewsState.load, PartnerHere.load]
