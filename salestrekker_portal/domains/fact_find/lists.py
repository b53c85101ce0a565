"""The entries of repeating sections: adding one, taking it away, bringing it back."""

from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.context import ProfileContext, profile_context
from salestrekker_portal.domains.fact_find.queries import shares_of
from salestrekker_portal.domains.fact_find.starting import begin
from salestrekker_portal.domains.fact_find.writing import find_item, section_answers, tell, writable_subject
from salestrekker_portal.domains.questions.answers import visible_fields
from salestrekker_portal.domains.questions.facts import people_of
from salestrekker_portal.domains.questions.ownership import shown_shares, write_ownership
from salestrekker_portal.domains.questions.roles import sharers_of
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, Section
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item

MOST_ITEMS = 100
TOO_MANY = f"There are {MOST_ITEMS} entries here already. Tell your broker about the rest in a message."


async def add_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, subject_id: UUID | None = None
) -> Item:
    """A new, empty entry in a repeating section. Raises Conflict when locked or when there are too many."""
    context, section, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    count = await session.scalar(
        select(func.count())
        .select_from(Item)
        .where(Item.deal_id == deal_id, Item.section_id == full_id, Item.removed_at.is_(None))
    )
    if (count or 0) >= MOST_ITEMS:
        raise Conflict(said_in(actor.country, TOO_MANY))
    item = Item(
        deal_id=deal_id,
        section_id=full_id,
        subject_id=subject,
        position=count or 0,
        made_by_contact=actor.id if actor.is_client else None,
    )
    session.add(item)
    _keep_shares(session, context, section, item)
    await begin(session, context, full_id, subject, item)
    tell(session, deal_id)
    return item


def _keep_shares(session: WriteSession, context: ProfileContext, section: Section, item: Item) -> None:
    """The split that the new entry shows is its answer: the others it belongs to see it from now on."""
    facts = context.facts(item.subject_id)
    if not section.owned or not any(each.key == OWNERSHIP for each in visible_fields(section, {}, facts)):
        return
    owners = [str(item.subject_id)] if item.subject_id != NOBODY else sharers_of(facts)
    reader = str(context.reader.contact_id)
    if reader in dict(people_of(facts)) and reader not in owners:
        owners = [reader]  # a guarantor adds what is theirs, and not the borrowers'
    if section.of_one:
        mine = [each for each in owners if each == reader]
        owners = mine or owners[:1]
    session.add(
        Answer(
            deal_id=context.deal.id,
            subject_id=item.subject_id,
            section_id=item.section_id,
            item_id=item.id,
            field_key=OWNERSHIP,
            raw=write_ownership(shown_shares(owners)),
            author_id=context.actor.id,
            author_name=context.actor.name,
            answered_at=utc_now(),
        )
    )


async def remove_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, item_id: UUID, subject_id: UUID | None = None
) -> None:
    """Take an entry away; its answers stay in the history and `restore_item` brings it back."""
    context, _, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    item = await find_item(session, context, full_id, subject, item_id)
    item.removed_at, item.removed_by = utc_now(), actor.id
    tell(session, deal_id)


async def restore_item(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, item_id: UUID, subject_id: UUID | None = None
) -> None:
    """Undo a removal. Raises NotFound when the entry is not this person's."""
    context, section, subject = await _open_list(session, actor, deal_id, full_id, subject_id)
    item = await session.get(Item, item_id)
    # Not `find_item`, which knows only those that are there.
    if item is None or (item.deal_id, item.section_id, item.subject_id) != (deal_id, full_id, subject):
        raise NotFound("entry")
    said = await section_answers(session, deal_id, full_id, subject, item_id)
    if not reach.may_see_item(context.reader, section, subject, shares_of(said), item.made_by_contact):
        raise NotFound("entry")
    item.removed_at = item.removed_by = None
    tell(session, deal_id)


async def _open_list(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, wanted: UUID | None
) -> tuple[ProfileContext, Section, UUID]:
    context = await profile_context(session, actor, deal_id)
    page, section = context.section(full_id)
    subject = writable_subject(context, page, section, wanted)
    if not section.repeats:
        raise NotFound("list")
    if context.lock_of(full_id):
        raise Conflict(context.lock_of(full_id))
    return context, section, subject
