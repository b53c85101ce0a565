"""The broker's view of a fact find: whole pages, everybody's, with who wrote what and when."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.fact_find.exporting import whose_to_take
from salestrekker_portal.domains.fact_find.figure_views import FigureView, figures_of
from salestrekker_portal.domains.fact_find.history import WasView, history
from salestrekker_portal.domains.fact_find.latest import LatestView, latest_answers
from salestrekker_portal.domains.fact_find.outline import Stop
from salestrekker_portal.domains.fact_find.places import field_id, spot_from
from salestrekker_portal.domains.fact_find.reopening import reopen_section
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.portals.shared.profile import handlers
from salestrekker_portal.portals.shared.profile.changes import ProfileChanges
from salestrekker_portal.portals.shared.profile.handlers import pressed_by
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.fact_find import NOBODY


class BrokerProfileState(BrokerState, ProfileChanges, rx.State):
    """One page of the profile of the deal in the address (`?page=...&of=...`)."""

    history_of: str = ""
    history_label: str = ""
    was: list[WasView] = []
    missing: bool = False
    latest: list[LatestView] = []
    figures: list[FigureView] = []
    more_figures: list[FigureView] = []
    shown_deal: str = ""
    takes_of: list[dict[str, str]] = []

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

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """The page that the address names; the first applicant's without one."""
        of = self._query("of")
        self.history_of, self.missing = "", False
        try:
            await self._load(self._query("page"), uuid_from(of, "page") if of else None)
            await self._look_for_the_latest()
        except NotFound:
            self.missing = True

    @rx.event
    @allow(Portal.BROKER)
    async def refresh(self):
        if self._deal and not self.missing:
            await self._show()
            await self._look_for_the_latest()

    async def _look_for_the_latest(self) -> None:
        async with self._looking() as (session, actor):
            self.latest = await latest_answers(session, actor, self._deal_id())

    save = pressed_by(Portal.BROKER, handlers.save)
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
