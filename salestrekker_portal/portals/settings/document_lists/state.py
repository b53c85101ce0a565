"""Required document lists."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.documents import lists
from salestrekker_portal.domains.documents.standard_lists import STANDARD_LISTS
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Country


class ListLine(TypedDict):
    id: str
    name: str
    facts: str
    lines: str


NEW = ListLine(id="", name="", facts="", lines="")


class DocumentListsState(KeptAtOnce, rx.State):
    """The firm's own lists, those that ship, and the one in the form."""

    ready: bool = False
    own: list[ListLine] = []
    ours: list[ListLine] = []
    open: bool = False
    draft: ListLine = NEW
    removing: str = ""
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the lists."""
        self.saved, self.errors, self.open, self.removing = "", {}, False, ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, key: str):
        """The form of an own list; of one that ships, a copy to change; "" for an empty one."""
        await self._read()
        own = next((each for each in self.own if each["id"] == key), None)
        copied = next((each for each in self.ours if each["id"] == key), None)
        self.draft = own or (ListLine(**{**copied, "id": ""}) if copied else NEW)
        self.open, self.errors = True, {}

    @rx.event
    @allow(Portal.BROKER)
    async def ask_remove(self, key: str):
        """Ask before a list goes."""
        await self._read()
        self.removing = str(key)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the form or the question; nothing changed."""
        self.open, self.removing, self.errors = False, "", {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the list in the form."""
        typed, shown = form_from(form), shown_from(form)
        wanted = {name: typed.get(name) for name in ("name", "lines")}
        key = uuid_from(typed["list"], "list") if typed.get("list") else None
        try:
            async with self._keeping() as (session, actor):
                await lists.save_list(session, actor, key, shown=shown, **wanted)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self._done()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, key: str):
        """Delete an own list."""
        async with self._keeping() as (session, actor):
            await lists.delete_list(session, actor, uuid_from(key, "list"))
        self._done()

    def _done(self) -> None:
        self.errors, self.open, self.removing = {}, False, ""

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            own = await lists.own_lists(session, actor)
            ours = STANDARD_LISTS[Country(actor.country)]
        self.own = [_line(str(each.id), each.name, each.items) for each in own]
        self.ours = [
            _line(each.key, each.name, [{"name": i.name, "why": i.why, "each": i.each} for i in each.items])
            for each in ours
        ]
        self.ready = True


def _line(key: str, name: str, items: list[dict]) -> ListLine:
    number = "1 document" if len(items) == 1 else f"{len(items)} documents"
    first = ", ".join(item["name"] for item in items[:3])
    more = ", …" if len(items) > 3 else ""
    return ListLine(id=key, name=name, facts=f"{number}: {first}{more}", lines=lists.lines_of(items))
