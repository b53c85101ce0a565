"""The firm's security log as its admins read it: filtered, exported, checked, and kept as long as they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.sentences import sentence_of
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.security_log.chain import NOBODYS, SECURITY
from salestrekker_portal.domains.security_log.checking import LogChecked, check_logs
from salestrekker_portal.domains.security_log.kinds import AREAS, REFUSED, WORDS
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.days import bounds_of
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.security_log import LogHead, LogSeal, SecurityEvent

PAGE_SIZE = 50
# A spreadsheet opens so many, and a thief gets no more in one go than is told in one row.
MOST_EXPORTED = 50_000
YEARS = (1, 2, 3, 5, 7, 10)
CHECKS_IN_A_WHILE = 4
COLUMNS = ("When (UTC)", "Who", "Portal", "What", "Result", "Device", "Address", "Row", "Seal")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What of the log is wanted: an area or "refused", days where the firm is, and part of a name."""

    area: str = ""
    since: date | None = None
    until: date | None = None
    who: str = ""


@dataclass(frozen=True, kw_only=True)
class SealedRow:
    """A row and its link in the chain; no link yet for those of the last seconds."""

    event: SecurityEvent
    number: int | None
    seal: str


def sought_from(area: str, since: date | None, until: date | None, who: str) -> Sought:
    """Raises Invalid (`area`, `until`)."""
    if area and area not in AREAS and area != REFUSED:
        raise Invalid({"area": "Choose one of the areas shown."})
    if since and until and until < since:
        raise Invalid({"until": "This day is before the first one."})
    return Sought(area=area, since=since, until=until, who=who)


async def rows_of_log(
    session: ReadSession, actor: Actor, sought: Sought, *, before: datetime | None = None, most: int = PAGE_SIZE
) -> list[SealedRow]:
    """Newest first. Raises NotPermitted for everybody but admins."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    link = (LogSeal.log == SECURITY.name) & (LogSeal.row_id == SecurityEvent.id)
    found = select(SecurityEvent, LogSeal.number, LogSeal.seal).outerjoin(LogSeal, link).where(*_wanted(actor, sought))
    if before is not None:
        found = found.where(SecurityEvent.created_at < before)
    newest = found.order_by(SecurityEvent.created_at.desc(), SecurityEvent.id.desc()).limit(most)
    rows = (await session.execute(newest)).all()
    return [SealedRow(event=event, number=number, seal=seal or "") for event, number, seal in rows]


async def count_of_log(session: ReadSession, actor: Actor, sought: Sought) -> int:
    """How many there are in all."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    return await session.scalar(select(func.count(SecurityEvent.id)).where(*_wanted(actor, sought))) or 0


async def head_of_log(session: ReadSession, actor: Actor) -> tuple[LogHead | None, int]:
    """Where the firm's chain ends, and for how many years rows are kept."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    head = await session.get(LogHead, (SECURITY.name, actor.organisation_id))
    organisation = await existing(session, Organisation, actor.organisation_id)
    return head, organisation.security_log_years


def _wanted(actor: Actor, sought: Sought) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [SecurityEvent.organisation_id == actor.organisation_id]
    if sought.area == REFUSED:
        wanted.append(SecurityEvent.refused.is_(True))
    elif sought.area:
        wanted.append(SecurityEvent.area == sought.area)
    if sought.since is not None:
        wanted.append(SecurityEvent.created_at >= bounds_of(sought.since, actor.time_zone)[0])
    if sought.until is not None:
        wanted.append(SecurityEvent.created_at < bounds_of(sought.until, actor.time_zone)[1])
    if sought.who:
        wanted.append(func.lower(SecurityEvent.actor_name).contains(sought.who.lower(), autoescape=True))
    return wanted


def words_of(event: SecurityEvent) -> str:
    """What happened, as a phrase that begins with a capital."""
    pattern = WORDS.get(event.kind)
    if pattern is None:
        deed = Activity(organisation_id=NOBODYS, kind=event.kind, actor_kind=event.actor_kind, facts=event.facts)
        words = sentence_of(deed)
        return words[:1].upper() + words[1:]
    facts = {name: _plain(value) for name, value in (event.facts or {}).items()}
    return pattern.format_map(_Told(facts))


class _Told(dict):
    def __missing__(self, key: str) -> str:
        return "something"


def _plain(value: object) -> str:
    words = {True: "on", False: "off"}.get(value, "") if isinstance(value, bool) else ""
    # Fields are told by the names of their columns.
    return words or str(value).replace("_", " ")


def who_did(event: SecurityEvent) -> str:
    """The name, or that nobody knows one."""
    return event.actor_name or "Nobody we know"


async def export_log(session: WriteSession, actor: Actor, sought: Sought) -> str:
    """What is wanted as CSV, newest first, and a row that says so. Raises NotPermitted."""
    rows = await rows_of_log(session, actor, sought, most=MOST_EXPORTED)
    note(session, "export:security_log", organisation_id=actor.organisation_id, by=actor, rows=len(rows))
    return as_csv(rows)


def as_csv(rows: Sequence[SealedRow]) -> str:
    """For spreadsheets."""
    return sheet(COLUMNS, [_cells(row) for row in rows])


def _cells(row: SealedRow) -> tuple[str, ...]:
    event = row.event
    return (
        f"{event.created_at:%Y-%m-%d %H:%M:%S}", who_did(event), event.actor_kind, words_of(event),
        "Refused" if event.refused else "Done", event.device, event.place, str(row.number or ""), row.seal,
    )  # fmt: skip


async def keep_log_for(session: WriteSession, actor: Actor, years: object) -> int:
    """How long rows are kept; what is older goes at night. Raises NotPermitted, and Invalid (`years`)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    chosen = next((each for each in YEARS if str(each) == str(years)), None)
    if chosen is None:
        raise Invalid({"years": "Choose one of the numbers of years shown."})
    organisation = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    if organisation.security_log_years != chosen:
        organisation.security_log_years = chosen
        record(session, actor, "settings:security_log", organisation_id=organisation.id, years=chosen)
    return chosen


async def count_check(session: WriteSession, actor: Actor) -> None:
    """Before the firm's logs are gone through. Raises NotPermitted, and Conflict when that was done just now."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    too_often = "The log was checked several times just now. Try again in 15 minutes."
    await count_try(session, f"log-check:{actor.organisation_id}", CHECKS_IN_A_WHILE, too_often)


async def check_own_logs(session: ReadSession, actor: Actor) -> LogChecked:
    """Whether both logs of the firm are what was written. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    return await check_logs(session, actor.organisation_id)
