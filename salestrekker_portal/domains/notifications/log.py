"""What was sent about a deal, and what was not and why, for the team to read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.notifications import SkippedMessage
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

MOST = 60
_OTHERS = {
    "letter.client": "Written by hand",
    "letter.partner": "Written by hand",
    "portal.invitation": "Invitation",
    "portal.pin": "PIN",
    "portal.pin_for_owner": "PIN for the deal’s owner",
    "portal.link_again": "Current link, as asked",
    "portal.lost_link": "Link, as asked",
    "portal.stopped": "Link and PIN stopped",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message. `status` is its delivery, or "skipped" with the reason in `why`."""

    id: UUID
    at: datetime
    what: str
    to: str
    channel: Channel | None
    status: str
    why: str
    credits: int = 0


def kind_words(kind: str) -> str:
    """What a message was about: "Invitation", or the event's name in the settings."""
    event = BY_KEY.get(kind.removeprefix("notice."))
    if event is not None:
        return event.label
    return _OTHERS.get(kind, "Message")


async def told_about(session: ReadSession, actor: Actor, deal_id: UUID) -> list[Told]:
    """The newest messages about a deal, sent and skipped. Staff only: raises NotFound, NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage reads what was sent.")
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    sent = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.deal_id == deal.id)
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
        .limit(MOST)
    )
    skipped = await session.scalars(
        select(SkippedMessage)
        .where(SkippedMessage.deal_id == deal.id)
        .order_by(SkippedMessage.created_at.desc(), SkippedMessage.id.desc())
        .limit(MOST)
    )
    both = [*map(_sent, sent), *map(_skipped, skipped)]
    return sorted(both, key=lambda each: (each.at, each.id), reverse=True)[:MOST]


def _sent(message: OutboxMessage) -> Told:
    counted = message.channel is Channel.SMS and message.status is not Delivery.WITHDRAWN
    return Told(
        id=message.id,
        at=message.sent_at or message.created_at,
        what=kind_words(message.kind),
        to=message.recipient_name or message.recipient,
        channel=message.channel,
        status=message.status.value,
        why=message.problem if message.status is not Delivery.WITHDRAWN else "",
        credits=message.credits_held if counted else 0,
    )


def _skipped(skip: SkippedMessage) -> Told:
    event = BY_KEY.get(skip.event)
    return Told(
        id=skip.id,
        at=skip.created_at,
        what=event.label if event is not None else "Message",
        to=skip.recipient_name,
        channel=skip.channel,
        status="skipped",
        why=skip.sentence,
    )
