"""Changing answers: one field at a time, as typed, with its version, author and time."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.context import ProfileContext, profile_context
from salestrekker_portal.domains.fact_find.holding import hold
from salestrekker_portal.domains.fact_find.queries import said_for_them
from salestrekker_portal.domains.fact_find.typed import as_typed
from salestrekker_portal.domains.fact_find.writing import (
    Place,
    demand_field,
    section_answers,
    tell,
    writable_item,
    writable_subject,
)
from salestrekker_portal.domains.questions.answers import Checked, begun, check, visible_fields
from salestrekker_portal.domains.questions.ownership import sum_words
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Kind, Section
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import keepable
from salestrekker_portal.tables.fact_find import NOBODY, Answer, AnswerChange

LONGEST_RAW = 20_000


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What somebody else wrote in the meantime."""

    raw: str
    author_name: str
    answered_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Saved:
    """How saving went. `held` says why it was only kept aside; `theirs` shows both values of a clash. `reads_as` is
    the answer tidied for its field, `sum` what shares come to."""

    at: datetime
    version: int = 0
    subject_id: UUID = NOBODY
    checked: Checked | None = None
    asked: tuple[str, ...] = ()
    held: str = ""
    theirs: Theirs | None = None
    answers: dict[str, str] = field(default_factory=dict)
    reads_as: str = ""
    sum: str = ""


async def save_answer(
    session: WriteSession, actor: Actor, deal_id: UUID, place: Place, raw: str, seen_version: int | None = None
) -> Saved:
    """Keep what was typed, right or wrong: the check comes back with it.

    A field that somebody else changed since `seen_version` is not overwritten: both values come back. While the
    fact find is locked the text is held for its writer instead. Raises NotFound, NotPermitted, Invalid.
    """
    key = place.field_key
    return (await save_together(session, actor, deal_id, place, {key: raw}, {key: seen_version}))[key]


async def save_together(
    session: WriteSession, actor: Actor, deal_id: UUID, place: Place, typed: dict[str, str], seen: dict[str, int | None]
) -> dict[str, Saved]:
    """The same for several fields of one section or entry, such as a suburb with its state and postcode: by key.

    `place` says where they are; each field is checked against all of them.
    """
    typed = {key: _kept(key, raw) for key, raw in typed.items()}
    context = await profile_context(session, actor, deal_id)
    page, section = context.section(place.section_id)
    subject = writable_subject(context, page, section, place.subject_id)
    item_id = await writable_item(session, context, section, place, subject)
    for key in typed:
        demand_field(section, key, context)
    locked = context.lock_of(place.section_id)
    if locked:
        for key, raw in typed.items():
            await hold(session, context, replace(place, field_key=key), subject, item_id, raw)
        return {key: Saved(at=utc_now(), subject_id=subject, held=locked) for key in typed}
    flag = subject
    if NOTHING_TO_ADD in typed:
        flag = reach.flag_copy_for(context.reader, page, section, subject)
    answers = await section_answers(session, deal_id, place.section_id, flag, item_id)
    # After the lock was looked at: what is held aside can't clash with anything.
    clashes = {
        key: Saved(at=utc_now(), version=kept.version, subject_id=subject, theirs=_theirs(kept))
        for key, raw in typed.items()
        if (kept := answers.get(key)) is not None and _clashes(kept, actor, raw, seen.get(key))
    }
    written = {key: raw for key, raw in typed.items() if key not in clashes}
    for key, raw in written.items():
        for each, text in {key: raw, **_begun_beside(section, key, answers, raw)}.items():
            there = replace(place, field_key=each)
            answers[each] = write_answer(session, context, there, flag, item_id, answers.get(each), text)
    if written:
        tell(session, deal_id)
    return clashes | {key: _saved(context, section, subject, answers[key], answers) for key in written}


def _kept(key: str, raw: str) -> str:
    raw = keepable(raw)
    if len(raw) > LONGEST_RAW:
        raise Invalid({key: f"Use at most {LONGEST_RAW:,} characters. This has {len(raw):,}."})
    return raw


def _begun_beside(section: Section, key: str, answers: dict[str, Answer], raw: str) -> dict[str, str]:
    """What stood beside a first answer when it was given, by its key: whoever left it, meant it."""
    if not raw.strip():
        return {}
    said = {each: answer.raw for each, answer in answers.items()}
    return {each.key: stood for each in section.fields if each.beside == key and (stood := begun(each, said))}


def _saved(context: ProfileContext, section: Section, subject: UUID, answer: Answer, answers: dict) -> Saved:
    facts = context.facts(subject)
    said = {key: each.raw for key, each in answers.items()}
    asked = next((each for each in section.fields if each.key == answer.field_key), None)
    return Saved(
        at=answer.answered_at,
        version=answer.version,
        subject_id=subject,
        checked=check(section, said, facts),
        asked=tuple(each.key for each in visible_fields(section, said, facts)),
        answers=said,
        reads_as=as_typed(asked, answer.raw, facts) if asked else "",
        sum=sum_words(answer.raw) if asked and asked.kind is Kind.OWNERSHIP else "",
    )


def _clashes(existing: Answer | None, actor: Actor, raw: str, seen_version: int | None) -> bool:
    return (
        existing is not None
        and seen_version is not None
        and existing.version != seen_version
        # Two tabs of one person are no clash: the later one is what they want.
        and existing.author_id != actor.id
        # Nor are two people who write the same.
        and existing.raw != raw
    )


def _theirs(existing: Answer) -> Theirs:
    return Theirs(
        raw=existing.raw,
        author_name=existing.author_name,
        answered_at=existing.answered_at,
        version=existing.version,
    )


def write_answer(
    session: WriteSession,
    context: ProfileContext,
    place: Place,
    subject: UUID,
    item_id: UUID,
    existing: Answer | None,
    raw: str,
) -> Answer:
    """Keep one answer, and what it said before. The caller has asked whether this person may."""
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
    # The same text again, after a lost answer: no new version, and no line in the history.
    elif existing.raw == raw and not said_for_them(context, context.section(place.section_id)[1], subject, existing):
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
