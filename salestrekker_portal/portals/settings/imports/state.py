"""Settings, Import: one file at a time, and those that came before it."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.imports import service
from salestrekker_portal.domains.imports.queries import (
    Look,
    counts_of,
    current,
    imports_of,
    imports_topic,
    left_out,
    look_at,
)
from salestrekker_portal.domains.workflows.queries import first_stage, workflows_with_stages
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from, uuid_or_none
from salestrekker_portal.portals.settings.imports.rows import (
    ColumnLine,
    FileLine,
    RowLine,
    column_lines,
    file_line,
    is_at_work,
    more_words,
    progress,
    row_lines,
    summary,
)
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.imports import ImportStatus, RowState

PAGE = "/settings/import"
EVERYTHING_FORM = "everything"


class ImportState(BrokerState, rx.State):
    """`step` is "file", "columns", "work" or "checked": what is to be done next."""

    ready: bool = False
    step: str = "file"
    file_id: str = ""
    file_name: str = ""
    about: str = ""
    columns: list[ColumnLine] = []
    stages: list[dict[str, str]] = []
    stage: str = ""
    errors: dict[str, str] = {}
    percent: int = 0
    progress: str = ""
    summary: list[str] = []
    good: str = ""
    bad: list[RowLine] = []
    more: str = ""
    known: list[RowLine] = []
    more_known: str = ""
    files: list[FileLine] = []
    # Rows of the file that was taken back last, of which something stays.
    stayed: list[RowLine] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read it, and hear how the worker gets on."""
        said, _ = flash.read(self.router.headers.cookie or "", PAGE)
        self.errors = {name: said[name] for name in ("file", "everything") if name in said}
        organisation_id = await self._read()
        if organisation_id is not None:
            subscriptions.watch(self.router.session.client_token, imports_topic(organisation_id))

    @rx.event
    @allow(Portal.BROKER)
    async def refresh(self):
        """Look again: the worker went on."""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def check(self, form: dict):
        """Say what the columns are, and have every row looked at."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                stage = uuid_or_none(str(typed.get("stage", "")))
                await service.check_import(session, actor, uuid_from(typed.get("file"), "file"), typed, stage)
        except Invalid as refusal:
            self.errors = refusal.errors
            self.columns = [each | {"field": str(typed.get(each["key"], ""))} for each in self.columns]
            return
        self.errors = {}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def choose_again(self, file_id: str):
        """Back to the columns."""
        async with self._acting() as (session, actor):
            await service.choose_again(session, actor, uuid_from(file_id, "file"))
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def bring_in(self, file_id: str):
        """Have the good rows brought in."""
        async with self._acting() as (session, actor):
            await service.bring_in(session, actor, uuid_from(file_id, "file"))
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def drop(self, file_id: str):
        """Forget the file."""
        async with self._acting() as (session, actor):
            await service.drop_import(session, actor, uuid_from(file_id, "file"))
        self.errors = {}
        await self._read()
        return Notices.tell("Dropped. Nothing of that file came in.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def take_back(self, file_id: str):
        """Have everything removed that came in of a file."""
        async with self._acting() as (session, actor):
            await service.take_back(session, actor, uuid_from(file_id, "file"))
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @asks_again
    async def take_along(self):
        """All that the firm holds: the form that fetches it leaves only for who has just shown that it is them."""
        return do("send", EVERYTHING_FORM)

    @rx.event
    @allow(Portal.BROKER)
    @asks_again
    async def download(self, file_id: str):
        """The rows that can't come in, with why."""
        async with self._looking() as (session, actor):
            name, text = await left_out(session, actor, uuid_from(file_id, "file"))
        return rx.download(data=text, filename=name)

    async def _read(self) -> UUID | None:
        try:
            async with self._looking() as (session, actor):
                files = await imports_of(session, actor)
                now = current(files)
                past = [each for each in files if each is not now]
                counts = await counts_of(session, [each.id for each in past])
                shown = now or next((each for each in past[:1] if each.status is ImportStatus.TAKEN_BACK), None)
                look = await look_at(session, actor, shown) if shown else None
                if now is not None and now.status is ImportStatus.COLUMNS:
                    await self._read_stages(session, actor, now.stage_id)
        except NotPermitted:
            # The page says so itself (settings_page).
            return None
        self.files = [file_line(each, counts[each.id], actor.time_zone) for each in past]
        self.stayed = row_lines(look.rows, RowState.STAYS) if look and now is None else []
        self._show(look if now is not None else None)
        self.ready = True
        return actor.organisation_id

    async def _read_stages(self, session, actor: Actor, chosen: UUID | None) -> None:
        self.stages = [
            {"value": str(stage.id), "label": f"{workflow.name}: {stage.name}"}
            for workflow, stages in await workflows_with_stages(session, actor)
            for stage in stages
        ]
        self.stage = str(chosen or (await first_stage(session, actor.organisation_id)).id)

    def _show(self, look: Look | None) -> None:
        self.step, self.file_id, self.columns, self.bad, self.known = "file", "", [], [], []
        if look is None:
            return
        self.file_id, self.file_name = str(look.file.id), look.file.file_name
        self.about = f"{look.file.file_name}, {counted(look.file.rows, 'row')}"
        if look.file.status is ImportStatus.COLUMNS:
            self.step, self.columns = "columns", column_lines(look.file, look.rows)
        elif is_at_work(look.file):
            self.step, (self.percent, self.progress) = "work", progress(look)
        else:
            self.step, self.summary = "checked", summary(look)
            good = look.counts.get(RowState.GOOD, 0)
            self.good = f"Bring in {counted(good, 'row')}" if good else ""
            self.bad, self.known = (row_lines(look.rows, each) for each in (RowState.BAD, RowState.KNOWN))
            more = more_words(self.bad, look.counts.get(RowState.BAD, 0))
            self.more = f"{more} The file has all." if more else ""
            self.more_known = more_words(self.known, look.counts.get(RowState.KNOWN, 0))
