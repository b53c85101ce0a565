"""One's own name, mobile and password."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.organisations.own_account import change_own_details, own_account, own_form
from salestrekker_portal.domains.signing_in.own_password import (
    change_own_password,
    checked_change,
    count_change_try,
    kept_password,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.settings.here import saved_words
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import User


class MyDetails(TypedDict):
    first_name: str
    last_name: str
    email: str
    mobile: str


class MyDetailsState(BrokerState, rx.State):
    """Name and mobile; the e-mail is how one signs in. Nothing of a password is kept in the state."""

    ready: bool = False
    details: MyDetails = {"first_name": "", "last_name": "", "email": "", "mobile": ""}
    errors: dict[str, str] = {}
    saved: str = ""
    # Another number shows what was kept, and empties the boxes of a password.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """What is kept now."""
        async with self._looking() as (session, actor):
            self._show(await own_account(session, actor), actor.country)
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
        typed = form_from(form)
        current, fresh = str(typed.get("current") or ""), str(typed.get("password") or "")
        try:
            async with self._acting() as (session, actor):
                await count_change_try(session, actor)
                email, old_hash = await kept_password(session, actor)
            new_hash = await checked_change(
                current, fresh, email=email, kept=old_hash, names=(actor.name, actor.organisation_name)
            )
            async with self._acting() as (session, actor):
                await change_own_password(session, actor, old_hash, new_hash)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors, self.form = {}, self.form + 1
        return Notices.tell("Your password is changed. You are signed out everywhere else.")

    def _show(self, user: User, country: str) -> None:
        self.details = MyDetails(email=user.email, **own_form(user, country))
        self.form += 1
