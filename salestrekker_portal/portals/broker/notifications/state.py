"""Notifications: what happened on one's deals, newest first."""

from datetime import datetime
from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notices.words import names_of, path_of, sentence_of
from salestrekker_portal.domains.notifications import bell
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, instant_words
from salestrekker_portal.kernel.text import joined, shortened
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notifications import Notice

MARKS = {
    "client_uploaded": "upload",
    "client_wrote": "message",
    "partner_wrote": "message",
    "team_note": "message",
    "note_mention": "message",
    "partner_uploaded": "upload",
    "bank_statements_returned": "upload",
    "settlement_due": "date",
    "deal_stale": "date",
}


class NewsRow(TypedDict):
    """One line of the list."""

    id: str
    words: str
    about: str
    to: str
    when_at: str
    exact: str
    mark: str
    unread: bool


def news_row(notice: Notice, deal: str, actor: Actor) -> NewsRow:
    """A line in words, in the reader's time zone."""
    names = names_of(notice)
    files = shortened(joined(names), 120) if len(names) > 1 else ""
    return NewsRow(
        id=str(notice.id),
        words=sentence_of(notice),
        about=" · ".join(each for each in (deal, files) if each),
        to=path_of(notice),
        when_at=ago_words(notice.happened_at, utc_now(), actor.time_zone),
        exact=instant_words(notice.happened_at, actor.time_zone),
        mark=MARKS.get(notice.event, "other"),
        unread=notice.read_at is None,
    )


class NotificationsState(BrokerState, rx.State):
    """The list; with ?show=unread only what is new."""

    ready: bool = False
    rows: list[NewsRow] = []
    view: str = "?show=all"
    has_older: bool = False
    any_unread: bool = False
    _oldest: datetime | None = None

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the newest lines again."""
        await self._read(None)
        self.ready = True

    @rx.event
    @allow(Portal.BROKER)
    async def load_older(self):
        """Read on, further back."""
        await self._read(self._oldest)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a mark is set to a value")
    async def mark(self, notice_id: str, read: bool):
        """This line has been seen, or is new again."""
        key, on = uuid_from(notice_id, "notification"), bool_from(read)
        async with self._acting() as (session, actor):
            await bell.mark_read(session, actor, key, on=on)
        self.rows = [{**row, "unread": not on} if row["id"] == str(key) else row for row in self.get_value("rows")]
        self.any_unread = any(row["unread"] for row in self.get_value("rows"))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("what was read stays read")
    async def mark_all(self):
        """Everything has been seen."""
        async with self._acting() as (session, actor):
            await bell.mark_all_read(session, actor)
        await self._read(None)

    async def _read(self, before: datetime | None) -> None:
        unread_only = self._query("show") == "unread"
        async with self._looking() as (session, actor):
            found = await bell.news_of(session, actor, before=before, unread_only=unread_only)
            rows = [news_row(notice, deal, actor) for notice, deal in found]
        self.rows = rows if before is None else [*self.get_value("rows"), *rows]
        self.view = "?show=unread" if unread_only else "?show=all"
        self.has_older = len(found) == bell.PAGE_SIZE
        self._oldest = found[-1][0].created_at if found else None
        self.any_unread = any(row["unread"] for row in self.get_value("rows"))
