"""A client's phones and computers that let them in without a PIN."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.portal_access import phone
from salestrekker_portal.domains.signing_in.passkeys import relying_party
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal


class PhoneRow(TypedDict):
    id: str
    name: str
    about: str


class PhoneState(ClientState, rx.State):
    """Which there are, and what the last try to add one came to."""

    phones: list[PhoneRow] = []
    # At an address that is not secure no browser makes any.
    possible: bool = False
    refused: str = ""
    kept: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Look at one's own."""
        async with self._looking() as (session, actor):
            zone = actor.time_zone
            self.phones = [
                PhoneRow(
                    id=str(each.id),
                    name=each.name,
                    about=f"Since {instant_words(each.created_at, zone)}, used {instant_words(each.used_at, zone)}"
                    if each.used_at
                    else f"Since {instant_words(each.created_at, zone)}, not used yet",
                )
                for each in await phone.own_phones(session, actor)
            ]
        said = flash.read(self.router.headers.cookie or "", "/portal/privacy")[0]
        self.refused, self.kept = said.get("phone", ""), said.get("kept", "")
        self.possible = relying_party() != "" and not actor.is_preview

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def forget(self, phone_id: str):
        """One of them lets nobody in any more."""
        async with self._acting() as (session, actor):
            await phone.forget_phone(session, actor, uuid_from(phone_id, "phone or computer"))
        return [PhoneState.load, Notices.tell("Done. From there you need a PIN again.")]
