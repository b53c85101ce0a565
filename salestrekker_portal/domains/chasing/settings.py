"""How the firm chases: whether, in which rhythm, and how often at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.chasing.rules import STANDARD, USUAL_MOST, read_most, read_rhythm
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.chasing import ChaseSettings
from salestrekker_portal.tables.organisations import Organisation

KIND = "settings:chasing"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What a firm decided. `since`: what was asked before counts from then on; None while it never chased."""

    on: bool = False
    days: tuple[int, ...] = STANDARD
    most: int = USUAL_MOST
    since: datetime | None = None

    @property
    def words(self) -> str:
        return ", ".join(str(day) for day in self.days)


async def rhythm_of(session: ReadSession, organisation_id: UUID) -> Rhythm:
    """The firm's, or what it would be once it is switched on. One statement."""
    found = select(ChaseSettings).where(ChaseSettings.organisation_id == organisation_id)
    row = (await session.scalars(found)).one_or_none()
    if row is None:
        return Rhythm()
    return Rhythm(on=row.on, days=tuple(row.rhythm), most=row.most, since=row.since)


async def own_rhythm(session: ReadSession, actor: Actor) -> Rhythm:
    """What applies to this person's firm. Staff only: raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage sees its settings.")
    return await rhythm_of(session, actor.organisation_id)


async def switch_chasing(session: WriteSession, actor: Actor, *, on: bool) -> None:
    """Chase, or not. What was asked before counts as asked on the day of the switch. Raises NotPermitted."""
    row = await _held(session, actor)
    if row.on is on:
        return
    row.on = on
    if on:
        row.since = utc_now()
    record(session, actor, KIND, organisation_id=actor.organisation_id, fields="on", on=on)


async def set_rhythm(
    session: WriteSession, actor: Actor, typed: Mapping[str, object], shown: Mapping[str, object] | None = None
) -> None:
    """After how many working days, and how often at most. Raises NotPermitted, Invalid (`rhythm`, `most`), Faster."""
    row = await _held(session, actor)
    now = {"rhythm": ", ".join(str(day) for day in row.rhythm), "most": str(row.most)}
    kept = await on_top_of(session, actor, Trail(kinds=(KIND,)), shown=shown, now=now, typed=typed)
    errors: dict[str, str] = {}
    wanted: dict[str, object] = {}
    for name, read in (("rhythm", read_rhythm), ("most", read_most)):
        try:
            wanted[name] = read(kept.get(name))
        except Invalid as refusal:
            errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    wanted["rhythm"] = list(wanted["rhythm"])  # type: ignore[call-overload]
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        record(session, actor, KIND, organisation_id=actor.organisation_id, fields=", ".join(changed))


async def _held(session: WriteSession, actor: Actor) -> ChaseSettings:
    """The firm's row, made where there is none; two admins take turns at the firm."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    found = select(ChaseSettings).where(ChaseSettings.organisation_id == actor.organisation_id)
    row = (await session.scalars(found.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        row = ChaseSettings(
            organisation_id=actor.organisation_id, rhythm=list(STANDARD), most=USUAL_MOST, since=utc_now()
        )
        session.add(row)
        await session.flush()
    return row
