"""What was sent about a deal, read again and sent again: secrets stay out of sight, and nobody is told by accident."""

from dataclasses import replace
from uuid import UUID

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notifications.log import kind_words
from salestrekker_portal.domains.notifications.recipients import recipient_of
from salestrekker_portal.domains.notifications.stopping import stop_address
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.domains.outbox.service import enqueue, just_sent, read_again
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, NotFound, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess

NOT_KEPT = "What this message said was not kept: it is from before messages could be read again."
ONLY_NEWS = "This one has a way in, so it isn’t repeated. Send a new link or PIN from the share panel."
BY_TEXT = "A text isn’t sent again: it would cost, and say nothing new. The e-mail can be."
LEFT = (Delivery.SENT, Delivery.DELIVERED, Delivery.BOUNCED, Delivery.FAILED)


async def message_again(
    session: ReadSession, actor: Actor, deal_id: UUID, message_id: UUID
) -> tuple[OutboxMessage, Content]:
    """A message about this deal as it was read. Staff only: raises NotFound, NotPermitted, Conflict for an old one."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage reads what was sent.")
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    message = await session.get(OutboxMessage, message_id)
    if message is None or message.deal_id != deal.id or message.organisation_id != deal.organisation_id:
        raise NotFound("message")
    content = read_again(message)
    if content is None:
        raise Conflict(NOT_KEPT)
    return message, content


def why_not_again(message: OutboxMessage) -> str:
    """Why a message can't be sent again, or "" when it can."""
    if not message.kind.startswith("notice.") or _event_of(message).audience is Audience.STAFF:
        return ONLY_NEWS
    if message.channel is Channel.SMS:
        return BY_TEXT
    return "" if message.status in LEFT else "It hasn’t left yet."


def _event_of(message: OutboxMessage) -> Event:
    event = BY_KEY.get(message.kind.removeprefix("notice."))
    if event is None:
        raise NotFound("message")
    return event


async def send_again(session: WriteSession, actor: Actor, deal_id: UUID, message_id: UUID) -> str:
    """The same e-mail once more, to the same person where they are now, with the link that works now. Their name.

    Raises NotFound, NotPermitted, Conflict with the reason why it can't be, AlreadyDone right after it left.
    """
    message, content = await message_again(session, actor, deal_id, message_id)
    why = why_not_again(message)
    if why:
        raise Conflict(why)
    event = _event_of(message)
    may = Permission.DEAL_SHARE if event.audience is Audience.CLIENT else Permission.PARTNER_MANAGE
    deal = await access_deal(session, actor, deal_id, may)
    firm = deal.organisation_id
    if await just_sent(session, message.kind, organisation_id=firm, recipient=message.recipient):
        raise AlreadyDone(f"{message.recipient_name} was sent this a moment ago, so no second one went out.")
    link, stop = await _addresses(session, event, deal, message)
    enqueue(
        session,
        organisation_id=firm,
        kind=message.kind,
        channel=Channel.EMAIL,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        cause=new_id(),
        content=replace(content, link=link if content.link_label else "", stop=stop),
        deal_id=deal.id,
        access_id=message.access_id,
    )
    record(
        session, actor, "message:again", organisation_id=firm, deal_id=deal.id,
        what=kind_words(message.kind), to=message.recipient_name,
    )  # fmt: skip
    return message.recipient_name


async def _addresses(session: WriteSession, event: Event, deal: Deal, message: OutboxMessage) -> tuple[str, str]:
    """The link and the stop link of today. Raises Conflict for somebody who may not be told any more."""
    organisation = await session.get(Organisation, deal.organisation_id)
    if event.audience is Audience.PARTNER or message.access_id is None or organisation is None:
        return (read_again(message) or Content(sender="")).link, ""
    access = await session.get(PortalAccess, message.access_id)
    recipient = await recipient_of(session, event, organisation, deal, message.access_id) if access else None
    if recipient is None or recipient.person.lost_sight:
        raise Conflict(f"{message.recipient_name}’s access has ended, so nothing more is sent to them.")
    if recipient.person.email != message.recipient:
        raise Conflict(f"{message.recipient_name} has another e-mail address now. Send them a new link first.")
    return recipient.link, stop_address(event, organisation.id, recipient.id)
