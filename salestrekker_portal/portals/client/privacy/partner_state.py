"""What a client lets partners see: who those are, the choice, and what counts with everybody's."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.partners.reach import (
    CHOICES,
    IN_SHORT,
    OwnReach,
    OwnReferrer,
    let_partners_see,
    own_reach,
)
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.tables.access import Portal


class ReferrerRow(TypedDict):
    id: str
    name: str
    how: str


class PartnersSeeRow(TypedDict):
    value: str
    label: str
    note: str


class PartnersSeeState(ClientState, rx.State):
    """The card of the privacy page; it is there only while a partner follows the deal."""

    referrers: list[ReferrerRow] = []
    choices: list[PartnersSeeRow] = []
    chosen: str = ""
    # What counts, where somebody who applies with them allows less or hasn't agreed to more.
    others: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """What applies now."""
        async with self._looking() as (session, actor):
            self._show(await own_reach(session, actor), actor.country, actor.time_zone)

    @rx.event
    @allow(Portal.CLIENT)
    @repeatable("a choice is set to a value")
    async def choose(self, level: str):
        """Let partners see this much; their screens obey at once."""
        async with self._acting() as (session, actor):
            await let_partners_see(session, actor, level)
            self._show(await own_reach(session, actor), actor.country, actor.time_zone)
        return DashboardState.load

    def _show(self, reach: OwnReach, country: str, zone: str) -> None:
        self.referrers = [_row(place, each, zone) for place, each in enumerate(reach.referrers)]
        self.choices = [
            PartnersSeeRow(value=str(level.value), label=label, note=said_in(country, note))
            for level, (label, note) in CHOICES.items()
        ]
        self.chosen = str(reach.chosen.value)
        self.others = ""
        if reach.counts < reach.chosen:
            self.others = f"With what the others on this loan said, partners see {IN_SHORT[reach.counts]}."


def _row(place: int, each: OwnReferrer, zone: str) -> ReferrerRow:
    since = day_words(local(each.since, zone).date())
    name = f"{each.name}, {each.firm}" if each.firm else each.name
    if not each.sent_them:
        how = f"Follows your application since {since}"
    elif each.by_link:
        how = f"You left your details behind their link on {since}"
    elif each.agreed_at is None:
        how = f"Sent you to us on {since}"
    else:
        how = f"Sent you to us on {since}, and ticked that you agree"
    return ReferrerRow(id=str(place), name=shortened(name, 200), how=how)
