"""Reading answers: one section for its screen, and the outline of the whole profile."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.context import ProfileContext
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.ownership import read_ownership
from salestrekker_portal.domains.questions.vocabulary import (
    ITEM_ID,
    NOTHING_TO_ADD,
    OWNERSHIP,
    Page,
    Scope,
    Section,
    section_id,
)
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY, Answer, HeldAnswer, Item

# (section id, subject id, item id) -> field key -> Answer
AnswerMap = dict[tuple[str, UUID, UUID], dict[str, Answer]]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One copy of a section: its own answers, its items in order, and what is held back for this client."""

    page: Page
    section: Section
    subject: UUID
    answers: dict[str, Answer]
    items: list[tuple[Item, dict[str, Answer]]]
    held: dict[tuple[UUID, str], HeldAnswer]
    is_hidden: bool
    may_write: bool
    removed: list[Item] = field(default_factory=list)  # entries that were there once

    @property
    def every_answer(self) -> Iterator[Answer]:
        """Its own answers, and those of the entries that are there."""
        yield from self.answers.values()
        for _, said in self.items:
            yield from said.values()

    @property
    def filled(self) -> Filled:
        """As the pure rules want it."""
        return Filled(
            answers={key: answer.raw for key, answer in self.answers.items()},
            items=[
                {ITEM_ID: str(item.id), **{key: answer.raw for key, answer in answers.items()}}
                for item, answers in self.items
            ],
        )


async def open_copy(session: ReadSession, context: ProfileContext, full_id: str, wanted: UUID | None = None) -> Copy:
    """A section as this person may see it; three statements. Raises NotFound when it is not theirs."""
    page, section = context.section(full_id)
    subject = reach.copy_for(context.reader, page, section, wanted)
    _demand_readable(context, page, section, subject)
    answers = await _answers(session, context.deal.id, [full_id])
    items = await _items(session, context.deal.id, [full_id]) if section.repeats else []
    held = await _held(session, context, full_id)
    return _copy(context, page, section, subject, answers, items, held)


def _demand_readable(context: ProfileContext, page: Page, section: Section, subject: UUID) -> None:
    if subject != NOBODY:
        context.applicant(subject)
    if not reach.may_read_subject(context.reader, page, section, subject):
        raise NotFound("section")


async def all_copies(session: ReadSession, context: ProfileContext) -> list[Copy]:
    """Every copy of every section that this person may read, in order; two statements.

    For staff this includes the copies of clients who may not see the others.
    """
    ids = [section_id(p, s) for p in context.pages for s in p.sections if context.asked(p, s)]
    answers = await _answers(session, context.deal.id, ids)
    items = await _items(session, context.deal.id, ids)
    copies = []
    for page in context.pages:
        for section in page.sections:
            if context.asked(page, section):
                for subject in _subjects(context, page, section, answers):
                    copies.append(_copy(context, page, section, subject, answers, items, {}))
    return copies


def _subjects(context: ProfileContext, page: Page, section: Section, answers: AnswerMap) -> list[UUID]:
    reader = context.reader
    if page.scope is Scope.HOUSEHOLD and (reader.is_staff or reader.sees_others):
        # Who is in it is asked of the deal's own household.
        subjects = [each for each in context.households if each == NOBODY or section.key != "household"]
        others = context.applicants if reader.is_staff else ()
        full_id = section_id(page, section)
        return subjects + [e.id for e in others if e.id not in subjects and _has_own(answers, full_id, e.id)]
    subjects = list(context.subjects(page, section))
    if subjects == [NOBODY]:
        if not reader.is_staff:
            return [reach.copy_for(reader, page, section, None)]
        # A client who may not see the others answers shared questions in a copy of their own.
        full_id = section_id(page, section)
        own = [each.id for each in context.applicants if _has_own(answers, full_id, each.id)]
        return [NOBODY, *own]
    return [each for each in subjects if reach.may_read_subject(reader, page, section, each)]


def _has_own(answers: AnswerMap, full_id: str, subject: UUID) -> bool:
    return any(key != NOTHING_TO_ADD for key in answers.get((full_id, subject, NOBODY), {}))


def _copy(
    context: ProfileContext,
    page: Page,
    section: Section,
    subject: UUID,
    answers: AnswerMap,
    items: Iterable[Item],
    held: dict[tuple[UUID, str], HeldAnswer],
) -> Copy:
    full_id = section_id(page, section)
    own = {
        key: each
        for key, each in answers.get((full_id, subject, NOBODY), {}).items()
        if not said_for_them(context, section, subject, each)
    }
    flag = answers.get((full_id, reach.flag_copy_for(context.reader, page, section, subject), NOBODY), {})
    own.pop(NOTHING_TO_ADD, None)
    if NOTHING_TO_ADD in flag:
        own[NOTHING_TO_ADD] = flag[NOTHING_TO_ADD]
    hidden = reach.is_hidden_from(context.reader, subject, {key: each.raw for key, each in own.items()})
    seen = [] if hidden else list(_visible_items(context, section, full_id, subject, answers, items))
    applicant = context.applicant(subject) if subject != NOBODY else None
    return Copy(
        page=page,
        section=section,
        subject=subject,
        answers={} if hidden else own,
        items=[(item, said) for item, said in seen if item.removed_at is None],
        removed=[item for item, _ in seen if item.removed_at is not None],
        held=held,
        is_hidden=hidden,
        may_write=not context.lock_of(full_id)
        and not hidden
        and reach.may_write_subject(context.reader, page, section, applicant),
    )


def said_for_them(context: ProfileContext, section: Section, subject: UUID, answer: Answer) -> bool:
    """Whether another applicant gave this where each can only speak for themselves: so it is nobody's answer."""
    if not section.sensitive or answer.author_id == subject:
        return False
    return any(each.id == answer.author_id for each in context.applicants)


def _visible_items(
    context: ProfileContext,
    section: Section,
    full_id: str,
    subject: UUID,
    answers: AnswerMap,
    items: Iterable[Item],
) -> Iterator[tuple[Item, dict[str, Answer]]]:
    for item in items:
        if item.section_id != full_id or item.subject_id != subject:
            continue
        said = answers.get((full_id, subject, item.id), {})
        if reach.may_see_item(context.reader, section, subject, shares_of(said), item.made_by_contact):
            yield item, said


def shares_of(answers: dict[str, Answer]) -> dict[str, float] | None:
    """The ownership typed for an item, when it can be read."""
    typed = answers.get(OWNERSHIP)
    return read_ownership(typed.raw)[0] if typed is not None and typed.raw else None


async def _answers(session: ReadSession, deal_id: UUID, section_ids: list[str]) -> AnswerMap:
    found: AnswerMap = defaultdict(dict)
    rows = await session.scalars(select(Answer).where(Answer.deal_id == deal_id, Answer.section_id.in_(section_ids)))
    for answer in rows:
        found[answer.section_id, answer.subject_id, answer.item_id][answer.field_key] = answer
    return found


async def _items(session: ReadSession, deal_id: UUID, section_ids: list[str]) -> list[Item]:
    return list(
        await session.scalars(
            select(Item)
            .where(Item.deal_id == deal_id, Item.section_id.in_(section_ids))
            .order_by(Item.position, Item.created_at)
        )
    )


async def _held(session: ReadSession, context: ProfileContext, full_id: str) -> dict[tuple[UUID, str], HeldAnswer]:
    if context.actor.access_id is None:
        return {}
    rows = await session.scalars(
        select(HeldAnswer).where(HeldAnswer.access_id == context.actor.access_id, HeldAnswer.section_id == full_id)
    )
    return {(held.item_id, held.field_key): held for held in rows}
