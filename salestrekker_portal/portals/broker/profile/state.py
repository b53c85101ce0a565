"""The broker's view of a fact find: whole pages, everybody's, with who wrote what and when."""

from datetime import datetime
from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.clients.reviewing import approve_answers, send_back
from salestrekker_portal.domains.fact_find.exporting import whose_to_take
from salestrekker_portal.domains.fact_find.figure_views import FigureView, figures_of
from salestrekker_portal.domains.fact_find.history import WasView, history
from salestrekker_portal.domains.fact_find.latest import LatestView, latest_answers
from salestrekker_portal.domains.fact_find.looks import (
    LastLook,
    begin_looking,
    look_of,
    marks_of,
    newest_of,
    news_on,
    news_words,
    say_seen,
)
from salestrekker_portal.domains.fact_find.outline import Stop
from salestrekker_portal.domains.fact_find.phone import on_the_phone
from salestrekker_portal.domains.fact_find.places import field_id, spot_from
from salestrekker_portal.domains.fact_find.reopening import reopen_section
from salestrekker_portal.domains.fact_find.reviewed import approval_of
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.shared.profile import handlers
from salestrekker_portal.portals.shared.profile.handlers import pressed_by
from salestrekker_portal.portals.shared.profile.picking import ProfilePicking
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.fact_find import NOBODY


class BrokerProfileState(BrokerState, ProfilePicking, rx.State):
    """One page of the profile of the deal in the address (`?page=...&of=...`)."""

    history_of: str = ""
    history_label: str = ""
    was: list[WasView] = []
    missing: bool = False
    latest: list[LatestView] = []
    figures: list[FigureView] = []
    more_figures: list[FigureView] = []
    # The figure whose lines somebody wants to see, from the deal's overview.
    figure_wanted: str = ""
    shown_deal: str = ""
    takes_of: list[dict[str, str]] = []
    # Who approved this page and when, and what was changed since.
    approved: str = ""
    changed_since: str = ""
    # The section that is being sent back with a note, and what is wrong with the note.
    asking_of: str = ""
    asking_title: str = ""
    asking_error: str = ""
    # What others changed since this person looked: words by field, entry and section; counts by the address of a page.
    fresh: dict[str, str] = {}
    fresh_on: dict[str, str] = {}
    fresh_words: str = ""
    # What is typed was told by a client who is on the phone.
    by_phone: bool = False

    _page: tuple[str, str] = ("", "")
    _look: tuple[datetime, datetime] | None = None
    _newest: datetime | None = None

    def _deal_id(self) -> UUID:
        return self._path_id(1, "deal")

    def _all_whole(self) -> bool:
        return True

    def _address(self, stop: Stop) -> str:
        of = f"&of={stop.subject}" if stop.subject != NOBODY else ""
        return f"/deals/{self._deal or self._deal_id()}/profile?page={stop.key}{of}"

    def _show_way(self, whole: Whole, every: list[Stop], stop: Stop) -> None:
        super()._show_way(whole, every, stop)
        first, more = figures_of(whole)
        self._put("figures", first)
        self._put("more_figures", more)
        self._put("shown_deal", self._deal)
        self._put("takes_of", whose_to_take(whole))
        approval = approval_of(whole, stop)
        self._put("approved", approval.words)
        self._put("changed_since", approval.changed)
        self._page = (stop.page.key, str(stop.subject))
        self._put("latest", latest_answers(whole))
        self._show_news(whole, every, stop)

    def _show_news(self, whole: Whole, every: list[Stop], stop: Stop) -> None:
        look, self._newest = LastLook(*self._look) if self._look else None, newest_of(whole)
        news = {self._address(each): news_on(whole, each, look) for each in every}
        self._put("fresh", marks_of(whole, news[self._address(stop)], look))
        self._put("fresh_on", {path: f"{len(new)} new" for path, new in news.items() if new})
        self._put("fresh_words", news_words(whole, sum(map(len, news.values())), look))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("the first look stays the first")
    async def load(self):
        """The page that the address names; the first applicant's without one."""
        of = self._query("of")
        self.history_of, self.missing, self.figure_wanted = "", False, self._query("figure")
        try:
            await self._find_look()
            await self._load(self._query("page"), uuid_from(of, "page") if of else None)
            if self._look is None and self._newest:
                async with self._noting() as (session, actor):
                    await begin_looking(session, actor, self._deal_id(), self._newest)
        except NotFound:
            self.missing = True

    @rx.event
    @allow(Portal.BROKER)
    async def refresh(self):
        if self._deal and not self.missing:
            await self._find_look()
            await self._show()

    async def _find_look(self) -> None:
        async with self._looking() as (session, actor):
            self._look = await look_of(session, actor, self._deal_id())

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("seen again is seen")
    async def seen(self):
        """What this tab shows is no news any more, on any page of this deal."""
        if self._newest is None or self._deal != str(self._deal_id()):
            raise NotFound("deal")
        async with self._acting() as (session, actor):
            await say_seen(session, actor, self._deal_id(), self._newest)
        await self._find_look()
        await self._show()

    save = pressed_by(Portal.BROKER, handlers.save)
    pick = pressed_by(Portal.BROKER, handlers.pick)
    enter = pressed_by(Portal.BROKER, handlers.enter)
    use_mine = pressed_by(Portal.BROKER, handlers.use_mine)
    keep_theirs = pressed_by(Portal.BROKER, handlers.keep_theirs)
    discard = pressed_by(Portal.BROKER, handlers.discard)
    add = pressed_by(Portal.BROKER, handlers.add)
    remove = pressed_by(Portal.BROKER, handlers.remove)
    restore = pressed_by(Portal.BROKER, handlers.restore)
    open_item = pressed_by(Portal.BROKER, handlers.open_item)
    say_nothing = pressed_by(Portal.BROKER, handlers.say_nothing)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def reopen(self, block: str, opened: bool):
        """Let clients change one section although the stage locks it, or lock it again."""
        async with self._acting() as (session, actor):
            await reopen_section(session, actor, self._deal_id(), spot_from(block).section_id, opened=bool_from(opened))
        await self._show()

    def _author(self, actor: Actor) -> Actor:
        return on_the_phone(actor) if self.by_phone else actor

    @rx.event
    @allow(Portal.BROKER)
    def take_call(self, on: bool):
        """From now on what is typed in this tab is marked as told on the phone, or no longer."""
        self.by_phone = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def approve(self, approved: bool):
        """The answers of this page are good, or not after all."""
        page, subject = self._page
        wanted = bool_from(approved)
        async with self._acting() as (session, actor):
            await approve_answers(session, actor, self._deal_id(), page, uuid_from(subject, "page"), approved=wanted)
        await self._show()

    @rx.event
    @allow(Portal.BROKER)
    def ask_about(self, block: str):
        """Ask for the note that a section is sent back with; "" closes the question."""
        titles = {each["id"]: each["title"] for each in self.blocks}
        self.asking_of = block if isinstance(block, str) and block in titles else ""
        self.asking_title, self.asking_error = titles.get(self.asking_of, ""), ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send_back(self, form: dict):
        """The client is to look at a section again."""
        typed = form_from(form)
        spot = spot_from(typed.get("block"))
        try:
            async with self._acting() as (session, actor):
                await send_back(session, actor, self._deal_id(), spot.section_id, spot.subject, typed.get("note"))
        except Invalid as refusal:
            self.asking_error = refusal.errors.get("note", refusal.message)
            return
        self.asking_of = self.asking_error = ""
        await self._show()

    @rx.event
    @allow(Portal.BROKER)
    async def show_history(self, field: str):
        """Every value that a field has had."""
        spot = spot_from(field)
        async with self._looking() as (session, actor):
            asked, self.was = await history(session, actor, self._deal_id(), spot)
        self.history_of, self.history_label = field_id(spot), asked.label

    @rx.event
    @allow(Portal.BROKER)
    async def close_history(self):
        self.history_of, self.was = "", []

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("an answer is a value: saved again it stays")
    async def put_back(self, version: str):
        """Save an earlier value again; it becomes the newest of the history."""
        earlier = next((each for each in self.was if each["id"] == version), None)
        if earlier is None:
            raise NotFound("value")
        field, self.history_of, self.was = self.history_of, "", []
        told = await self._save(field, earlier["raw"], None, "")
        self._known[field] = -1
        await self._show()
        return told
