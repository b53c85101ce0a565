"""Chasers of a deal: who owes what, who is reminded when, and what was sent."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.chasing.chasers import Chasing, chase_now, chasing_of, line_of
from salestrekker_portal.domains.chasing.pausing import pause_deal, pause_request
from salestrekker_portal.domains.chasing.plans import Plan
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import due_words, instant_words, local
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.tables.access import Portal

OFF = "Reminders by themselves are off. An admin switches them on in Settings, Client Portal."


class ChaserRow(TypedDict):
    """One client who owes something. `id` is their way in; `when` says when they are next reminded, or why not."""

    id: str
    name: str
    what: str
    when: str
    ready: bool


class SentChaser(TypedDict):
    id: str
    who: str
    what: str
    when: str


class ChasingState(BrokerState, rx.State):
    """The chasers of the deal at this address."""

    loaded: bool = False
    # Why nobody is reminded by itself, or nothing.
    off: str = ""
    rests: bool = False
    people: list[ChaserRow] = []
    sent: list[SentChaser] = []
    # Ids of requests that rest.
    resting: list[str] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Everything again, as it is now."""
        try:
            async with self._looking() as (session, actor):
                found = await chasing_of(session, actor, self._path_id(1, "deal"))
                zone = actor.time_zone
        except NotFound:  # the frame says so
            self.loaded, self.people, self.sent = False, [], []
            return
        self._show(found, zone)

    def _show(self, found: Chasing, zone: str) -> None:
        self.off = "" if found.rhythm.on else OFF
        self.rests = found.rests
        self.people = [_person(plan, found, zone) for plan in found.plans]
        self.resting = [str(each) for each in found.resting]
        self.sent = [
            SentChaser(
                id=str(each.id),
                who=f"{who}, by {each.by_name}" if each.by_name else who,
                what=each.what,
                when=instant_words(each.created_at, zone),
            )
            for each, who in found.sent
        ]
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def chase(self, access_id: str):
        """Remind this client now."""
        async with self._acting() as (session, actor):
            who = await chase_now(session, actor, uuid_from(access_id, "client"))
        # What a firm or a client has switched off stays silent: that is decided when it leaves.
        words = f"A reminder of everything that is missing goes to {who}. Activity, Messages sent says how it left."
        return [Notices.tell(words), ChasingState.load]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def pause(self, on: bool):
        """Remind nobody of this deal, or again."""
        async with self._acting() as (session, actor):
            await pause_deal(session, actor, self._path_id(1, "deal"), on=bool_from(on))
        return ChasingState.load

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def pause_one(self, request_id: str, on: bool):
        """Remind nobody of one document, or again."""
        on = bool_from(on)
        async with self._acting() as (session, actor):
            name = await pause_request(session, actor, uuid_from(request_id, "document request"), on=on)
        words = f"Nobody is reminded of “{name}”." if on else f"Reminders of “{name}” go on."
        return [Notices.tell(words), ChasingState.load]


def _person(plan: Plan, found: Chasing, zone: str) -> ChaserRow:
    today = local(utc_now(), zone).date()
    if plan.rests or not plan.told:
        when = "Rests"
    elif not found.rhythm.on:
        when = "Not by itself"
    elif plan.next_on is None:
        when = "Reminded as often as you wanted"
    else:
        # What was due on a day that has begun goes with the next working morning.
        when = f"Next {due_words(plan.next_on, today)}" if plan.next_on > today else "Next in the morning"
    return ChaserRow(
        id=str(plan.access.id),
        name=plan.contact.called,
        what=line_of(plan.told or plan.things),
        when=when,
        ready=bool(plan.told),
    )
