"""My updates and reminders: each event by bell, e-mail and SMS; e-mails one by one or as a summary."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.notices.catalogue import Event, Ways
from salestrekker_portal.domains.notifications.preferences import (
    NO_MOBILE,
    Way,
    choose,
    choose_summary,
    choose_zone,
    own_choices,
)
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal


class ChoiceRow(TypedDict):
    """One event. Each way is "on", "off" or "always"."""

    key: str
    label: str
    note: str
    bell: str
    email: str
    sms: str


class Group(TypedDict):
    """Events of one kind."""

    name: str
    rows: list[ChoiceRow]


def choice_row(event: Event, ways: Ways) -> ChoiceRow:
    """An event and how this person hears of it."""

    def state(way: str) -> str:
        return "always" if getattr(event.fixed, way) else "on" if getattr(ways, way) else "off"

    return ChoiceRow(
        key=event.key,
        label=event.label,
        note=event.explanation,
        bell=state("bell"),
        email=state("email"),
        sms=state("sms"),
    )


class UpdatesState(KeptAtOnce, rx.State):
    """The matrix. `mail` is "each" or "summary"; `sms_reason` says why no SMS can be ticked."""

    ready: bool = False
    groups: list[Group] = []
    mail: str = "each"
    zone: str = ""
    zone_error: str = ""
    sms_reason: str = ""
    sms_needs_mobile: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read what applies now."""
        self.saved = ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def switch(self, key: str, way: str, on: bool):
        """Hear of one event this way, or no longer."""
        chosen = choice_from(way, Way, "way")
        async with self._keeping() as (session, actor):
            await choose(session, actor, key, chosen, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def choose_mail(self, kind: str):
        """One e-mail for each event, or one about the day before."""
        async with self._keeping() as (session, actor):
            await choose_summary(session, actor, on=kind == "summary")

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def choose_place(self, zone: str):
        """Where seven in the morning is; "" is where the firm is."""
        try:
            async with self._keeping() as (session, actor):
                await choose_zone(session, actor, zone)
        except Invalid as refusal:
            self.zone_error = refusal.errors["zone"]
            return

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            chosen = await own_choices(session, actor)
        groups: dict[str, list[ChoiceRow]] = {}
        for event, ways in chosen.events:
            groups.setdefault(event.group, []).append(choice_row(event, ways))
        self.groups = [Group(name=name, rows=rows) for name, rows in groups.items()]
        self.zone, self.zone_error = chosen.time_zone or "", ""
        self.mail = "summary" if chosen.daily_summary else "each"
        self.sms_reason, self.sms_needs_mobile = chosen.sms_reason, chosen.sms_reason == NO_MOBILE
        self.ready = True
