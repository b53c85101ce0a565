"""The firm's templates for what brokers write by hand, with a preview while one is written."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.letters import templates
from salestrekker_portal.domains.letters.rules import AUDIENCES, fields_for
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sms import why_dearer
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import form_from, previewed_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.letters import LetterTemplate
from salestrekker_portal.tables.notifications import Audience


class TemplateLine(TypedDict):
    id: str
    name: str
    note: str


class TemplateValue(TypedDict):
    token: str
    about: str


class TemplateShown(TypedDict):
    """A template as invented people read it; empty parts are not there."""

    subject: str
    lines: list[str]
    sms: str
    size: str


NOTHING_SHOWN = TemplateShown(subject="", lines=[], sms="", size="")
BLANK = {"name": "", "audience": Audience.CLIENT.value, "subject": "", "email_text": "", "sms_text": ""}


class MessageTemplatesState(KeptAtOnce, rx.State):
    """The list, and the one that is written: `editing` is its id or "new", `removing` the id that is asked about."""

    ready: bool = False
    lines: list[TemplateLine] = []
    editing: str = ""
    removing: str = ""
    facts: dict[str, str] = dict(BLANK)
    email_inserts: list[TemplateValue] = []
    sms_inserts: list[TemplateValue] = []
    shown: TemplateShown = NOTHING_SHOWN
    errors: dict[str, str] = {}
    form: int = 0
    _typed: dict[str, str] = dict(BLANK)

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the templates."""
        self.saved = ""
        self._shut()
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, template_id: str):
        """Open one, or a new one."""
        facts = dict(BLANK)
        async with self._looking() as (session, actor):
            if template_id != "new":
                found = await templates.template_of(session, actor, uuid_from(template_id, "template"))
                facts = {name: str(getattr(found, name)) for name in templates.TEXTS}
            self._show(await templates.shown_template(session, actor, facts))
        self.facts, self._typed = facts, dict(facts)
        self.editing, self.removing, self.errors, self.form = str(template_id), "", {}, self.form + 1
        self._insert()

    @rx.event
    @allow(Portal.BROKER)
    async def see(self, field: str, text: str):
        """Show it as it would read now, and name what is wrong."""
        if not self.editing or field not in BLANK or not isinstance(text, str):
            return
        self._typed = {**self._typed, field: previewed_from(text)}
        wrong = templates.problems_of(self._typed)
        self.errors = {**self.errors, **{name: wrong.get(name, "") for name in BLANK if name != "name"}}
        if field == "audience":
            self._insert()
        async with self._looking() as (session, actor):
            self._show(await templates.shown_template(session, actor, self._typed))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep it, or say beside each field what is wrong."""
        typed = form_from(form)
        key = typed.get("template")
        try:
            async with self._keeping() as (session, actor):
                if key == "new":
                    await templates.add_template(session, actor, typed)
                else:
                    mine = uuid_from(key, "template")
                    await templates.change_template(session, actor, mine, typed, shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self._shut()

    @rx.event
    @allow(Portal.BROKER)
    async def ask_remove(self, template_id: str):
        """Ask before one is deleted; "" asks no longer."""
        self.removing = str(template_id)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, template_id: str):
        """Delete it; what was sent stays."""
        async with self._keeping() as (session, actor):
            await templates.delete_template(session, actor, uuid_from(template_id, "template"))
        self._shut()

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close without keeping anything."""
        self._shut()

    def _shut(self) -> None:
        self.editing, self.removing, self.errors, self.shown = "", "", {}, NOTHING_SHOWN

    def _insert(self) -> None:
        said = self._typed["audience"]
        fields = fields_for(next((each for each in AUDIENCES if each == said), Audience.CLIENT))
        rows = [(each, TemplateValue(token=each.token, about=each.about)) for each in fields]
        self.email_inserts = [row for each, row in rows if not each.why_not_email]
        self.sms_inserts = [row for each, row in rows if not each.why_not_sms]

    def _show(self, read: templates.ShownTemplate) -> None:
        size = read.sms.size if read.sms else None
        made = "" if size is None else f"{counted(size.characters, 'character')}, {counted(size.segments, 'credit')}"
        self.shown = TemplateShown(
            subject=read.email.subject if read.email else "",
            lines=read.email.paragraphs if read.email else [],
            sms=read.sms.sms if read.sms else "",
            size="" if size is None else f"{made} for each reader{why_dearer(size)}",
        )

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            found = await templates.templates_of(session, actor)
        self.lines = [_line(each) for each in found]
        self.ready = True


def _line(each: LetterTemplate) -> TemplateLine:
    ways = [words for words, there in (("e-mail", each.email_text), ("text", each.sms_text)) if there]
    whom = "partners" if each.audience is Audience.PARTNER else "clients"
    return TemplateLine(id=str(each.id), name=each.name, note=f"To {whom}, by {' and '.join(ways)}")
