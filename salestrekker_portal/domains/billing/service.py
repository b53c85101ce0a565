"""SMS credits: held when a message is queued, settled when it left, given back when it did not."""

from uuid import UUID

from sqlalchemy import func, select, update

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.tables.billing import SmsCreditEntry

HELD = "Held for an SMS"
SENT = "SMS sent"
GIVEN_BACK = "SMS not sent, credits given back"


async def balance(session: ReadSession, organisation_id: UUID) -> int:
    """Credits that may still be spent; what is held counts as spent."""
    total = await session.scalar(
        select(func.sum(SmsCreditEntry.credits)).where(SmsCreditEntry.organisation_id == organisation_id)
    )
    return int(total or 0)


def hold(session: WriteSession, organisation_id: UUID, message_id: UUID, credits: int) -> None:
    """Set credits aside for a message that is about to leave."""
    session.add(SmsCreditEntry(organisation_id=organisation_id, credits=-credits, reason=HELD, message_id=message_id))


async def settle(session: WriteSession, message_id: UUID, segments: int | None = None) -> None:
    """The message left: what was held for it is spent, or as many credits as the provider counted segments."""
    # The provider's count wins: it sees what a carrier did to the letters, and bills it.
    spent = {"reason": SENT} if not segments else {"reason": SENT, "credits": -segments}
    await session.execute(
        update(SmsCreditEntry)
        .where(SmsCreditEntry.message_id == message_id, SmsCreditEntry.reason == HELD)
        .values(spent)
    )


async def release(session: WriteSession, organisation_id: UUID, message_id: UUID, *, even_spent: bool = False) -> None:
    """The message will never leave: give back what is still held for it. Twice gives back once.

    `even_spent` gives back what was settled too: the provider took the message and did not send it.
    """
    reasons = (HELD, GIVEN_BACK, SENT) if even_spent else (HELD, GIVEN_BACK)
    held = -int(
        await session.scalar(
            select(func.sum(SmsCreditEntry.credits)).where(
                SmsCreditEntry.message_id == message_id, SmsCreditEntry.reason.in_(reasons)
            )
        )
        or 0
    )
    if held > 0:
        session.add(
            SmsCreditEntry(organisation_id=organisation_id, credits=held, reason=GIVEN_BACK, message_id=message_id)
        )
