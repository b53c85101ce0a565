"""A partner's own account and password."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.partners.own_account import account_form, change_own_account
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.shared.password import OwnPassword
from salestrekker_portal.portals.shared.sign_ins import OwnSignIns
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.partners import Partner


class PartnerAccount(TypedDict):
    first_name: str
    last_name: str
    email: str
    phone: str
    country: str


class PartnerAccountState(PartnerState, rx.State):
    """Name, country and phone; the e-mail is fixed."""

    ready: bool = False
    account: PartnerAccount = {"first_name": "", "last_name": "", "email": "", "phone": "", "country": "AU"}
    errors: dict[str, str] = {}
    # Another number shows what was kept.
    form: int = 0

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """What is kept now."""
        async with self._looking() as (session, actor):
            self._show(await session.get(Partner, actor.id))
        self.errors, self.ready = {}, True

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def save(self, form: dict):
        """Keep what was typed, or say what is wrong with it."""
        try:
            async with self._acting() as (session, actor):
                self._show(await change_own_account(session, actor, form_from(form), shown_from(form)))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors = {}
        return [Notices.tell("Your account is saved."), PartnerHere.load]

    def _show(self, partner: Partner) -> None:
        self.account = PartnerAccount(email=partner.email, **account_form(partner))
        self.form += 1


class PartnerPasswordState(OwnPassword, OwnSignIns, PartnerState, rx.State):
    """Changing one's password, and where one is signed in."""

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """Empty boxes, and every browser that is signed in."""
        self.errors, self.form = {}, self.form + 1
        async with self._looking() as (session, actor):
            await self._show_sign_ins(session, actor)

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def save(self, form: dict):
        """Change it when the old one is right; every other browser is signed out."""
        return await self._change_password(form)

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def sign_out(self, session_id: str):
        """Sign out of one other browser."""
        return await self._sign_out(session_id)

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def sign_out_others(self):
        """Sign out everywhere but here."""
        return await self._sign_out_others()
