"""Where somebody of the firm is signed in, and ending that from afar."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in.devices import forget_devices
from salestrekker_portal.domains.signing_in.idle import limits_in, not_away
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.access import Portal, PortalSession

MOST_SHOWN = 50


async def own_sessions(session: ReadSession, actor: Actor) -> list[PortalSession]:
    """Those that are open, this one first, then the newest. Raises NotPermitted for others than staff."""
    if not actor.is_staff:
        raise NotPermitted("This page is for the brokerage's own people.")
    mine = (
        PortalSession.user_id == actor.id,
        PortalSession.portal == Portal.BROKER,
        PortalSession.ended_at.is_(None),
        PortalSession.expires_at > utc_now(),
        not_away(Portal.BROKER, await limits_in(session, actor.organisation_id)),
    )
    newest = select(PortalSession).where(*mine).order_by(PortalSession.created_at.desc()).limit(MOST_SHOWN)
    return sorted(await session.scalars(newest), key=lambda each: each.id != actor.session_id)


async def end_own_session(session: WriteSession, actor: Actor, session_id: UUID) -> None:
    """Sign out of another browser. Raises NotFound for a session that is not theirs, or over."""
    row = await session.get(PortalSession, session_id, with_for_update=HOLD)
    is_mine = row is not None and row.user_id == actor.id and actor.is_staff and row.portal is Portal.BROKER
    if row is None or not is_mine or row.ended_at is not None:
        raise NotFound("sign-in")
    row.ended_at = utc_now()
    note(session, "sign_in:ended", organisation_id=actor.organisation_id, by=actor, which=browser_name(row.browser))


async def end_other_sessions(session: WriteSession, actor: Actor) -> None:
    """Sign out everywhere but here; no browser is known any more. Raises NotPermitted for others than staff."""
    if not actor.is_staff:
        raise NotPermitted("This page is for the brokerage's own people.")
    await end_sessions(session, user_id=actor.id, but=actor.session_id)
    await forget_devices(session, actor.id)
    note(session, "sign_in:ended", organisation_id=actor.organisation_id, by=actor, which="all other browsers")
