"""One's own passkeys, on the page "Password and security" and where a second step is asked for."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.signing_in import own_passkeys
from salestrekker_portal.domains.signing_in.passkeys import relying_party
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Passkey, Portal


class PasskeyLine(TypedDict):
    id: str
    name: str
    about: str


@forgotten_on_load("first_codes")
class PasskeysState(BrokerState, rx.State):
    """Which there are, and what the last try to add one came to."""

    ready: bool = False
    keys: list[PasskeyLine] = []
    has_codes: bool = True
    # Shown once, right after they were made.
    first_codes: list[str] = []
    possible: bool = False
    page: str = ""
    name: str = ""
    errors: dict[str, str] = {}
    added: str = ""

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._read()
        self.page = "/" + "/".join(self._path())
        said, typed = flash.read(self.router.headers.cookie or "", self.page)
        self.added = said.pop("added", "")
        self.errors = said
        self.name = typed.get("name", browser_name(self.router.headers.user_agent))
        self.first_codes, self.possible, self.ready = [], relying_party() != "", True

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def take_away(self, passkey_id: str):
        """One of them lets nobody in any more."""
        async with self._acting() as (session, actor):
            await own_passkeys.take_passkey_away(session, actor, uuid_from(passkey_id, "passkey"))
        await self._read()
        return Notices.tell("Removed. Your phone or computer may still list it; it opens nothing here.")

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    @asks_again
    async def make_first_codes(self):
        """Recovery codes, for when no passkey is at hand."""
        async with self._acting() as (session, actor):
            codes = await own_passkeys.first_codes(session, actor)
        await self._read()
        self.first_codes = codes

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            own = await own_passkeys.own_passkeys(session, actor)
            self.keys = [_line(each, actor.time_zone) for each in own.keys]
        self.has_codes = own.has_codes


def _line(key: Passkey, zone: str) -> PasskeyLine:
    used = f"used {instant_words(key.used_at, zone)}" if key.used_at else "never used"
    return PasskeyLine(id=str(key.id), name=key.name, about=f"Added {instant_words(key.created_at, zone)}, {used}")
