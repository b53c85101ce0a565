"""What clients have just answered, in words, for the broker who has the profile open."""

from typing import TypedDict
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.context import ProfileContext, profile_context
from salestrekker_portal.domains.questions.words import say
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.fact_find import Answer

MOST = 5
LONGEST = 160


class LatestView(TypedDict):
    """One answer: the question, what was said, by whom and when."""

    id: str
    where: str
    label: str
    words: str
    by: str
    at: str


async def latest_answers(session: ReadSession, actor: Actor, deal_id: UUID) -> list[LatestView]:
    """The newest answers that clients gave themselves; two statements. For staff: raises NotFound for others."""
    context = await profile_context(session, actor, deal_id)
    if not context.reader.is_staff:
        raise NotFound("deal")
    clients = [each.id for each in context.applicants]
    rows = await session.scalars(
        select(Answer)
        .where(Answer.deal_id == deal_id, Answer.author_id.in_(clients), Answer.raw != "")
        .order_by(Answer.answered_at.desc())
        # Some of them are no questions that can be shown; twice as many are enough in practice.
        .limit(MOST * 2)
    )
    shown = [_shown(context, answer) for answer in rows]
    return [each for each in shown if each is not None][:MOST]


def _shown(context: ProfileContext, answer: Answer) -> LatestView | None:
    try:
        page, section = context.section(answer.section_id)
        field = section.field(answer.field_key)
    except (NotFound, KeyError):
        return None  # "nothing to add" and the like, or a question that is asked no longer
    return LatestView(
        id=str(answer.id),
        where=f"{page.broker_title}, {section.title}" if page.broker_title != section.title else section.title,
        label=field.label,
        words=shortened(say(field, answer.raw, context.facts(answer.subject_id)) or answer.raw, LONGEST),
        by=answer.author_name,
        at=instant_words(answer.answered_at, context.actor.time_zone),
    )
