"""What a client's link is good for, and how a session stands that is over: nothing here lets anybody in."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.signing_in.idle import is_away, limits_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.access import PortalSession
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink


class LinkState(StrEnum):
    """What a link is good for."""

    LIVE = "live"
    REPLACED = "replaced"
    STOPPED = "stopped"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Leaving(StrEnum):
    """How somebody's session stands who has come to the page for sessions that are over."""

    UNKNOWN = ""
    SIGNED_OUT = "signed_out"
    TIMED_OUT = "timed_out"
    STILL_IN = "still_in"


@dataclass(frozen=True, kw_only=True)
class LinkLook:
    """What may be shown to somebody who holds a link and has not given the PIN yet."""

    state: LinkState
    people: People | None = None
    access: PortalAccess | None = None
    newest_sent_at: object = None
    leaving: Leaving = Leaving.UNKNOWN


async def look_at_link(session: ReadSession, token: object) -> LinkLook:
    """What this link is, without letting anybody in. Never raises."""
    link, access = await _link(session, token)
    if link is None or access is None:
        return LinkLook(state=LinkState.UNKNOWN)
    current = access if access.revoked_at is None else await queries.live_access(
        session, access.deal_id, access.contact_id
    )  # fmt: skip
    deal = await existing(session, Deal, access.deal_id)
    people = through(await queries.people_of(session, deal, access.contact_id), current or access)
    if current is None or deal.archived_at is not None:
        return LinkLook(state=LinkState.REVOKED, people=people)
    newest = await queries.live_link(session, current.id)
    if newest is None:
        return LinkLook(state=LinkState.STOPPED, people=people, access=current)
    # The newest only. A fresh link stops those before it, so that a forwarded old mail opens nothing.
    if newest.id != link.id:
        return LinkLook(state=LinkState.REPLACED, people=people, access=current, newest_sent_at=newest.created_at)
    return LinkLook(state=LinkState.LIVE, people=people, access=current)


async def _link(session: ReadSession, token: object) -> tuple[PortalLink | None, PortalAccess | None]:
    if not isinstance(token, str) or not token or len(token) > 200:
        return None, None
    found = (
        await session.execute(
            select(PortalLink, PortalAccess)
            .join(PortalAccess, PortalAccess.id == PortalLink.access_id)
            .where(PortalLink.token_hash == token_hash(token))
        )
    ).one_or_none()
    return (found[0], found[1]) if found else (None, None)


async def look_at_ended(session: ReadSession, session_token: str) -> LinkLook:
    """What to tell somebody whose session no longer works: only revoked access is told apart from the rest."""
    if not session_token or len(session_token) > 200:
        return LinkLook(state=LinkState.UNKNOWN)
    found = await session.execute(
        select(PortalAccess, PortalSession)
        .join(PortalSession, PortalSession.access_id == PortalAccess.id)
        .where(PortalSession.token_hash == token_hash(session_token))
    )
    row = found.one_or_none()
    if row is None:
        return LinkLook(state=LinkState.UNKNOWN)
    access, sat = row
    deal = await existing(session, Deal, access.deal_id)
    people = await queries.people_of(session, deal, access.contact_id)
    if access.revoked_at is not None or deal.archived_at is not None:
        return LinkLook(state=LinkState.REVOKED, people=people, access=access)
    return LinkLook(state=LinkState.LIVE, people=people, access=access, leaving=_leaving(sat, people))


def _leaving(sat: PortalSession, people: People) -> Leaving:
    if sat.ended_at is not None:
        return Leaving.SIGNED_OUT
    limits = limits_of(people.organisation.idle_minutes_clients, people.organisation.idle_minutes_staff)
    over = sat.expires_at <= utc_now() or is_away(sat.portal, sat.seen_at, limits)
    return Leaving.TIMED_OUT if over else Leaving.STILL_IN
