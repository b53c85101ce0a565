"""Messages to partners in the firm's own words, with a preview while somebody writes."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.partner_settings import (
    partner_settings_of,
    partner_words_of,
    use_standard_partner_words,
    write_partner_words,
)
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.texts import partner_message_of
from salestrekker_portal.domains.notices.words import Words
from salestrekker_portal.domains.notifications.partner_tests import partner_preview, send_partner_test
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.settings.partner_portal.state import ADMIN_WORDS, PartnerPortalSettingsState
from salestrekker_portal.portals.settings.wording_rows import WordingDraft, shown_words
from salestrekker_portal.portals.settings.wording_state import WritingWords
from salestrekker_portal.tables.access import Portal


class PartnerWordingState(WritingWords, rx.State):
    """The drawer beside the list of messages."""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Begin with nothing open."""
        self._shut()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, key: str):
        """Open the words of one message."""
        message = partner_message_of(key)
        async with self._looking() as (session, actor):
            kept = await partner_settings_of(session, actor)
            words = partner_words_of(kept, message.key)
            self._show(await partner_preview(session, actor, message.key, words), message.key)
            self.may_edit = actor.may(Permission.ORGANISATION_MANAGE)
        event = BY_KEY[message.key]
        title, about = ADMIN_WORDS.get(message.key, (event.label, event.explanation))
        draft = WordingDraft(
            key=message.key,
            title=title,
            about=about,
            subject=words.subject,
            email_text=words.email_text,
            sms_text=words.sms_text,
            has_email=message.has_email,
            has_sms=message.has_sms,
            has_own_words=bool((kept.words or {}).get(message.key)),
            is_mine=False,
        )
        self._open_words(message, draft, words)

    @rx.event
    @allow(Portal.BROKER)
    async def see(self, field: str, text: str):
        """Show the message as it would read now, and name a value that does not exist."""
        words = self._type(partner_message_of, field, text)
        if words is not None:
            async with self._looking() as (session, actor):
                self._show(await partner_preview(session, actor, self.draft["key"], words), self.draft["key"])

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send_test(self):
        """E-mail the message as it stands here to oneself, with invented readers."""
        return await self._try_out(send_partner_test)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the words, or say beside each text what is wrong with it."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                await write_partner_words(session, actor, key=typed.get("key"), typed=typed, shown=shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self._shut()
        return [PartnerPortalSettingsState.load, Notices.tell("Saved. Partners read it like this from now on.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def standard(self, key: str):
        """Back to the words that we ship."""
        async with self._acting() as (session, actor):
            await use_standard_partner_words(session, actor, key=key)
        self._shut()
        return [PartnerPortalSettingsState.load, Notices.tell("The standard wording is back.")]

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the drawer without keeping anything."""
        self._shut()

    def _show(self, words: Words, key: str) -> None:
        message = partner_message_of(key)
        sms = words.sms if message.has_sms else ""
        self.shown = shown_words(words.subject, words.paragraphs, sms, button=message.link_label, reader="partner")
