"""Which provider of bank statements the firm, or a broker for their own deals, has switched on (I-02)."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.bank_statements import integrations
from salestrekker_portal.domains.bank_statements.rules import NAMES
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.wiring import offered_banks

FIRM = "organisation"
NOTES = {
    Provider.ILLION: "Your client picks their bank on illion’s own page. You need a referral code from illion.",
    Provider.BASIQ: "Open banking, with the consent of the client. Original PDFs and transactions.",
    Provider.AKAHU: "Open banking in New Zealand, with the consent of the client.",
    Provider.DEMONSTRATION: "Invented bank and people: everything works, nothing is real.",
}


class Offer(TypedDict):
    """A provider that can be chosen."""

    value: str
    label: str
    note: str


class IntegrationsState(KeptAtOnce, rx.State):
    """`whose` is "organisation" or "own", from the address; an admin begins with the organisation's."""

    ready: bool = False
    whose: str = "own"
    is_own: bool = False
    may_edit: bool = False
    offers: list[Offer] = []
    provider: str = ""
    on: bool = False
    referral_code: str = ""
    multi_bank: bool = False
    months: str = "6"
    errors: dict[str, str] = {}
    # Another number shows what was kept.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read what applies."""
        self.saved, self.errors = "", {}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    def choose(self, provider: str):
        """Look at another provider; nothing is kept before Save."""
        if provider in [offer["value"] for offer in self.offers]:
            self.provider, self.errors = provider, {}

    @rx.event
    @allow(Portal.BROKER)
    def set_on(self, on: bool):
        """Switch on or off; nothing is kept before Save."""
        self.on = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def save(self, form: dict):
        """Keep it, or say what is wrong."""
        typed = form_from(form)
        try:
            async with self._keeping() as (session, actor):
                await integrations.choose(
                    session,
                    actor,
                    offered_banks(),
                    for_firm=self._for_firm(actor),
                    shown=shown_from(form),
                    switched_on=self.on,
                    provider=self.provider,
                    referral_code=typed.get("referral_code", ""),
                    multi_bank=bool_from(typed.get("multi_bank")),
                    months=typed.get("months", "6"),
                )
        except Invalid as refusal:
            self.errors, self.saved = refusal.errors, ""
            return
        self.errors = {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def follow_firm(self):
        """Drop one's own choice."""
        async with self._acting() as (session, actor):
            await integrations.follow_firm(session, actor)
        await self._read()
        return Notices.tell("Your deals use the organisation’s provider again.")

    def _for_firm(self, actor: Actor) -> bool:
        named = self._query("whose")
        return named == FIRM or (named != "own" and actor.may(Permission.ORGANISATION_MANAGE))

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            for_firm = self._for_firm(actor)
            chosen = await integrations.chosen_by(session, actor, offered_banks(), for_firm=for_firm)
        self.whose, self.is_own = (FIRM if for_firm else "own"), chosen.is_own
        self.may_edit = actor.may(Permission.ORGANISATION_MANAGE if for_firm else Permission.DEAL_SHARE)
        self.offers = [Offer(value=each.value, label=NAMES[each], note=NOTES[each]) for each in chosen.offered]
        kept = integrations.integration_form(chosen.integration, chosen.offered)
        self.provider, self.on, self.months = kept["provider"], kept["switched_on"], kept["months"]
        self.referral_code, self.multi_bank = kept["referral_code"], kept["multi_bank"]
        self.form, self.ready = self.form + 1, True
