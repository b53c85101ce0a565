"""Writing a form on top of what others wrote since it was filled: the one place for every form that overwrites.

The use case holds its row, says what a form would show of it now, and keeps what comes back from here. The texts
that a form was filled from are its version, so no row needs a number of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words, local, time_words
from salestrekker_portal.kernel.errors import Clash, Faster
from salestrekker_portal.kernel.merging import merge
from salestrekker_portal.tables.activity import Activity

LOOKED_BACK = 60


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Where to look for who changed a row: activities of these kinds, about this deal or thing.

    Their fact "fields" names what they changed; `columns` says what a field of the form is called there. `facts`
    are others that they must have. Without kinds only the person themself changes the row, in another tab.
    """

    kinds: Sequence[str] = ()
    deal_id: UUID | None = None
    subject_id: UUID | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


async def on_top_of(
    session: WriteSession,
    actor: Actor,
    trail: Trail,
    *,
    shown: Mapping[str, object] | None,
    now: Mapping[str, object],
    typed: Mapping[str, object],
    several: Collection[str] = (),
) -> dict[str, object]:
    """What to keep of a form, as by `kernel.merging.merge`. The row of `now` must be held by this transaction.

    Raises Faster, keyed by field, when somebody changed what this person changed too.
    """
    merged = merge(shown or {}, now, typed, several=several)
    if merged.clashes:
        found = await _changes(session, actor, trail) if trail.kinds else []
        raise Faster({name: _clash(name, theirs, found, actor, trail) for name, theirs in merged.clashes.items()})
    return merged.typed


async def _changes(session: ReadSession, actor: Actor, trail: Trail) -> list[Activity]:
    found = select(Activity).where(Activity.organisation_id == actor.organisation_id, Activity.kind.in_(trail.kinds))
    if trail.deal_id is not None:
        found = found.where(Activity.deal_id == trail.deal_id)
    if trail.subject_id is not None:
        found = found.where(Activity.subject_id == trail.subject_id)
    return list(await session.scalars(found.order_by(Activity.created_at.desc()).limit(LOOKED_BACK)))


def _clash(name: str, theirs: str, found: list[Activity], actor: Actor, trail: Trail) -> Clash:
    if not trail.kinds:
        return Clash(theirs=theirs, who="You")
    each = next((each for each in found if _is_of(each, trail, trail.columns.get(name, name))), None)
    if each is None:
        return Clash(theirs=theirs)
    today = local(each.created_at, actor.time_zone).date() == local(utc_now(), actor.time_zone).date()
    at = (time_words if today else instant_words)(each.created_at, actor.time_zone)
    return Clash(theirs=theirs, who="You" if each.actor_id == actor.id else each.actor_name, at=at)


def _is_of(activity: Activity, trail: Trail, column: str) -> bool:
    facts = activity.facts or {}
    named = facts.get("fields")
    about = all(facts.get(name) == value for name, value in trail.facts.items())
    return about and (named is None or column in str(named).split(", "))
