"""Details and branding of the firm."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.details import change_details, details_form
from salestrekker_portal.domains.organisations.business_number import NAMES
from salestrekker_portal.domains.organisations.logo import logo_path
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.settings.here import saved_words
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation


class FirmDetails(TypedDict):
    name: str
    phone: str
    email: str
    business_number: str
    address: str
    website: str
    licence: str
    theme_colour: str


NONE = FirmDetails(name="", phone="", email="", business_number="", address="", website="", licence="", theme_colour="")


class OrganisationState(BrokerState, rx.State):
    """Name, business number, how to reach the firm, licence, logo and colour."""

    ready: bool = False
    details: FirmDetails = NONE
    logo: str = ""
    logo_error: str = ""
    number_name: str = "ABN"
    # The country that the address is looked for in.
    land: str = ""
    errors: dict[str, str] = {}
    saved: str = ""
    # Another number shows what was kept in place of what was typed.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """What is kept now."""
        async with self._looking() as (session, actor):
            demand(actor, Permission.ORGANISATION_MANAGE)
            self._show(await session.get(Organisation, actor.organisation_id))
        said, _ = flash.read(self.router.headers.cookie or "", "/settings/organisation")
        self.errors, self.saved, self.logo_error, self.ready = {}, "", said.get("logo", ""), True

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was typed, or say what is wrong with it."""
        try:
            async with self._acting() as (session, actor):
                self._show(await change_details(session, actor, form_from(form), shown_from(form)))
                saved = saved_words(actor.time_zone)
        except Invalid as refusal:
            self.errors, self.saved = refusal.errors, ""
            return None
        self.errors, self.saved = {}, saved
        return ShellState.load

    def _show(self, firm: Organisation) -> None:
        self.details = FirmDetails(**details_form(firm))
        self.logo, self.number_name = logo_path(firm), NAMES[firm.country]
        self.land = firm.country.lower()
        self.form += 1
