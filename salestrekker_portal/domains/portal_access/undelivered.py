"""A PIN that could not be texted goes to somebody who can read it out."""

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.portal_access import delivery, queries
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import OutboxMessage


async def pin_not_delivered(session: WriteSession, message: OutboxMessage) -> None:
    """The SMS was given up: the owner gets a PIN to read out (S0-12, L05)."""
    access = await queries.held_access(session, message.access_id)
    # A newer PIN may be on its way already: then this failure no longer matters.
    if access is None or access.revoked_at is not None or access.pin_sent_at is None:
        return
    if access.pin_sent_at > message.created_at:
        return
    deal = await existing(session, Deal, access.deal_id)
    people = through(await queries.people_of(session, deal, access.contact_id), access)
    delivery.pin_to_owner(session, access, people, f"The SMS with the PIN was not delivered ({message.problem}).")
    record(session, None, "portal_access:pin_not_delivered", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=people.contact.name)  # fmt: skip
