"""A deal that is ready for its first invitation, and a look into what would have been sent."""

import re

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.sharing import share_deal
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make


async def ready_deal(cast):
    """A deal of alice's with its two compliance documents and one applicant who is not invited: robin."""
    async with transaction() as session:
        robin = await make.make_contact(
            session, cast.firm, "Robin", "Ōkere", email="robin@example.com", mobile="+61491570158"
        )
        deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, robin, name="Ōkere purchase")
        for slot in (Slot.CREDIT_GUIDE, Slot.PRIVACY_DISCLOSURE):
            await make.make_document(session, deal, cast.alice_user, f"{slot}.pdf", slot=slot, slot_version="4")
    return deal, robin


async def invite(cast, deal, contact, **options) -> PortalAccess:
    """What an Invitation holds, and `banks`, `only_changes` or `shown` of share_deal itself."""
    how = {each: options.pop(each) for each in ("banks", "only_changes", "shown") if each in options}
    async with transaction() as session:
        return await share_deal(session, cast.alice, deal.id, contact.id, Invitation(**options), **how)


async def sent(channel: Channel, kind: str = "") -> list[tuple[OutboxMessage, outbox.Content]]:
    """What waits in the outbox, oldest first, opened."""
    async with reading() as session:
        rows = list(
            await session.scalars(
                select(OutboxMessage).where(OutboxMessage.channel == channel).order_by(OutboxMessage.created_at)
            )
        )
        session.expunge_all()
    return [(row, outbox.opened(row).content) for row in rows if row.sealed and row.kind.startswith(kind)]


async def newest_pin() -> str:
    _, content = (await sent(Channel.SMS))[-1]
    return re.search(r"PIN is (\d{6})\.", content.paragraphs[0])[1]


async def newest_token() -> str:
    _, content = (await sent(Channel.EMAIL, "portal.invitation"))[-1]
    return content.link.rsplit("/", 1)[1]
