"""What an answer said before, and who said it."""

from typing import TypedDict
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.places import Spot
from salestrekker_portal.domains.questions.vocabulary import Field
from salestrekker_portal.domains.questions.words import say
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import Answer, AnswerChange

MOST = 30


class WasView(TypedDict):
    """One value that a field has had. `raw` is what to save to have it back; `now` marks the current one."""

    id: str
    raw: str
    words: str
    by: str
    at: str
    now: bool


async def history(session: ReadSession, actor: Actor, deal_id: UUID, spot: Spot) -> tuple[Field, list[WasView]]:
    """The question, and its values from the newest; three statements. For staff only: raises NotFound."""
    context = await profile_context(session, actor, deal_id)
    _, section = context.section(spot.section_id)
    field = next((each for each in section.fields if each.key == spot.key), None)
    if field is None or not context.reader.is_staff:
        raise NotFound("question")
    answer = (
        await session.scalars(
            select(Answer).where(
                Answer.deal_id == deal_id,
                Answer.subject_id == spot.subject,
                Answer.section_id == spot.section_id,
                Answer.item_id == spot.item,
                Answer.field_key == spot.key,
            )
        )
    ).one_or_none()
    if answer is None:
        return field, []
    before = await session.scalars(
        select(AnswerChange)
        .where(AnswerChange.answer_id == answer.id)
        .order_by(AnswerChange.version.desc())
        .limit(MOST)
    )
    facts = context.facts(spot.subject)
    rows: list[Answer | AnswerChange] = [answer, *before]
    return field, [
        WasView(
            id=str(row.version),
            raw=row.raw,
            words=say(field, row.raw, facts) or "Empty",
            by=row.author_name,
            at=instant_words(row.answered_at, actor.time_zone),
            now=row is answer,
        )
        for row in rows
    ]
