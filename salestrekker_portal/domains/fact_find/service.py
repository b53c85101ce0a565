"""Changing answers: one field at a time, as typed, with its version, author and time."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import profile_topic, touch
from salestrekker_portal.domains.deals.queries import demand
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.answers import Checked, check, visible_fields
from salestrekker_portal.domains.fact_find.context import ProfileContext, profile_context
from salestrekker_portal.domains.fact_find.figures import count_after
from salestrekker_portal.domains.fact_find.models import NOBODY, Answer, AnswerChange, HeldAnswer, Item
from salestrekker_portal.domains.fact_find.queries import shares_of
from salestrekker_portal.domains.fact_find.vocabulary import (
    KEEP_PRIVATE,
    NOTHING_TO_ADD,
    Page,
    Scope,
    Section,
    scope_of,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.text import keepable

LONGEST_RAW = 20_000
MOST_ITEMS = 100
NOT_YOURS = "{name} answers this on their own page. You can read it, but not change it."


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an answer belongs. `subject_id` and `item_id` may be left to the portal."""

    section_id: str
    field_key: str
    subject_id: UUID | None = None
    item_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What somebody else wrote in the meantime."""

    raw: str
    author_name: str
    answered_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Saved:
    """How saving went. `held` says why it was only kept aside; `theirs` shows both values of a clash."""

    at: datetime
    version: int = 0
    subject_id: UUID = NOBODY
    checked: Checked | None = None
    asked: tuple[str, ...] = ()
    held: str = ""
    theirs: Theirs | None = None
    answers: dict[str, str] = field(default_factory=dict)


async def save_answer(
    session: WriteSession, actor: Actor, deal_id: UUID, place: Place, raw: str, seen_version: int | None = None
) -> Saved:
    """Keep what was typed, right or wrong: the check comes back with it.

    A field that somebody else changed since `seen_version` is not overwritten: both values come back. While the
    fact find is locked the text is held for its writer instead. Raises NotFound, NotPermitted, Invalid.
    """
    raw = keepable(raw)
    if len(raw) > LONGEST_RAW:
        raise Invalid({place.field_key: f"Use at most {LONGEST_RAW:,} characters. This has {len(raw):,}."})
    context = await profile_context(session, actor, deal_id)
    page, section = context.section(place.section_id)
    subject = _writable_subject(context, page, section, place.subject_id)
    item_id = await _writable_item(session, context, section, place, subject)
    _demand_field(section, place.field_key, context)
    if context.lock_reason:
        return await _hold(session, context, place, subject, item_id, raw)
    flag = subject
    if place.field_key == NOTHING_TO_ADD:
        flag = reach.flag_copy_for(context.reader, page, section, subject)
    answers = await _section_answers(session, deal_id, place.section_id, flag, item_id)
    existing = answers.get(place.field_key)
    if _clashes(existing, actor, raw, seen_version):
        return Saved(at=utc_now(), version=existing.version, subject_id=subject, theirs=_theirs(existing))
    answer = _write(session, context, place, flag, item_id, existing, raw)
    answers[place.field_key] = answer
    _tell(session, deal_id)
    return _saved(context, section, subject, answer, answers)


def _tell(session: WriteSession, deal_id: UUID) -> None:
    """Open profile pages look again at once; everything else that shows the deal, once it has been counted."""
    touch(session, profile_topic(deal_id))
    count_after(session, deal_id)


def _saved(context: ProfileContext, section: Section, subject: UUID, answer: Answer, answers: dict) -> Saved:
    facts = context.facts(subject)
    said = {key: each.raw for key, each in answers.items()}
    return Saved(
        at=answer.answered_at,
        version=answer.version,
        subject_id=subject,
        checked=check(section, said, facts),
        asked=tuple(each.key for each in visible_fields(section, said, facts)),
        answers=said,
    )


def _writable_subject(context: ProfileContext, page: Page, section: Section, wanted: UUID | None) -> UUID:
    demand(context.actor, Permission.PROFILE_WRITE)
    subject = reach.copy_for(context.reader, page, section, wanted)
    if scope_of(page, section) is Scope.PER_APPLICANT and subject == NOBODY:
        raise NotFound("applicant")
    applicant = context.applicant(subject) if subject != NOBODY else None
    if not reach.may_read_subject(context.reader, page, section, subject):
        raise NotFound("section")
    if not reach.may_write_subject(context.reader, page, section, applicant):
        raise NotPermitted(NOT_YOURS.format(name=applicant.first_name))
    return subject


async def _writable_item(
    session: WriteSession, context: ProfileContext, section: Section, place: Place, subject: UUID
) -> UUID:
    if place.item_id is None:
        if section.repeats and place.field_key not in (NOTHING_TO_ADD, KEEP_PRIVATE):
            raise NotFound("entry")
        return NOBODY
    await _find_item(session, context, place.section_id, subject, place.item_id)
    return place.item_id


async def _find_item(
    session: WriteSession, context: ProfileContext, full_id: str, subject: UUID, item_id: UUID
) -> Item:
    item = (
        await session.scalars(
            select(Item).where(
                Item.id == item_id,
                Item.deal_id == context.deal.id,
                Item.section_id == full_id,
                Item.subject_id == subject,
                Item.removed_at.is_(None),
            )
        )
    ).one_or_none()
    if item is None:
        raise NotFound("entry")
    if not context.reader.is_staff and not context.reader.sees_others and item.made_by_contact != context.actor.id:
        said = await _section_answers(session, context.deal.id, full_id, subject, item_id)
        if not reach.may_see_item(context.reader, shares_of(said), item.made_by_contact):
            raise NotFound("entry")
    return item


def _demand_field(section: Section, key: str, context: ProfileContext) -> None:
    if key in (NOTHING_TO_ADD, KEEP_PRIVATE):
        return
    known = next((each for each in section.fields if each.key == key), None)
    if known is None or (known.broker_only and not context.reader.is_staff):
        raise NotFound("question")


def _clashes(existing: Answer | None, actor: Actor, raw: str, seen_version: int | None) -> bool:
    return (
        existing is not None
        and seen_version is not None
        and existing.version != seen_version
        and existing.author_id != actor.id
        and existing.raw != raw
    )


def _theirs(existing: Answer) -> Theirs:
    return Theirs(
        raw=existing.raw,
        author_name=existing.author_name,
        answered_at=existing.answered_at,
        version=existing.version,
    )


def _write(
    session: WriteSession,
    context: ProfileContext,
    place: Place,
    subject: UUID,
    item_id: UUID,
    existing: Answer | None,
    raw: str,
) -> Answer:
    if existing is None:
        existing = Answer(
            deal_id=context.deal.id,
            subject_id=subject,
            section_id=place.section_id,
            item_id=item_id,
            field_key=place.field_key,
            version=0,
            author_id=context.actor.id,
            answered_at=utc_now(),
        )
        session.add(existing)
    elif existing.raw == raw:
        return existing
    else:
        session.add(
            AnswerChange(
                answer_id=existing.id,
                version=existing.version,
                raw=existing.raw,
                author_id=existing.author_id,
                author_name=existing.author_name,
                answered_at=existing.answered_at,
            )
        )
    existing.raw, existing.version = raw, existing.version + 1
    existing.author_id, existing.author_name = context.actor.id, context.actor.name
    existing.answered_at = utc_now()
    return existing


async def _hold(
    session: WriteSession, context: ProfileContext, place: Place, subject: UUID, item_id: UUID, raw: str
) -> Saved:
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
    await session.execute(delete(HeldAnswer).where(*mine))
    answers = await _section_answers(session, context.deal.id, place.section_id, subject, item_id)
    existing = answers.get(place.field_key)
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
    return Saved(at=utc_now(), subject_id=subject, held=context.lock_reason)


async def _section_answers(
    session: WriteSession, deal_id: UUID, full_id: str, subject: UUID, item_id: UUID
) -> dict[str, Answer]:
    rows = await session.scalars(
        select(Answer).where(
            Answer.deal_id == deal_id,
            Answer.subject_id == subject,
            Answer.section_id == full_id,
            Answer.item_id == item_id,
        )
    )
    return {answer.field_key: answer for answer in rows}


async def add_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, subject_id: UUID | None = None
) -> Item:
    """A new, empty entry in a repeating section. Raises Conflict when locked or when there are too many."""
    _, _, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    count = await session.scalar(
        select(func.count())
        .select_from(Item)
        .where(Item.deal_id == deal_id, Item.section_id == full_id, Item.removed_at.is_(None))
    )
    if count >= MOST_ITEMS:
        raise Conflict(f"There are {MOST_ITEMS} entries here already. Tell your broker about the rest in a message.")
    item = Item(
        deal_id=deal_id,
        section_id=full_id,
        subject_id=subject,
        position=count,
        made_by_contact=actor.id if actor.is_client else None,
    )
    session.add(item)
    _tell(session, deal_id)
    return item


async def remove_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, item_id: UUID, subject_id: UUID | None = None
) -> None:
    """Take an entry away; its answers stay in the history and `restore_item` brings it back."""
    context, _, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    item = await _find_item(session, context, full_id, subject, item_id)
    item.removed_at = utc_now()
    _tell(session, deal_id)


async def restore_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, item_id: UUID, subject_id: UUID | None = None
) -> None:
    """Undo a removal. Raises NotFound when the entry is not this person's."""
    context, _, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    item = await session.get(Item, item_id)
    if item is None or (item.deal_id, item.section_id, item.subject_id) != (deal_id, full_id, subject):
        raise NotFound("entry")
    said = await _section_answers(session, deal_id, full_id, subject, item_id)
    if not reach.may_see_item(context.reader, shares_of(said), item.made_by_contact):
        raise NotFound("entry")
    item.removed_at = None
    _tell(session, deal_id)


async def _open_list(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, wanted: UUID | None
) -> tuple[ProfileContext, Section, UUID]:
    context = await profile_context(session, actor, deal_id)
    page, section = context.section(full_id)
    subject = _writable_subject(context, page, section, wanted)
    if not section.repeats:
        raise NotFound("list")
    if context.lock_reason:
        raise Conflict(context.lock_reason)
    return context, section, subject


async def discard_held(session: WriteSession, actor: Actor, held_id: UUID) -> None:
    """The client no longer wants what was held for them."""
    if actor.access_id is None:
        raise NotFound("text")
    await session.execute(delete(HeldAnswer).where(HeldAnswer.id == held_id, HeldAnswer.access_id == actor.access_id))
