"""The embedded default: messages land in the on-screen outbox instead of leaving the machine."""

from datetime import datetime

from sqlalchemy import select

from salestrekker_portal.adapters.email_html import html_part
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity.service import touch
from salestrekker_portal.domains.outbox.ports import Reason, Receipt, SendFailed
from salestrekker_portal.domains.outbox.service import Envelope
from salestrekker_portal.tables.outbox import Channel, ShownMessage

# One of ACMA's fictional numbers plays a disconnected phone, so that a failed SMS can be tried out.
DISCONNECTED = "+61491570159"


class ScreenSender:
    """Writes the message where /outbox shows it, as the recipient would see it. Sending twice shows once."""

    async def send(self, envelope: Envelope) -> Receipt:
        if envelope.channel is Channel.SMS and envelope.recipient == DISCONNECTED:
            raise SendFailed("number not in service", permanent=True, reason=Reason.ADDRESS)
        async with transaction() as session:
            known = await session.scalar(select(ShownMessage.id).where(ShownMessage.message_id == envelope.message_id))
            if known is None:
                session.add(_shown(envelope))
            touch(session, "outbox")
        return Receipt(ref=f"screen:{envelope.message_id}")

    async def find(self, envelope: Envelope, since: datetime) -> list[Receipt]:
        """Exactly: the message itself, if it was shown."""
        async with reading() as session:
            known = await session.scalar(select(ShownMessage.id).where(ShownMessage.message_id == envelope.message_id))
        return [Receipt(ref=f"screen:{envelope.message_id}")] if known else []

    async def ask(self, ref: str) -> None:
        """It is on the screen: there is nothing more to say."""
        return None


def _shown(envelope: Envelope) -> ShownMessage:
    content, mail = envelope.content, envelope.channel is Channel.EMAIL
    return ShownMessage(
        message_id=envelope.message_id,
        channel=envelope.channel,
        sender=content.sender,
        recipient=envelope.recipient,
        recipient_name=envelope.recipient_name,
        subject=content.subject,
        paragraphs=content.paragraphs,
        link_label=content.link_label,
        link=content.link,
        html=html_part(content) if mail else "",
    )
