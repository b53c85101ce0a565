"""What a client types while the fact find is locked: kept for them, not part of the profile."""

from uuid import UUID

from sqlalchemy import delete

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.context import ProfileContext
from salestrekker_portal.domains.fact_find.writing import Place, section_answers
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.fact_find import HeldAnswer


async def hold(
    session: WriteSession, context: ProfileContext, place: Place, subject: UUID, item_id: UUID, raw: str
) -> None:
    """Locked: staff are told, a client's text is kept for them."""
    if context.actor.access_id is None:
        raise Conflict(context.lock_reason)
    mine = (
        HeldAnswer.access_id == context.actor.access_id,
        HeldAnswer.section_id == place.section_id,
        HeldAnswer.subject_id == subject,
        HeldAnswer.item_id == item_id,
        HeldAnswer.field_key == place.field_key,
    )
    # One text a field: only the newest is offered again when the stage opens.
    await session.execute(delete(HeldAnswer).where(*mine))
    answers = await section_answers(session, context.deal.id, place.section_id, subject, item_id)
    existing = answers.get(place.field_key)
    # Back to what the profile says anyway: nothing is left to offer.
    if raw and (existing is None or existing.raw != raw):
        session.add(
            HeldAnswer(
                access_id=context.actor.access_id,
                section_id=place.section_id,
                subject_id=subject,
                item_id=item_id,
                field_key=place.field_key,
                raw=raw,
                held_at=utc_now(),
            )
        )


async def discard_held(session: WriteSession, actor: Actor, held_id: UUID) -> None:
    """The client no longer wants what was held for them."""
    if actor.access_id is None:
        raise NotFound("text")
    await session.execute(delete(HeldAnswer).where(HeldAnswer.id == held_id, HeldAnswer.access_id == actor.access_id))
