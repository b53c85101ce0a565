"""What was sent about a deal, read again and sent again: secrets stay out of sight, and nobody is told by accident."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Event
from salestrekker_portal.domains.notices.rules import Person, Skip, Verdict, decide, sentence_for
from salestrekker_portal.domains.notifications.gathering import ALSO
from salestrekker_portal.domains.notifications.log import kind_words
from salestrekker_portal.domains.notifications.recipients import Recipient, recipient_of
from salestrekker_portal.domains.notifications.stopping import stop_address
from salestrekker_portal.domains.outbox.content import HIDDEN, Content
from salestrekker_portal.domains.outbox.service import enqueue, just_sent, read_again
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, NotFound, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Audience, Why
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.partners import DealPartner, Partner

NOT_KEPT = "What this message said was not kept: it is from before messages could be read again."
ONLY_NEWS = "This one has a way in, so it isn’t repeated. Send a new link or PIN from the share panel."
BY_HAND = "Somebody wrote this by hand. To say it again, write to them again."
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
    if message.kind.startswith("letter."):
        return BY_HAND
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
    recipient = await _reader(session, event, deal, message)
    link = recipient.link if content.link_label else ""
    # A broker's own words may have the link in them, which is kept as dots.
    said = [each.replace(HIDDEN, recipient.link or HIDDEN) for each in content.paragraphs]
    # One about several things can't be stopped as one of them.
    stop = stop_address(event, firm, recipient.id) if ALSO not in said else ""
    enqueue(
        session,
        organisation_id=firm,
        kind=message.kind,
        channel=Channel.EMAIL,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        cause=new_id(),
        content=replace(content, paragraphs=said, link=link, stop=stop),
        deal_id=deal.id,
        access_id=message.access_id,
    )
    record(
        session, actor, "message:again", organisation_id=firm, deal_id=deal.id,
        what=kind_words(message.kind), to=message.recipient_name,
    )  # fmt: skip
    return message.recipient_name


async def _reader(session: ReadSession, event: Event, deal: Deal, message: OutboxMessage) -> Recipient:
    """Whom the message went to, as they are today. Raises Conflict for somebody who may not be told of it any more,
    has stopped it, or has another address."""
    key = message.access_id if event.audience is Audience.CLIENT else await _partner_at(session, deal, message)
    organisation = await existing(session, Organisation, deal.organisation_id)
    recipient = await recipient_of(session, event, organisation, deal, key) if key is not None else None
    if recipient is None:
        gone = Person(name=message.recipient_name)
        raise Conflict(sentence_for(Skip(why=Why.ACCESS_ENDED), event, gone))
    for skip in _by_email(event, recipient).skipped:
        if skip.why is not Why.BOUNCED:  # what came back may be tried again
            raise Conflict(sentence_for(skip, event, recipient.person))
    if recipient.person.email != message.recipient:
        raise Conflict(f"{message.recipient_name} has another e-mail address now. Send them a new link first.")
    return recipient


async def _partner_at(session: ReadSession, deal: Deal, message: OutboxMessage) -> UUID | None:
    """The partner who follows this deal under the address that the message went to."""
    follows = (DealPartner.partner_id == Partner.id) & (DealPartner.deal_id == deal.id)
    found = select(Partner.id).join(DealPartner, follows).where(Partner.email == message.recipient)
    return await session.scalar(found)


def _by_email(event: Event, recipient: Recipient) -> Verdict:
    return decide(event, recipient.person, recipient.firm, replace(recipient.wanted, sms=False))
