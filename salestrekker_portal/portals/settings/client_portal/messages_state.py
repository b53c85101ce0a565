"""Messages to clients: which of them go, how, and in whose words, with a preview while somebody writes."""

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.notices.texts import NOTE_SHARED, message_of
from salestrekker_portal.domains.notifications import choosing
from salestrekker_portal.domains.notifications.choosing import Decided, decided, preview_readers
from salestrekker_portal.domains.portal_access.client_words import Shows, shows_of, words_of
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from, form_from, shown_from
from salestrekker_portal.portals.settings.client_portal.message_rows import (
    MessageKindRow,
    draft_of,
    message_rows,
    shown_of,
)
from salestrekker_portal.portals.settings.client_portal.state import ClientPortalSettingsState, is_for_firm
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.portals.settings.wording_state import WritingWords
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Channel


class ClientMessagesState(WritingWords, KeptAtOnce, rx.State):
    """The matrix, and the one message that is being written."""

    ready: bool = False
    for_firm: bool = True
    may_text: bool = True
    credits: str = ""
    rows: list[MessageKindRow] = []
    # How much of a note stands in the e-mail that tells of it: whole, line, none.
    shows: str = Shows.LINE.value

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read what applies at this address."""
        self.saved = ""
        self._shut()
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def switch(self, key: str, channel: str, on: bool):
        """Send one message by e-mail or SMS, or no longer."""
        way = choice_from(channel, Channel, "channel")
        async with self._keeping() as (session, actor):
            whose = is_for_firm(self._query("whose"), actor)
            await choosing.choose_way(session, actor, for_firm=whose, key=key, channel=way, on=bool_from(on))
        return self._others()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def show_note(self, shows: str):
        """Put all of a note, its first line or nothing of it into the e-mail that tells of it."""
        chosen = choice_from(shows, Shows, "shows")
        async with self._keeping() as (session, actor):
            whose = is_for_firm(self._query("whose"), actor)
            await choosing.choose_shown(session, actor, for_firm=whose, shows=chosen)
        return self._others()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, key: str):
        """Open the words of one message."""
        message = message_of(key)
        async with self._looking() as (session, actor):
            page = await decided(session, actor, for_firm=is_for_firm(self._query("whose"), actor))
            words = words_of(page.stored, message.key)
            self._note(page)
            self.shown = shown_of(page.people, message.key, words, page.credits, Shows(self.shows))
        self._open_words(message, draft_of(message, words, page), words)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send_test(self):
        """E-mail the message as it stands here to oneself, with invented readers."""
        return await self._try_out(choosing.send_test)

    @rx.event
    @allow(Portal.BROKER)
    async def see(self, field: str, text: str):
        """Show the message as it would read now, and name a value that does not exist."""
        words = self._type(message_of, field, text)
        if words is None:
            return
        async with self._looking() as (session, actor):
            people = await preview_readers(session, actor)
        self.shown = shown_of(people, self.draft["key"], words, self.shown["credits"], Shows(self.shows))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the words, or say beside each text what is wrong with it."""
        typed = form_from(form)
        key = typed.get("key")
        try:
            async with self._keeping() as (session, actor):
                whose = is_for_firm(self._query("whose"), actor)
                await choosing.write_words(session, actor, for_firm=whose, key=key, typed=typed, shown=shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        return self._done()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def standard(self, key: str):
        """Back to the words that we ship."""
        async with self._keeping() as (session, actor):
            whose = is_for_firm(self._query("whose"), actor)
            await choosing.use_standard_words(session, actor, for_firm=whose, key=key)
        return self._done()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def follow(self, key: str):
        """Drop one's own row of a message."""
        async with self._keeping() as (session, actor):
            await choosing.follow_firms_message(session, actor, key=key)
        return self._done()

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the dialog without keeping anything."""
        self._shut()

    def _done(self):
        self._shut()
        return self._others()

    def _others(self):
        """A broker's first message of their own gives them settings of their own: the page says so."""
        return None if self.for_firm else ClientPortalSettingsState.load

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            await self._show(session, actor)
        self.ready = True

    async def _show(self, session: ReadSession, actor: Actor) -> None:
        self.for_firm = is_for_firm(self._query("whose"), actor)
        self.may_edit = actor.may(Permission.ORGANISATION_MANAGE if self.for_firm else Permission.DEAL_SHARE)
        page = await decided(session, actor, for_firm=self.for_firm)
        self.may_text, self.credits = page.may_text, f"{page.credits:,}"
        self.rows = message_rows(page)
        self._note(page)

    def _note(self, page: Decided) -> None:
        self.shows = shows_of(page.stored.get(NOTE_SHARED, {})).value
