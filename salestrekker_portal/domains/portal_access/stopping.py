"""What happens to a client's way in when their e-mail or mobile is changed: it stops, and their old address hears.

Otherwise whoever may change a contact could let themselves in: the next notice would carry the link to the new
address, and the next PIN would go to the new mobile.
"""

from sqlalchemy import select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import messages, queries
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.signing_in.passkeys import forget_passkeys
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink

NEEDS_SHARE = (
    "This client is in the client portal, so another e-mail or mobile would stop their link and PIN. Only a broker or "
    "an admin can do that. Ask the deal's owner."
)


async def stop_ways_in(
    session: WriteSession, actor: Actor, contact: Contact, *, email: str | None, mobile: str | None
) -> None:
    """Stop link and PIN of every live access that the contact's new `email` or `mobile` would reach.

    Call it before the contact is changed. Sessions that are open stay: whoever holds one gave the old PIN. Raises
    NotPermitted for those who may not share, when there is such an access, and ProofNeeded.
    """
    mine = (PortalAccess.contact_id == contact.id, PortalAccess.revoked_at.is_(None))
    # Deals before accesses: that is the order of locks everywhere.
    await hold_deals(session, select(PortalAccess.deal_id).where(*mine))
    query = select(PortalAccess).where(*mine).order_by(PortalAccess.id).with_for_update(key_share=True)
    for access in await session.scalars(query):
        moved = (access.other_email is None and email != access.invited_email) or (
            access.other_mobile is None and mobile != access.invited_mobile
        )
        # An access with an address of its own does not follow the contact, so it goes on working.
        if not moved:
            continue
        # Asked here and not at the top: whoever may not share may still correct a contact who is not invited.
        if not actor.may(Permission.DEAL_SHARE):
            raise NotPermitted(NEEDS_SHARE)
        demand_proof(actor)
        deal = await existing(session, Deal, access.deal_id)
        people = through(await queries.people_of(session, deal, contact.id), access)
        await stop_way_in(session, access)
        _tell_old_address(session, access, people)
        record(session, actor, "portal_access:stopped", organisation_id=deal.organisation_id, deal_id=deal.id,
               contact=contact.name)  # fmt: skip


async def stop_way_in(session: WriteSession, access: PortalAccess) -> None:
    """Link, PIN and passkeys open nothing from now on, until the broker sends a link again. Open sessions stay."""
    await session.execute(
        update(PortalLink)
        .where(PortalLink.access_id == access.id, PortalLink.replaced_at.is_(None))
        .values(replaced_at=utc_now())
    )
    # No hash fits an empty one, and nothing that is sent before the next invitation can carry a PIN.
    access.pin_hash, access.pin_sent_at, access.wrong_pins = "", None, 0
    await forget_passkeys(session, access.id)
    # What waits for the old address carries the link that has just been stopped.
    await outbox.withdraw_unsent(session, access.id)
    touch(session, access_topic(access.id))


def _tell_old_address(session: WriteSession, access: PortalAccess, people: People) -> None:
    if access.invited_email is None:
        return
    outbox.enqueue(
        session,
        organisation_id=access.organisation_id,
        kind="portal.stopped",
        channel=Channel.EMAIL,
        recipient=access.invited_email,
        recipient_name=people.contact.name,
        cause=new_id(),
        content=messages.ways_in_stopped(people),
        deal_id=access.deal_id,
        access_id=access.id,
    )
