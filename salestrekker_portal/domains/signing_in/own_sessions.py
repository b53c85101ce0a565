"""Where a member of staff or a partner is signed in, and ending that from afar."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in.devices import forget_devices
from salestrekker_portal.domains.signing_in.idle import limits_in, not_away
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.access import PortalSession

MOST_SHOWN = 50
NOT_CLIENTS = "Your broker can sign you out everywhere: call them."


async def own_sessions(session: ReadSession, actor: Actor) -> list[PortalSession]:
    """Those that are open, this one first, then the newest. Raises NotPermitted for clients."""
    mine = (
        _owner(actor) == actor.id,
        PortalSession.portal == actor.portal,
        PortalSession.ended_at.is_(None),
        PortalSession.expires_at > utc_now(),
        not_away(actor.portal, await limits_in(session, actor.organisation_id)),
    )
    newest = select(PortalSession).where(*mine).order_by(PortalSession.created_at.desc()).limit(MOST_SHOWN)
    return sorted(await session.scalars(newest), key=lambda each: each.id != actor.session_id)


async def end_own_session(session: WriteSession, actor: Actor, session_id: UUID) -> None:
    """Sign out of another browser. Raises NotFound for a session that is not theirs, or over."""
    row = await session.get(PortalSession, session_id, with_for_update=HOLD)
    owner = (row.partner_id if actor.is_partner else row.user_id) if row is not None else None
    is_mine = row is not None and owner == actor.id and not actor.is_client and row.portal is actor.portal
    if row is None or not is_mine or row.ended_at is not None:
        raise NotFound("sign-in")
    row.ended_at = utc_now()
    note(session, "sign_in:ended", organisation_id=actor.organisation_id, by=actor, which=browser_name(row.browser))


async def end_other_sessions(session: WriteSession, actor: Actor) -> None:
    """Sign out everywhere but here; no browser is known any more. Raises NotPermitted for clients."""
    whose = {_owner(actor).key: actor.id}
    await end_sessions(session, **whose, but=actor.session_id)
    await forget_devices(session, actor.id)
    note(session, "sign_in:ended", organisation_id=actor.organisation_id, by=actor, which="all other browsers")


def _owner(actor: Actor) -> InstrumentedAttribute[UUID | None]:
    """The column that says whose a session is."""
    if actor.is_client:
        raise NotPermitted(NOT_CLIENTS)
    return PortalSession.partner_id if actor.is_partner else PortalSession.user_id
