"""What clients have just answered, in words, for the broker who has the profile open."""

from itertools import islice
from typing import TypedDict

from salestrekker_portal.domains.fact_find.context import ProfileContext
from salestrekker_portal.domains.fact_find.whole import Whole
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


def latest_answers(whole: Whole) -> list[LatestView]:
    """The newest answers that clients gave themselves. For staff: raises NotFound for others. Pure."""
    context = whole.context
    if not context.reader.is_staff:
        raise NotFound("deal")
    clients = {each.id for each in context.applicants}
    said = [each for copy in whole.copies for each in copy.every_answer if each.author_id in clients and each.raw]
    newest = sorted(said, key=lambda each: each.answered_at, reverse=True)
    shown = (_shown(context, answer) for answer in newest)
    return list(islice((each for each in shown if each is not None), MOST))


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
