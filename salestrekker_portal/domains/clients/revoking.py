"""Ending a client's access to a deal: signed out everywhere, and nothing more is sent."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.bank_statements.asking import withdraw_for_access
from salestrekker_portal.domains.clients.sharing import access_of_mine
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.signing_in.passkeys import forget_passkeys
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess


async def revoke(session: WriteSession, actor: Actor, access_id: UUID) -> None:
    """End a client's access now: signed out everywhere, nothing more is sent. Works on settled deals (L08)."""
    access, deal, people = await access_of_mine(session, actor, access_id)
    if access.revoked_at is not None:
        return
    await _end(session, actor, access)
    add_system_note(session, deal.id, f"{actor.name} ended {people.contact.name}’s access to the client portal.")
    record(session, actor, "portal_access:revoked", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name)  # fmt: skip
    deal_touched(session, deal.id)


async def revoke_everyone(
    session: WriteSession, actor: Actor, deal: Deal, why: str, *, told: str = "portal_ended"
) -> int:
    """End every client's access to a deal that the caller has accessed, for `why` ("the deal settled").

    `told` is the event by which they hear of it. Returns how many there were. The caller works the
    deal's figures out again.
    """
    live = list(
        await session.scalars(
            select(PortalAccess)
            .where(PortalAccess.deal_id == deal.id, PortalAccess.revoked_at.is_(None))
            .with_for_update(key_share=True)
        )
    )
    inside = {access.contact_id for access in live}
    names = {each.id: each.name for _, each in await applicants_of(session, deal.id) if each.id in inside}
    for access in live:
        await _end(session, actor, access, told)
        name = names.get(access.contact_id, "A client")
        add_system_note(session, deal.id, f"{name}’s access to the client portal ended because {why}.")
    if live:
        record(session, actor, "portal_access:revoked", organisation_id=deal.organisation_id, deal_id=deal.id,
               contact=joined(list(names.values())), why=why)  # fmt: skip
    return len(live)


async def _end(session: WriteSession, actor: Actor, access: PortalAccess, told: str = "portal_ended") -> None:
    await withdraw_for_access(session, access.id)
    access.revoked_at, access.revoked_by = utc_now(), actor.id
    await end_sessions(session, access_id=access.id)
    await forget_passkeys(session, access.id)
    await outbox.withdraw_unsent(session, access.id)
    notify(session, told, organisation_id=access.organisation_id, recipient_id=access.id,
           deal_id=access.deal_id, author=actor.name)  # fmt: skip
    touch(session, access_topic(access.id))
