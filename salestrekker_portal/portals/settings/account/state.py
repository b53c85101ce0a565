"""One's own name, mobile and password."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.firm.own_firms import enter_firm, own_firms
from salestrekker_portal.domains.organisations.own_account import change_own_details, own_account, own_form
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import saved_words
from salestrekker_portal.portals.shared.password import OwnPassword
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import User


class MyDetails(TypedDict):
    first_name: str
    last_name: str
    email: str
    mobile: str


class OwnFirm(TypedDict):
    id: str
    name: str
    is_here: bool


class MyDetailsState(OwnPassword, BrokerState, rx.State):
    """Name, mobile and password; the e-mail is how one signs in."""

    ready: bool = False
    details: MyDetails = {"first_name": "", "last_name": "", "email": "", "mobile": ""}
    saved: str = ""
    # Where the person works, when that is in more than one place.
    firms: list[OwnFirm] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """What is kept now."""
        async with self._looking() as (session, actor):
            self._show(await own_account(session, actor), actor.country)
            found = await own_firms(session, actor)
        here = actor.organisation_id
        firms = [OwnFirm(id=str(key), name=name, is_here=key == here) for key, name in found]
        self.firms = firms if len(firms) > 1 else []
        self.errors, self.saved, self.ready = {}, "", True

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was typed, or say what is wrong with it."""
        try:
            async with self._acting() as (session, actor):
                user = await change_own_details(session, actor, form_from(form), shown_from(form))
                self._show(user, actor.country)
                saved = saved_words(actor.time_zone)
        except Invalid as refusal:
            self.errors, self.saved = refusal.errors, ""
            return None
        self.errors, self.saved = {}, saved
        return ShellState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def change_password(self, form: dict):
        """Change it when the old one is right; every other browser is signed out."""
        return await self._change_password(form)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def go_to(self, firm_id: str):
        """Work in another of one's firms: this tab loads its board, the others as soon as they do anything."""
        async with self._acting() as (session, actor):
            await enter_firm(session, actor, uuid_from(firm_id, "firm"))
        # Loaded anew, so that nothing of the firm that was left, shown or typed, stands under the name of the other.
        return do("go", "/board")

    def _show(self, user: User, country: str) -> None:
        self.details = MyDetails(email=user.email, **own_form(user, country))
        self.form += 1
