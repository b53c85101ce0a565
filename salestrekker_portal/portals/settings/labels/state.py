"""Labels that deals may carry."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.labels import service
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal


class LabelLine(TypedDict):
    id: str
    name: str
    use: str


class LabelsState(KeptAtOnce, rx.State):
    """The labels by name. `editing` and `removing` are ids; errors belong to what is open."""

    ready: bool = False
    labels: list[LabelLine] = []
    editing: str = ""
    removing: str = ""
    errors: dict[str, str] = {}
    # Another number empties the box of a new label.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the labels."""
        self.saved, self.errors, self.editing, self.removing = "", {}, "", ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, label_id: str, remove: bool = False):
        """Open the name of a label, or the question before deleting it; "" closes both."""
        await self._read()
        self.editing, self.removing = ("", str(label_id)) if remove is True else (str(label_id), "")
        self.errors = {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Add a label, or keep another name for one."""
        typed = form_from(form)
        raw = typed.get("label")
        try:
            async with self._keeping() as (session, actor):
                if raw:
                    key = uuid_from(raw, "label")
                    await service.rename_label(session, actor, key, typed.get("name"), shown_from(form))
                else:
                    await service.add_label(session, actor, typed.get("name"))
        except Invalid as refusal:
            self.errors = {"edit" if raw else "add": refusal.message}
            return
        self._done()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, label_id: str):
        """Take a label off every deal, and away."""
        async with self._keeping() as (session, actor):
            await service.delete_label(session, actor, uuid_from(label_id, "label"))
        self._done()

    def _done(self) -> None:
        self.errors, self.editing, self.removing, self.form = {}, "", "", self.form + 1

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            found = await service.labels_with_use(session, actor)
        self.labels = [
            LabelLine(id=str(label.id), name=label.name, use="1 deal" if count == 1 else f"{count:,} deals")
            for label, count in found
        ]
        self.ready = True
