"""Who may read which notes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.partners_see import shows_partners
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.queries import reaches_client
from salestrekker_portal.kernel.names import text_key
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
        told = and_(Note.shared_with_partner_at.is_not(None), shows_partners(Note.deal_id))
        return mine.where(or_(told, own & (Note.author_kind == AuthorKind.PARTNER)))
    return mine.where(or_(reaches_client(actor), own & (Note.author_kind == AuthorKind.CLIENT)))


class NoteFilter(StrEnum):
    """Which notes of a deal are shown."""

    ALL = "all"
    IMPORTANT = "important"
    TEAM = "team"
    CLIENT = "client"
    PARTNER = "partner"


def narrowed(found: Select[Note], words: str, which: NoteFilter) -> Select[Note]:
    """Those with all of these words, folded, each from its beginning; and those that the filter means."""
    for word in text_key(words).split():
        found = found.where(Note.search_key.contains(f" {word}", autoescape=True))
    client, partner = Note.shared_with_client_at.is_not(None), Note.shared_with_partner_at.is_not(None)
    means = {
        NoteFilter.IMPORTANT: Note.important.is_(True),
        NoteFilter.TEAM: and_(~client, ~partner),
        NoteFilter.CLIENT: client,
        NoteFilter.PARTNER: partner,
    }
    return found.where(means[which]) if which in means else found


async def notes_of(
    session: ReadSession,
    actor: Actor,
    deal_id: UUID,
    *,
    most: int = 200,
    words: str = "",
    which: NoteFilter = NoteFilter.ALL,
    besides: UUID | None = None,
) -> list[Note]:
    """The newest notes that this person may read and means, oldest first; and one more, `besides`, if they may read
    it, however old it is."""
    newest = (
        narrowed(visible_notes(actor, deal_id), words, which)
        .order_by(Note.created_at.desc(), Note.id.desc())
        .limit(most)
    )
    found = list(reversed(list(await session.scalars(newest))))
    if besides is None or besides in [note.id for note in found]:
        return found
    return [*await session.scalars(visible_notes(actor, deal_id).where(Note.id == besides)), *found]


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
