"""One partner in the drawer: details, activity, or the question before removing them."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.activity.sentences import sentence_of, who_did
from salestrekker_portal.domains.partners import attributes
from salestrekker_portal.domains.partners.lost_factor import reset_partner_factor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, instant_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.broker.partners.state import PartnersState
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity


class DeedRow(TypedDict):
    id: str
    initials: str
    words: str
    at: str
    exact: str


class OnePartnerState(BrokerState, rx.State):
    """`shown` is edit, activity, remove, lost, or "" while the drawer is shut."""

    shown: str = ""
    partner: str = ""
    name: str = ""
    email: str = ""
    typed: dict[str, str] = {}
    refusal: str = ""
    errors: dict[str, str] = {}
    deeds: list[DeedRow] = []

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, partner_id: str):
        """Show a partner's details."""
        async with self._looking() as (session, actor):
            partner, self.refusal = await attributes.partner_to_edit(session, actor, uuid_from(partner_id, "partner"))
        self.typed = attributes.partner_form(partner)
        self.errors = {}
        self._open("edit", partner)

    @rx.event
    @allow(Portal.BROKER)
    async def look(self, partner_id: str):
        """Show what a partner did."""
        async with self._looking() as (session, actor):
            key = uuid_from(partner_id, "partner")
            partner, _ = await attributes.partner_to_edit(session, actor, key)
            rows = await attributes.activity_of_partner(session, actor, key)
            self.deeds = [_deed(activity, deal, actor.id, actor.time_zone) for activity, deal in rows]
        self._open("activity", partner)

    @rx.event
    @allow(Portal.BROKER)
    async def ask(self, partner_id: str):
        """Ask before removing."""
        async with self._looking() as (session, actor):
            partner, _ = await attributes.partner_to_edit(session, actor, uuid_from(partner_id, "partner"))
        self._open("remove", partner)

    @rx.event
    @allow(Portal.BROKER)
    async def ask_lost(self, partner_id: str):
        """Ask before taking a second step away that was lost."""
        async with self._looking() as (session, actor):
            partner, _ = await attributes.partner_to_edit(session, actor, uuid_from(partner_id, "partner"))
        self._open("lost", partner)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Shut the drawer."""
        self.shown = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was typed."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                key = uuid_from(typed.get("partner"), "partner")
                await attributes.change_partner(session, actor, key, typed, shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown = ""
        return [Notices.tell("Saved."), PartnersState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, partner_id: str):
        """Take them out of the firm."""
        async with self._acting() as (session, actor):
            partner = await attributes.remove_partner(session, actor, uuid_from(partner_id, "partner"))
        self.shown = ""
        return [Notices.tell(f"{partner.name} is no longer a partner of yours."), PartnersState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def reset_factor(self, partner_id: str):
        """Take a second step away that was lost."""
        async with self._acting() as (session, actor):
            partner = await reset_partner_factor(session, actor, uuid_from(partner_id, "partner"))
        self.shown = ""
        told = (
            f"The second step of {partner.name} is gone. Their password alone lets them in until they set up another."
        )
        return [Notices.tell(told), PartnersState.load]

    def _open(self, what: str, partner) -> None:
        self.shown, self.partner = what, str(partner.id)
        self.name, self.email = partner.name, partner.email


def _deed(activity: Activity, deal: str, you, zone: str) -> DeedRow:
    who = who_did(activity, you=you)
    return DeedRow(
        id=str(activity.id),
        initials=initials(activity.actor_name or "SP"),
        words=f"{who} {sentence_of(activity)}" + (f" ({deal})" if deal else ""),
        at=ago_words(activity.created_at, utc_now(), zone),
        exact=instant_words(activity.created_at, zone),
    )
