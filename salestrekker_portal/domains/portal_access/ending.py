"""Ending every client's way into a deal at once: when it is settled or put away."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.sessions import end_sessions
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.outbox.service import withdraw_unsent
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.kernel.clock import utc_now


async def end_accesses(session: WriteSession, actor: Actor, deal_id: UUID) -> int:
    """Revoke all live accesses of a deal that has been accessed already; how many there were.

    Sessions end, what has not left the outbox never will, and open pages of the clients hear of it.
    """
    rows = await session.execute(
        select(PortalAccess, Contact)
        .join(Contact, Contact.id == PortalAccess.contact_id)
        .where(PortalAccess.deal_id == deal_id, PortalAccess.revoked_at.is_(None))
    )
    ended = 0
    for access, contact in rows.all():
        access.revoked_at, access.revoked_by = utc_now(), actor.id
        await end_sessions(session, access_id=access.id)
        await withdraw_unsent(session, access.id)
        touch(session, access_topic(access.id))
        record(
            session, actor, "portal_access:revoked",
            organisation_id=access.organisation_id, deal_id=deal_id, contact=contact.name,
        )  # fmt: skip
        add_system_note(session, deal_id, f"{contact.name}’s access to the client portal ended.")
        ended += 1
    return ended
