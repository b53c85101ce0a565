"""Ending the access of the clients of many deals at once; the number of statements does not grow with them."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.outbox.service import withdraw_unsent
from salestrekker_portal.domains.signing_in.passkeys import forget_passkeys
from salestrekker_portal.domains.signing_in.sessions import end_sessions_of_clients
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.portal_access import PortalAccess

DEALS_AT_ONCE = 500


async def revoke_in_deals(session: WriteSession, actor: Actor, deal_ids: list[UUID], why: str) -> dict[UUID, int]:
    """End every client's access to deals that the caller has accessed; how many there were in each.

    Writes what ending them one by one writes. The caller works the deals' figures out again.
    """
    ended: dict[UUID, int] = {}
    for start in range(0, len(deal_ids), DEALS_AT_ONCE):
        by_deal = await _live(session, deal_ids[start : start + DEALS_AT_ONCE])
        accesses = [access for found in by_deal.values() for access, _ in found]
        if not accesses:
            continue
        ids = [access.id for access in accesses]
        await end_sessions_of_clients(session, ids)
        await forget_passkeys(session, *ids)
        await withdraw_unsent(session, *ids)
        for deal_id, found in by_deal.items():
            _write_down(session, actor, deal_id, found, why)
            ended[deal_id] = len(found)
    return ended


async def _live(session: WriteSession, deal_ids: list[UUID]) -> dict[UUID, list[tuple[PortalAccess, str]]]:
    rows = await session.execute(
        select(PortalAccess, Contact)
        .join(Contact, Contact.id == PortalAccess.contact_id)
        .where(PortalAccess.deal_id.in_(deal_ids), PortalAccess.revoked_at.is_(None))
        .order_by(PortalAccess.created_at, PortalAccess.id)
        .with_for_update(of=PortalAccess, key_share=True)
    )
    by_deal: dict[UUID, list[tuple[PortalAccess, str]]] = defaultdict(list)
    for access, contact in rows:
        by_deal[access.deal_id].append((access, contact.name))
    return by_deal


def _write_down(
    session: WriteSession, actor: Actor, deal_id: UUID, found: list[tuple[PortalAccess, str]], why: str
) -> None:
    for access, name in found:
        access.revoked_at, access.revoked_by = utc_now(), actor.id
        add_system_note(session, deal_id, f"{name}’s access to the client portal ended because {why}.")
        notify(session, "portal_ended", organisation_id=access.organisation_id, recipient_id=access.id,
               deal_id=deal_id, author=actor.name)  # fmt: skip
        touch(session, access_topic(access.id))
    names = list(dict.fromkeys(name for _, name in found))
    record(session, actor, "portal_access:revoked", organisation_id=found[0][0].organisation_id, deal_id=deal_id,
           contact=joined(names), why=why)  # fmt: skip
