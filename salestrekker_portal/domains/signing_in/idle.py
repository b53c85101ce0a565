"""Somebody who went away without signing out: their session ends after so many minutes, beside its absolute end.

Only the browser knows whether somebody is there, so it says so, at most once a minute (assets/idle.js). What a page
fetches by itself says nothing. A session that never said so, made by a program or an earlier version, has its
absolute end only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.organisations import Organisation

CLIENTS, STAFF = 30, 60
LEAST = 5
# A row that was written within these seconds says the same.
NOT_AGAIN = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of a firm, in minutes. Partners have those of staff."""

    clients: int
    staff: int

    def of(self, portal: Portal) -> timedelta:
        return timedelta(minutes=self.clients if portal is Portal.CLIENT else self.staff)


def limits_of(clients: int | None, staff: int | None) -> Limits:
    """What a firm said, which is never longer than ours."""
    return Limits(clients=min(clients or CLIENTS, CLIENTS), staff=min(staff or STAFF, STAFF))


def limits_for(organisation: Organisation) -> Limits:
    return limits_of(organisation.idle_minutes_clients, organisation.idle_minutes_staff)


def live(portal: Portal, hashed: str) -> tuple[Any, ...]:
    """The conditions under which a session's secret still counts, apart from being left alone."""
    return (
        PortalSession.token_hash == hashed,
        # A secret of one portal opens no other, even if somebody moved the cookie.
        PortalSession.portal == portal,
        PortalSession.ended_at.is_(None),
        PortalSession.expires_at > utc_now(),
    )


def is_away(portal: Portal, seen_at: datetime | None, limits: Limits) -> bool:
    """Whether nobody has been at a session for too long."""
    return seen_at is not None and utc_now() - seen_at >= limits.of(portal)


def not_away(portal: Portal, limits: Limits) -> Any:
    """The same turned round, as a condition of a query."""
    return or_(PortalSession.seen_at.is_(None), PortalSession.seen_at > utc_now() - limits.of(portal))


async def limits_in(session: ReadSession, organisation_id: UUID) -> Limits:
    """A firm's."""
    both = select(Organisation.idle_minutes_clients, Organisation.idle_minutes_staff)
    clients, staff = (await session.execute(both.where(Organisation.id == organisation_id))).one()
    return limits_of(clients, staff)


async def seconds_left(session: ReadSession, portal: Portal, token: str) -> int | None:
    """How long a session still lasts if nobody is there; None when it is over, or has no such end."""
    row = await _row(session, portal, token)
    if row is None or row.seen_at is None:
        return None
    left = row.seen_at + (await limits_in(session, row.organisation_id)).of(row.portal) - utc_now()
    return max(0, int(left.total_seconds())) or None


async def is_worth_writing(session: ReadSession, portal: Portal, token: str) -> bool:
    """Whether a sign of life would say more than the last one did."""
    row = await _row(session, portal, token)
    return row is not None and row.seen_at is not None and utc_now() - row.seen_at >= NOT_AGAIN


async def somebody_is_there(session: WriteSession, portal: Portal, token: str) -> None:
    """Somebody typed, pressed or scrolled. It brings no session back that is over."""
    row = await _row(session, portal, token)
    if row is None or row.seen_at is None:
        return
    still = not_away(row.portal, await limits_in(session, row.organisation_id))
    await session.execute(update(PortalSession).where(PortalSession.id == row.id, still).values(seen_at=utc_now()))


async def _row(session: ReadSession, portal: Portal, token: str) -> PortalSession | None:
    """The open session of a cookie; of a preview, the one that opened it."""
    if not token or len(token) > 200:
        return None
    mine = select(PortalSession).where(PortalSession.token_hash == token_hash(token), PortalSession.portal == portal)
    row = (await session.scalars(mine)).one_or_none()
    if row is not None and row.preview is not None:
        opener = row.preview.get("opened_by")
        row = await session.get(PortalSession, UUID(opener)) if opener else None
    over = row is None or row.ended_at is not None or row.expires_at <= utc_now()
    return None if over else row
