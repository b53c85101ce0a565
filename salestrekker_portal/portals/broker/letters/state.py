"""Writing to clients and partners from a deal: by e-mail or text, from a template or freely."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.letters.rules import AUDIENCES, Draft, start_of
from salestrekker_portal.domains.letters.sending import WAYS, LetterLook, look_at, write_letter
from salestrekker_portal.domains.letters.templates import template_of, templates_of
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.broker.letters.rows import (
    NOT_SHOWN,
    LetterShown,
    LetterValue,
    ReaderRow,
    inserts_of,
    reader_rows,
    shown_of,
    told_words,
)
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from, form_from, previewed_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel

MOST_READERS = 80


@closes_with_page(lambda state: setattr(state, "shown", False))
class WriteState(BrokerState, rx.State):
    """The drawer. What is typed stays in the browser; `form` gives another beginning fresh boxes."""

    shown: bool = False
    channel: str = Channel.EMAIL.value
    audience: str = Audience.CLIENT.value
    readers: list[ReaderRow] = []
    templates: list[Choice] = []
    template: str = ""
    # What the boxes begin with.
    begins: dict[str, str] = {"subject": "", "text": ""}
    inserts: list[LetterValue] = []
    # As whom it is read in the preview.
    whose: str = ""
    at_once: bool = False
    seen: LetterShown = NOT_SHOWN
    errors: dict[str, str] = {}
    form: int = 0
    _to: list[str] = []
    _typed: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, to: str = ""):
        """Open, with somebody chosen already; without a name the first client who can be reached."""
        who = str(to or "")
        audience = Audience.PARTNER if who.startswith("partner-") else Audience.CLIENT
        self.channel, self.audience, self.template, self.at_once = Channel.EMAIL.value, audience.value, "", False
        self.whose, self._to = "", [who] if who else []
        async with self._looking() as (session, actor):
            await self._begin_with(session, actor)
            first = next((each["key"] for each in self.readers if each["can"]), "")
            if not who and first:
                self._to = [first]
                self._note(await self._looked(session, actor))
        self.shown = True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close; what was typed is asked about by the page before it comes here."""
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    async def by(self, channel: str):
        """Write an e-mail, or a text."""
        self.channel, self.at_once = choice_from(channel, Channel, "channel").value, False
        await self._anew()

    @rx.event
    @allow(Portal.BROKER)
    async def write_to(self, audience: str):
        """Write to the clients, or to the partners who follow the deal."""
        chosen = choice_from(audience, Audience, "audience")
        if chosen not in AUDIENCES:
            raise Invalid({"audience": "Choose clients or partners."})
        self.audience, self.template, self._to, self.whose = chosen.value, "", [], ""
        await self._anew()

    @rx.event
    @allow(Portal.BROKER)
    async def use(self, template_id: str):
        """Begin from a template; what was typed before is there again without one."""
        self.template = str(uuid_from(template_id, "template")) if template_id else ""
        await self._anew()

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, key: str, on: bool):
        """Write to somebody too, or no longer."""
        others = [each for each in self._to if each != str(key)]
        self._to = [*others, str(key)][-MOST_READERS:] if bool_from(on) else others
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    async def look_as(self, key: str):
        """Show it as one of those chosen reads it."""
        self.whose = str(key)
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    async def set_at_once(self, on: bool):
        """Whether a text doesn't wait for the morning."""
        self.at_once = bool_from(on)
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    async def see(self, field: str, text: str):
        """Show the message as it would read now."""
        if not self.shown or field not in ("subject", "text") or not isinstance(text, str):
            return
        self._typed = {**self._typed, field: previewed_from(text, lines=field == "text")}
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send(self, form: dict):
        """Send it to everybody chosen, or to nobody and say why."""
        typed = form_from(form)
        channel = choice_from(typed.get("channel"), Channel, "channel")
        draft = Draft(
            channel=channel,
            audience=choice_from(typed.get("audience"), Audience, "audience"),
            subject=clean(typed.get("subject")) if channel is Channel.EMAIL else "",
            text=clean(typed.get("text"), lines=True),
        )
        to = [name.removeprefix("to-") for name, on in typed.items() if name.startswith("to-") and bool_from(on)]
        try:
            async with self._acting() as (session, actor):
                leaving = await write_letter(
                    session, actor, self._deal(), draft, to, at_once=bool_from(typed.get("at_once"))
                )
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown, self.errors = False, {}
        return Notices.tell(told_words(leaving, WAYS[channel]))

    def _deal(self) -> UUID:
        return self._path_id(1, "deal")

    async def _anew(self) -> None:
        async with self._looking() as (session, actor):
            await self._begin_with(session, actor)

    async def _begin_with(self, session: ReadSession, actor: Actor) -> None:
        """The boxes begin with the template, or with a greeting and who writes."""
        channel, audience = Channel(self.channel), Audience(self.audience)
        kept = await templates_of(session, actor, audience)
        goes = [each for each in kept if (each.sms_text if channel is Channel.SMS else each.email_text)]
        self.templates = [Choice(value=str(each.id), label=each.name) for each in goes]
        if self.template not in [each["value"] for each in self.templates]:
            self.template = ""
        subject, text = "", start_of(channel, audience)
        if self.template:
            chosen = await template_of(session, actor, UUID(self.template))
            subject, text = chosen.subject, chosen.sms_text if channel is Channel.SMS else chosen.email_text
        self.begins = {"subject": subject, "text": text}
        self._typed = dict(self.begins)
        self.errors, self.form = {}, self.form + 1
        self._note(await self._looked(session, actor))

    async def _looked(self, session: ReadSession, actor: Actor) -> LetterLook:
        return await look_at(session, actor, self._deal(), self._draft(), self._to, at_once=self.at_once)

    def _draft(self) -> Draft:
        return Draft(
            channel=Channel(self.channel),
            audience=Audience(self.audience),
            subject=self._typed.get("subject", "") if self.channel == Channel.EMAIL.value else "",
            text=self._typed.get("text", ""),
        )

    async def _look(self) -> None:
        async with self._looking() as (session, actor):
            look = await self._looked(session, actor)
        self._note(look)
        changed = {name: look.errors.get(name, "") for name in ("subject", "text") if self._changed(name)}
        self.errors = {**self.errors, **changed, "to": look.errors.get("to", "")}

    def _changed(self, name: str) -> bool:
        """Nothing is said of a box that nobody has written in."""
        return self._typed.get(name, "") != self.begins[name]

    def _note(self, look: LetterLook) -> None:
        # Who can't be reached this way stays chosen for the other.
        self.inserts = inserts_of(self._draft())
        self.readers = reader_rows(look, self._to)
        self.seen = shown_of(look, self.whose)
