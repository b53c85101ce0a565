"""What merging two contacts and taking them apart have in common."""

from collections.abc import Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import or_, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.contacts.rules import checked_contact
from salestrekker_portal.domains.deals.figures import lines_touched
from salestrekker_portal.domains.fact_find.figures import profile_touched
from salestrekker_portal.domains.portal_access.stopping import stop_ways_in
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document, DocumentRequest
from salestrekker_portal.tables.fact_find import Answer, Item
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.tasks import Task

# What of a contact is one or the other's.
MERGED_FIELDS = ("first_name", "last_name", "company_name", "email", "mobile", "time_zone")
# Rows that say whose they are, and move.
MOVES = (DealApplicant, DocumentRequest, Document, Note)
# Those of them that no deal has: what somebody of the firm is to do about them.
MOVE_ALONE = (Task,)


def deals_of(contact_id: UUID) -> sa.Select:
    """The ids of the deals that they are in."""
    return select(DealApplicant.deal_id).where(DealApplicant.contact_id == contact_id)


async def become(session: WriteSession, actor: Actor, kept: Contact, wanted: Mapping[str, str | None]) -> dict:
    """Give the contact these values; what those fields were, of those that changed."""
    was = {name: getattr(kept, name) for name, value in wanted.items() if (getattr(kept, name) or "") != (value or "")}
    if not was:
        return {}
    now = {name: getattr(kept, name) for name in MERGED_FIELDS} | {name: wanted[name] for name in was}
    zone = now.pop("time_zone")
    facts = checked_contact(**now, country=actor.country)
    if {"email", "mobile"} & set(was):
        await stop_ways_in(session, actor, kept, email=facts.email, mobile=facts.mobile)
    for name in was:
        setattr(kept, name, zone if name == "time_zone" else getattr(facts, name))
    await session.flush()
    return was


async def named_in_a_fact_find(session: ReadSession, contact_id: UUID, deal_ids: Collection[UUID]) -> str:
    """The name of one of these deals whose fact find names this person; "" when none does."""
    # An answer may name people: who lives in a home, who owns what.
    named = or_(Answer.subject_id == contact_id, Answer.raw.contains(str(contact_id)))
    listed = or_(Item.subject_id == contact_id, Item.made_by_contact == contact_id)
    for model, is_theirs in ((Answer, named), (Item, listed)):
        found = select(Deal.name).join(model, model.deal_id == Deal.id).where(Deal.id.in_(deal_ids), is_theirs)
        if (name := await session.scalar(found.limit(1))) is not None:
            return name
    return ""


async def tell_deals_of_both(session: WriteSession, actor: Actor, what: str, kept: Contact, gone: Contact) -> None:
    """In the security log once, and on every deal of either."""
    record(
        session, actor, f"settings:contacts_{what}", organisation_id=kept.organisation_id, subject_id=kept.id,
        contact=kept.name, other=gone.name,
    )  # fmt: skip
    for deal_id in list(await session.scalars(deals_of(kept.id).union(deals_of(gone.id)))):
        record(
            session, actor, f"contact:{what}", organisation_id=kept.organisation_id, deal_id=deal_id,
            subject_id=kept.id, contact=kept.name, other=gone.name,
        )  # fmt: skip
        lines_touched(session, deal_id, clients=True)
        await profile_touched(session, deal_id)
