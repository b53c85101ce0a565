"""Keys with which the firm's other programs come in: made, shown once, ended."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.api_tokens import service
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal

SCOPE = "scope-"


class KeyLine(TypedDict):
    id: str
    name: str
    ending: str
    about: str
    works: bool


class ApiKeysState(KeptAtOnce, rx.State):
    """The live keys. `made` is a key that was made just now; it is nowhere else and gone with the page."""

    ready: bool = False
    lines: list[KeyLine] = []
    errors: dict[str, str] = {}
    made: str = ""
    # Another number empties the form.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the keys."""
        self.made, self.saved, self.errors = "", "", {}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def make(self, form: dict):
        """Make a key and show it."""
        typed = form_from(form)
        scopes = [name.removeprefix(SCOPE) for name, on in typed.items() if name.startswith(SCOPE) and bool_from(on)]
        try:
            async with self._keeping() as (session, actor):
                _, secret = await service.make_token(session, actor, name=typed.get("name"), scopes=scopes)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors, self.form = {}, self.form + 1
        self.made = secret

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def end(self, key_id: str):
        """The key opens nothing from now on."""
        async with self._keeping() as (session, actor):
            await service.end_token(session, actor, uuid_from(key_id, "key"))
        self.made = ""

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            self.lines = [_line(each, actor) for each in await service.tokens_of(session, actor)]
        self.ready = True


def _line(kept: service.KeptToken, actor: Actor) -> KeyLine:
    token = kept.token
    used = token.last_used_at
    last = f"last used {day_words(local(used, actor.time_zone).date())}" if used else "never used"
    works = "" if kept.works else f" · no longer works: {kept.maker} left"
    return KeyLine(
        id=str(token.id),
        name=token.name,
        ending=token.ending,
        about=f"{', '.join(token.scopes)} · made by {kept.maker} · {last}{works}",
        works=kept.works,
    )
