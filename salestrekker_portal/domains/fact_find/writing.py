"""Who may write which answer: the doors that saving, holding and the lists go through."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import profile_topic, touch
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.context import ProfileContext
from salestrekker_portal.domains.fact_find.figures import count_after
from salestrekker_portal.domains.fact_find.queries import shares_of
from salestrekker_portal.domains.questions.vocabulary import (
    KEEP_PRIVATE,
    NOTHING_TO_ADD,
    Page,
    Scope,
    Section,
    scope_of,
)
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item

NOT_YOURS = "{name} answers this on their own page. You can read it, but not change it."


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an answer belongs. `subject_id` and `item_id` may be left to the portal."""

    section_id: str
    field_key: str
    subject_id: UUID | None = None
    item_id: UUID | None = None


def tell(session: WriteSession, deal_id: UUID) -> None:
    """Open profile pages look again at once; everything else that shows the deal, once it has been counted."""
    touch(session, profile_topic(deal_id))
    count_after(session, deal_id)


def writable_subject(context: ProfileContext, page: Page, section: Section, wanted: UUID | None) -> UUID:
    demand(context.actor, Permission.PROFILE_WRITE)
    subject = reach.copy_for(context.reader, page, section, wanted)
    if scope_of(page, section) is Scope.PER_APPLICANT and subject == NOBODY:
        raise NotFound("applicant")
    applicant = context.applicant(subject) if subject != NOBODY else None
    # Not found and not “not permitted”: whoever may not read it does not learn that it is there.
    if not reach.may_read_subject(context.reader, page, section, subject):
        raise NotFound("section")
    if not reach.may_write_subject(context.reader, page, section, applicant):
        raise NotPermitted(NOT_YOURS.format(name=applicant.first_name if applicant else "them"))
    return subject


async def writable_item(
    session: WriteSession, context: ProfileContext, section: Section, place: Place, subject: UUID
) -> UUID:
    if place.item_id is None:
        if section.repeats and place.field_key not in (NOTHING_TO_ADD, KEEP_PRIVATE):
            raise NotFound("entry")
        return NOBODY
    await find_item(session, context, place.section_id, subject, place.item_id)
    return place.item_id


async def find_item(session: WriteSession, context: ProfileContext, full_id: str, subject: UUID, item_id: UUID) -> Item:
    _, section = context.section(full_id)
    item = (
        await session.scalars(
            select(Item).where(
                Item.id == item_id,
                Item.deal_id == context.deal.id,
                Item.section_id == full_id,
                Item.subject_id == subject,
                # An answer to an entry that somebody removed meanwhile would be kept where nobody looks.
                Item.removed_at.is_(None),
            )
        )
    ).one_or_none()
    if item is None:
        raise NotFound("entry")
    if not context.reader.is_staff and not context.reader.sees_others and item.made_by_contact != context.actor.id:
        said = await section_answers(session, context.deal.id, full_id, subject, item_id)
        if not reach.may_see_item(context.reader, section, subject, shares_of(said), item.made_by_contact):
            raise NotFound("entry")
    return item


def demand_field(section: Section, key: str, context: ProfileContext) -> None:
    if key in (NOTHING_TO_ADD, KEEP_PRIVATE):
        return
    known = next((each for each in section.fields if each.key == key), None)
    # A broker's own question is to a client as if it didn't exist.
    if known is None or (known.broker_only and not context.reader.is_staff):
        raise NotFound("question")


async def section_answers(
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
