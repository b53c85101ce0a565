"""The client's profile: one section at a time, and the page that checks it all."""

from uuid import UUID

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import access_topic, deal_topic
from salestrekker_portal.domains.fact_find.outline import MissingView, StepView, Stop, missing, stops
from salestrekker_portal.domains.fact_find.review import SaidPageView, said, with_query
from salestrekker_portal.domains.fact_find.reviewed import to_look_at
from salestrekker_portal.domains.fact_find.same_as import live_with, who_lives_somewhere
from salestrekker_portal.domains.fact_find.still_true import ToldView, begin_to_change, say_still_true, told_on
from salestrekker_portal.domains.fact_find.submission import TRUTH, has_changed, submit_profile
from salestrekker_portal.domains.fact_find.way import percents, section_of, way
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.portal_access.home import TO_DO, own_requests
from salestrekker_portal.kernel.days import day_words, instant_words, local, working_day_after
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.profile import handlers
from salestrekker_portal.portals.shared.profile.handlers import pressed_by
from salestrekker_portal.portals.shared.profile.picking import ProfilePicking
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.portal_access import PortalAccess

REVIEW = "/portal/profile/review"
NOT_ASKED = "That page isn’t one that you are asked. Here is what you are asked."


class ClientProfileState(ClientState, ProfilePicking, rx.State):
    """One section, or one page of lists."""

    # Came from the check: one press leads straight back to it.
    from_review: bool = False
    # What was told for an earlier loan and stands on this screen: when, and the answers, until it is confirmed.
    still_when: str = ""
    still_answers: list[ToldView] = []
    # Whose address may be taken over here, by id and first name.
    same_as: list[dict[str, str]] = []

    def _deal_id(self) -> UUID:
        return _deal_of(self._actor())

    def _address(self, stop: Stop) -> str:
        return address(stop, self._actor().id)

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """The section that the address names; without one, on to the first that misses something."""
        path = self._path()
        if len(path) < 3:
            return await self._first_missing()
        of = self._query("of")
        self.from_review = self._query("from") == "review"
        try:
            await self._load(path[2], uuid_from(of, "page") if of else None, self._query("open"))
        except NotFound:
            # A page that is asked no more, or that its owner keeps private: on to one that is theirs.
            return [Notices.tell(NOT_ASKED), rx.redirect("/portal/profile", replace=True)]

    def _show_way(self, whole: Whole, every: list[Stop], stop: Stop) -> None:
        super()._show_way(whole, every, stop)
        told = told_on(whole, stop)
        self._put("still_when", told.when)
        self._put("still_answers", told.answers)
        self._put("same_as", who_lives_somewhere(whole, stop))

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def still_true(self):
        """What stands here is still true: on to the next screen, unless this one asks something new."""
        of = UUID(self._of) if self._of else None
        async with self._acting() as (session, actor):
            left = await say_still_true(session, actor, _deal_of(actor), self._key, of)
        if left:
            return await self._changed()
        onward = self.after_path or REVIEW
        return rx.redirect(REVIEW if self.from_review else onward)

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def change_told(self):
        """Show the questions: they go through them themselves."""
        async with self._acting() as (session, actor):
            await begin_to_change(session, actor, _deal_of(actor), self._key, UUID(self._of) if self._of else None)
        await self._changed()

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def lives_with(self, contact: str):
        """The address of another applicant is this one's too."""
        of, other = UUID(self._of) if self._of else None, uuid_from(contact, "applicant")
        async with self._acting() as (session, actor):
            await live_with(session, actor, _deal_of(actor), self._key, of, other)
        await self._changed()

    async def _first_missing(self):
        async with self._looking() as (session, actor):
            whole = await read_whole(session, actor, _deal_of(actor))
        every = stops(whole)
        left = missing(whole, every, self._address)
        # To the section's beginning, not to the field that is missing: somebody who has just come needs to see where
        # they are.
        return rx.redirect(left[0]["path"].partition("#")[0] if left else REVIEW, replace=True)

    @rx.event
    @allow(Portal.CLIENT)
    async def refresh(self):
        if self._deal:
            await self._show()

    save = pressed_by(Portal.CLIENT, handlers.save)
    pick = pressed_by(Portal.CLIENT, handlers.pick)
    enter = pressed_by(Portal.CLIENT, handlers.enter)
    use_mine = pressed_by(Portal.CLIENT, handlers.use_mine)
    keep_theirs = pressed_by(Portal.CLIENT, handlers.keep_theirs)
    discard = pressed_by(Portal.CLIENT, handlers.discard)
    add = pressed_by(Portal.CLIENT, handlers.add)
    remove = pressed_by(Portal.CLIENT, handlers.remove)
    restore = pressed_by(Portal.CLIENT, handlers.restore)
    open_item = pressed_by(Portal.CLIENT, handlers.open_item)
    say_nothing = pressed_by(Portal.CLIENT, handlers.say_nothing)
    say_rest = pressed_by(Portal.CLIENT, handlers.say_rest)


class ProfileReviewState(ClientState, rx.State):
    """What is missing, what is there, and handing it in."""

    broker: str = ""
    steps: list[StepView] = []
    missing: list[MissingView] = []
    again: list[MissingView] = []
    pages: list[SaidPageView] = []
    place: str = ""
    parts_done: list[int] = []
    done_percent: int = 0
    visits: int = 0
    all_open: bool = False
    truth: str = TRUTH
    version: int = 0
    # After it was sent: whether something is new since, when it is looked at, and what is still to be sent.
    changed: bool = False
    looked_at_by: str = ""
    to_send: int = 0
    minutes: int = 0
    lock_reason: str = ""
    submitted: str = ""
    loaded: bool = False

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Everything from the database; and from now on, live."""
        actor = self._actor()
        self.all_open = False
        await self._show()
        self.visits += 1
        subscriptions.watch(
            self.router.session.client_token, deal_topic(_deal_of(actor)), access_topic(actor.access_id)
        )

    @rx.event
    @allow(Portal.CLIENT)
    async def refresh(self):
        if self.loaded:
            await self._show()

    @rx.event
    @allow(Portal.CLIENT)
    async def show_all(self):
        """Every answer under its section, or the sections folded again."""
        self.all_open = not self.all_open

    async def _show(self) -> None:
        async with self._looking() as (session, actor):
            whole = await read_whole(session, actor, _deal_of(actor))
            self.broker = await broker_name(session, actor)
            access = await session.get(PortalAccess, actor.access_id)
            sent_at = access.submitted_at if access else None
            self.changed = sent_at is not None and await has_changed(session, whole, sent_at)
            asked = await own_requests(session, actor) if sent_at is not None else []
        every = stops(whole)

        def back_here(stop: Stop) -> str:
            return with_query(address(stop, actor.id), ["from=review"])

        self.steps = way(whole, every, None, lambda stop: address(stop, actor.id))
        self.missing = missing(whole, every, back_here)
        self.again = to_look_at(whole, every, back_here)
        self.pages = said(whole, every, back_here)
        number, total = section_of(every, None)
        self.place, self.done_percent = f"Section {number} of {total}", whole.progress.percent
        self.parts_done = percents(whole, every)
        self.version = access.submissions if access else 0
        self.to_send = sum(each.state in TO_DO for each in asked)
        self.looked_at_by = day_words(working_day_after(local(sent_at, actor.time_zone).date())) if sent_at else ""
        self.minutes = whole.progress.minutes_left
        self.lock_reason = whole.context.lock_reason
        self.submitted = instant_words(sent_at, actor.time_zone) if sent_at else ""
        self.loaded = True

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def submit(self):
        async with self._acting() as (session, actor):
            await submit_profile(session, actor, _deal_of(actor))
        await self._show()


def address(stop: Stop, reader: UUID) -> str:
    """The client's address of a screen; another applicant's page names whose it is."""
    of = "" if stop.subject in (NOBODY, reader) else f"?of={stop.subject}"
    return f"/portal/profile/{stop.key}{of}"


async def broker_name(session: ReadSession, actor: Actor) -> str:
    """The first name of the broker whose client this is."""
    owner = select(User.first_name).join(Deal, Deal.owner_id == User.id).where(Deal.id == _deal_of(actor))
    return await session.scalar(owner) or ""


def _deal_of(actor: Actor) -> UUID:
    if actor.deal_id is None:
        raise NotFound("deal")
    return actor.deal_id
