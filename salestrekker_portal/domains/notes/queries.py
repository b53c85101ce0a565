"""Who may read which notes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.queries import reaches_client
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import AuthorKind, Note, ThreadRead


def visible_notes(actor: Actor, deal_id: UUID) -> Select[Note]:
    """A deal's notes that this person may read: the team all, clients and partners what is shared with them.

    A client who may not see the other applicants does not read what those write either.
    """
    mine = select(Note).where(
        Note.deal_id == deal_id,
        Note.removed_at.is_(None),
        # The deal again, although callers have accessed it: a note must not be readable where its deal isn't.
        Note.deal_id.in_(visible_deals(actor).with_only_columns(Deal.id)),
    )
    if actor.is_staff:
        return mine
    own = Note.author_id == actor.id
    if actor.is_partner:
        return mine.where(or_(Note.shared_with_partner_at.is_not(None), own & (Note.author_kind == AuthorKind.PARTNER)))
    return mine.where(or_(reaches_client(actor), own & (Note.author_kind == AuthorKind.CLIENT)))


async def notes_of(session: ReadSession, actor: Actor, deal_id: UUID, *, most: int = 200) -> list[Note]:
    """The newest notes that this person may read, oldest first."""
    newest = visible_notes(actor, deal_id).order_by(Note.created_at.desc(), Note.id.desc()).limit(most)
    return list(reversed(list(await session.scalars(newest))))


async def read_until(session: ReadSession, actor: Actor, deal_id: UUID) -> datetime | None:
    """How far this person has read; None when never."""
    return await session.scalar(
        select(ThreadRead.read_at).where(ThreadRead.deal_id == deal_id, ThreadRead.reader_id == actor.id)
    )


async def unread_count(session: ReadSession, actor: Actor, deal_id: UUID, *, by: AuthorKind | None = None) -> int:
    """Notes by others that arrived since this person last looked; the portal's own notes don't count."""
    seen = (
        select(ThreadRead.read_at)
        .where(ThreadRead.deal_id == deal_id, ThreadRead.reader_id == actor.id)
        .scalar_subquery()
    )
    unread = visible_notes(actor, deal_id).where(
        Note.author_kind != AuthorKind.SYSTEM,
        Note.author_id != actor.id,
        or_(seen.is_(None), Note.created_at > seen),
    )
    if by is not None:
        unread = unread.where(Note.author_kind == by)
    return int(await session.scalar(select(func.count()).select_from(unread.subquery())) or 0)
