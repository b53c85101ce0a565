"""Changing one's own password, for staff and partners alike."""

import reflex as rx

from salestrekker_portal.domains.signing_in.own_password import (
    change_own_password,
    checked_change,
    count_change_try,
    kept_password,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.session import PortalState
from salestrekker_portal.portals.incoming.parse import form_from


class OwnPassword(PortalState, mixin=True):
    """Nothing that is typed here is kept in the state."""

    errors: dict[str, str] = {}
    # Another number empties the boxes.
    form: int = 0

    async def _change_password(self, typed: object) -> rx.event.EventSpec | None:
        """Change it when the old one is right; every other browser is signed out."""
        form = form_from(typed)
        current, fresh = str(form.get("current") or ""), str(form.get("password") or "")
        try:
            async with self._acting() as (session, actor):
                await count_change_try(session, actor)
                email, old_hash = await kept_password(session, actor)
            names = (actor.name, actor.organisation_name)
            # Between two transactions: it takes a tenth of a second on purpose, and nobody should wait for it.
            new_hash = await checked_change(current, fresh, email=email, kept=old_hash, names=names)
            async with self._acting() as (session, actor):
                await change_own_password(session, actor, old_hash, new_hash)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors, self.form = {}, self.form + 1
        return Notices.tell("Your password is changed. You are signed out everywhere else.")
