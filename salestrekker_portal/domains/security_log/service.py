"""Writing the security log: a row in the transaction of what happened, and a structured line once it is on disk."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from salestrekker_portal.database.session import WriteSession, after_commit, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.kinds import area_of
from salestrekker_portal.domains.security_log.whence import whence
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.security_log import SecurityEvent

log = logging.getLogger("salestrekker_portal.security")

Fact = str | int | bool | None
# Of one kind, by one person or from one place, within a minute: so many rows; then a number.
MOST_A_MINUTE, MINUTE = 20, 60.0
MOST_REMEMBERED = 2_000


@dataclass(frozen=True, kw_only=True)
class AtTheDoor:
    """Who it was, where that is no `Actor`: somebody who is on their way in."""

    portal: Portal
    id: UUID | None = None
    name: str = ""
    session_id: UUID | None = None


def note(
    session: WriteSession,
    kind: str,
    *,
    organisation_id: UUID | None,
    by: Actor | AtTheDoor | None = None,
    refused: bool = False,
    area: str = "",
    deal_id: UUID | None = None,
    subject_id: UUID | None = None,
    facts: Mapping[str, Fact] | None = None,
    **more: Fact,
) -> SecurityEvent:
    """Add a row. It stands or falls with what happened; what was refused needs `note_apart`.

    `kind` is one of `kinds.WORDS`, or repeats one of the activity with its `area`. Where it came from is known already
    (`whence`). Facts are names and values for the sentence, never secrets, nor what a stranger typed.
    """
    here = whence()
    event = SecurityEvent(
        organisation_id=organisation_id,
        deal_id=deal_id,
        subject_id=subject_id,
        area=area or area_of(kind),
        kind=kind,
        refused=refused,
        actor_kind=by.portal.value if by else "",
        actor_id=by.id if by else None,
        actor_name=by.name if by else "",
        session_id=by.session_id if by else None,
        place=here.place,
        device=here.device,
        facts={**(facts or {}), **more},
    )
    session.add(event)

    async def write_line() -> None:
        log.info("%s", _line(event))

    after_commit(session, write_line)
    return event


async def note_apart(
    kind: str,
    *,
    organisation_id: UUID | None,
    by: Actor | AtTheDoor | None = None,
    refused: bool = True,
    area: str = "",
    deal_id: UUID | None = None,
    **facts: Fact,
) -> None:
    """The same in a transaction of its own, for what undid everything else: a refusal stays written down.

    Bounded: whoever is refused a thousand times a minute gets twenty rows and a number. Never raises; what can't be
    written to the database is told in the log of the process all the same.
    """
    times = _refusals.count(kind, str(by.id if by is not None and by.id else whence().place))
    if times is None:
        return
    try:
        async with transaction() as session:
            note(session, kind, organisation_id=organisation_id, by=by, refused=refused, area=area, deal_id=deal_id,
                 facts=facts)  # fmt: skip
            if times:
                note(session, "refused:more", organisation_id=organisation_id, by=by, refused=True, area=area,
                     count=times)  # fmt: skip
    except Exception:
        log.exception("a row of the security log could not be kept: %s", kind)


@dataclass
class _Refusals:
    """How often each kind came from each person or place in the running minute, in this process."""

    seen: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def count(self, kind: str, whose: str) -> int | None:
        """None when this one is one too many; else how many of the minute before were not written."""
        now = monotonic()
        since, times = self.seen.get((kind, whose), (now, 0))
        left_out = 0
        if now - since >= MINUTE:
            left_out = max(0, times - MOST_A_MINUTE)
            since, times = now, 0
        self.seen.pop((kind, whose), None)
        self.seen[kind, whose] = (since, times + 1)
        if len(self.seen) > MOST_REMEMBERED:
            del self.seen[next(iter(self.seen))]
        return left_out if times < MOST_A_MINUTE else None


_refusals = _Refusals()


def _line(event: SecurityEvent) -> str:
    """One line of JSON: who and where by their ids, and no name, so that the log of a process holds no people."""
    told = {
        "event": event.kind,
        "refused": event.refused,
        "firm": event.organisation_id,
        "portal": event.actor_kind,
        "person": event.actor_id,
        "session": event.session_id,
        "deal": event.deal_id,
        "about": event.subject_id,
        "place": event.place,
        "device": event.device,
    }
    # JSON escapes line ends, so nothing that somebody sends begins a line of its own.
    return json.dumps({name: value for name, value in told.items() if value not in (None, "")}, default=str)
