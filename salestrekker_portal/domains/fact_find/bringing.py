"""Entries and answers of one deal written into another: who typed them and when stays; entries are new ones."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.questions.vocabulary import Page, Scope, Section, scope_of
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item
from salestrekker_portal.tables.portal_access import PortalAccess

_ENTRIES = ("properties", "loans")  # choices that are entries of the deal

Sections = Mapping[str, tuple[Page, Section]]


async def bring_along(
    session: WriteSession, source: UUID, access: PortalAccess, sections: Sections, *, own_only: bool
) -> dict[str, datetime]:
    """Write what one person told in another deal into theirs: by section, the latest moment of it. Two statements,
    and those that write. What is the broker's alone stays where it is. `own_only`: they did not see there what the
    others told, and don't get to see it here.
    """
    own, keys = (access.contact_id, NOBODY), tuple(sections)
    entered = select(Item).where(
        Item.deal_id == source, Item.subject_id.in_(own), Item.section_id.in_(keys), Item.removed_at.is_(None)
    )
    if own_only:
        entered = entered.where(or_(Item.subject_id == access.contact_id, Item.made_by_contact == access.contact_id))
    items = (await session.scalars(entered)).all()
    answers = await session.scalars(
        # Their own copy of a shared question comes after the one of everybody, and stays.
        select(Answer)
        .where(Answer.deal_id == source, Answer.subject_id.in_(own), Answer.section_id.in_(keys), Answer.raw != "")
        .order_by(Answer.subject_id == access.contact_id)
    )
    entries = {item.id: new_id() for item in items}
    # Answers to what is asked of everybody, without an entry that they made, are then the others'.
    theirs = [each for each in answers if not own_only or each.subject_id != NOBODY or each.item_id != NOBODY]
    session.add_all(
        Item(
            id=entries[item.id], deal_id=access.deal_id, section_id=item.section_id, subject_id=item.subject_id,
            position=item.position, made_by_contact=item.made_by_contact,
        )
        for item in items
    )  # fmt: skip
    await session.flush()
    made = {_key_of(each): each for answer in theirs if (each := _anew(answer, access, sections, entries))}
    session.add_all(made.values())
    return _latest(made.values())


def _anew(answer: Answer, access: PortalAccess, sections: Sections, entries: Mapping[UUID, UUID]) -> Answer | None:
    """The same answer in the other deal; None for one of an entry that is gone, or that is not theirs, and for one that
    names an entry that doesn't come along.
    """
    page, section = sections[answer.section_id]
    theirs = scope_of(page, section) is Scope.PER_APPLICANT
    is_brokers = any(each.key == answer.field_key and each.broker_only for each in section.fields)
    if is_brokers or (theirs and answer.subject_id != access.contact_id):
        return None
    if answer.item_id != NOBODY and answer.item_id not in entries:
        return None
    raw = _pointing(answer.raw, entries)
    if any(each.key == answer.field_key and each.options_from in _ENTRIES for each in section.fields):
        come_along = {str(each) for each in entries.values()}
        raw = ",".join(each for each in raw.split(",") if each in come_along)
    if not raw:
        return None
    # Who may not see the others has a copy of their own of what is asked of everybody (reach.py).
    of_everybody = NOBODY if access.sees_other_applicants else access.contact_id
    subject = access.contact_id if theirs else of_everybody
    return Answer(
        deal_id=access.deal_id,
        subject_id=answer.subject_id if answer.item_id != NOBODY else subject,
        section_id=answer.section_id,
        item_id=entries.get(answer.item_id, NOBODY),
        field_key=answer.field_key,
        raw=raw,
        author_id=answer.author_id,
        author_name=answer.author_name,
        answered_at=answer.answered_at,
    )


def _pointing(raw: str, entries: Mapping[UUID, UUID]) -> str:
    """A loan names the property that secures it, a property its loan: by the entries of this deal."""
    for old, new in entries.items():
        raw = raw.replace(str(old), str(new))
    return raw


def _key_of(answer: Answer) -> tuple[str, UUID, UUID, str]:
    return answer.section_id, answer.subject_id, answer.item_id, answer.field_key


def _latest(answers: Iterable[Answer]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for each in answers:
        found[each.section_id] = max(found.get(each.section_id, each.answered_at), each.answered_at)
    return found
