"""The firm's security log: who got in, who was refused, what left, what was switched."""

from datetime import date, datetime
from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.firm.security_log import (
    PAGE_SIZE,
    SealedRow,
    Sought,
    check_own_logs,
    count_check,
    count_of_log,
    head_of_log,
    keep_log_for,
    rows_of_log,
    sought_from,
    who_did,
    words_of,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.days import day_words, local, time_words
from salestrekker_portal.kernel.errors import Invalid, noting
from salestrekker_portal.kernel.text import clean, counted, initials
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal

NAME_LIMIT = 80
EXPORT_FORM = "security-log-csv"


class LogLine(TypedDict):
    id: str
    at: str
    who: str
    initials: str
    what: str
    device: str
    place: str
    refused: bool
    seal: str


class SecurityLogState(KeptAtOnce, rx.State):
    """A page of the log and what it is filtered by; `since`, `until` and `who` as they were typed."""

    ready: bool = False
    lines: list[LogLine] = []
    in_all: str = ""
    area: str = ""
    since: str = ""
    until: str = ""
    who: str = ""
    errors: dict[str, str] = {}
    years: str = "7"
    # The end of the chain, and what the last check found.
    head: str = ""
    rows: str = ""
    checked: str = ""
    broken: list[str] = []
    has_older: bool = False
    _oldest: datetime | None = None

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """The newest rows, of everything."""
        self.area = self.since = self.until = self.who = self.checked = self.saved = ""
        self.errors, self.broken = {}, []
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, area: str):
        """Only one area, or "" for all."""
        self.area = str(area)
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    async def look(self, form: dict):
        """Only these days, and this person."""
        typed = form_from(form)
        self.since, self.until = clean(typed.get("since")), clean(typed.get("until"))
        self.who = clean(typed.get("who"))
        await self._look()

    @rx.event
    @allow(Portal.BROKER)
    async def load_older(self):
        """Read on, further back."""
        await self._read(older=True)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a number of years is set to a value")
    @asks_again
    async def keep(self, years: str):
        """How long rows are kept."""
        async with self._keeping() as (session, actor):
            await keep_log_for(session, actor, years)

    @rx.event
    @allow(Portal.BROKER)
    @asks_again
    async def take(self):
        """The rows as a file: the form that fetches it leaves only for who has just shown that it is them."""
        return do("send", EXPORT_FORM)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def check(self):
        """Work out every seal of both logs again."""
        async with self._acting() as (session, actor):
            await count_check(session, actor)
        async with self._looking() as (session, actor):
            found = await check_own_logs(session, actor)
            at = time_words(utc_now(), actor.time_zone)
        self.broken = found.broken
        self.checked = f"Checked at {at}: {counted(found.rows, 'row')} of both logs, " + (
            "each as it was written." if not found.broken else f"{counted(len(found.broken), 'problem')} found."
        )

    async def _look(self) -> None:
        try:
            await self._read()
            self.errors = {}
        except Invalid as refusal:
            self.errors = refusal.errors

    async def _read(self, *, older: bool = False) -> None:
        sought = sought_of(self.area, self.since, self.until, self.who)
        async with self._looking() as (session, actor):
            found = await rows_of_log(session, actor, sought, before=self._oldest if older else None)
            self.in_all = f"{await count_of_log(session, actor, sought):,}"
            head, years = await head_of_log(session, actor)
        lines = [_line(row, actor.time_zone) for row in found]
        self.lines = [*self.get_value("lines"), *lines] if older else lines
        self.has_older = len(found) == PAGE_SIZE
        self._oldest = found[-1].event.created_at if found else None
        self.head, self.rows = (_short(head.seal), counted(head.number, "row")) if head else ("", "")
        self.years, self.ready = str(years), True


def sought_of(area: str, since: str, until: str, who: str) -> Sought:
    """What was chosen and typed. Raises Invalid (`area`, `since`, `until`, `who`)."""
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name, typed in (("since", since), ("until", until)):
        with noting(errors):
            days[name] = _day(typed, name)
    if len(who) > NAME_LIMIT:
        errors["who"] = f"Use at most {NAME_LIMIT} characters. This has {len(who)}."
    if errors:
        raise Invalid(errors)
    return sought_from(area, days["since"], days["until"], who)


def _day(typed: str, name: str) -> date | None:
    if not typed:
        return None
    day, problem = read_day(typed, utc_now().date())
    if problem:
        raise Invalid({name: problem})
    return day


def _line(row: SealedRow, zone: str) -> LogLine:
    event = row.event
    at = local(event.created_at, zone)
    return LogLine(
        id=str(event.id),
        at=f"{day_words(at.date())}, {at:%H:%M:%S}",
        who=who_did(event),
        initials=initials(event.actor_name) if event.actor_name else "?",
        what=words_of(event),
        device=event.device,
        place=event.place,
        refused=event.refused,
        seal=_short(row.seal),
    )


def _short(seal: str) -> str:
    """The beginning and the end, enough to compare by eye."""
    return f"{seal[:4]}·{seal[-2:]}" if seal else "soon"
