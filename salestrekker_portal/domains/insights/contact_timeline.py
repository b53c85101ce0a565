"""What happened with a contact over all their deals: deeds, notes, messages between people, and what left for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, literal, null, or_, select, union_all

from salestrekker_portal.database.columns import Json
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.contact_overview import their_deals
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess

PAGE_SIZE = 30
WROTE = "note:added"
_DEED, _NOTE, _MESSAGE, _SENT = "deed", "note", "message", "sent"


class TimelineFilter(StrEnum):
    """What a timeline shows."""

    ALL = "all"
    MESSAGES = "messages"
    NOTES = "notes"
    CHANGES = "changes"


class TimelineCursor(NamedTuple):
    """The last line that was shown: the next are earlier."""

    at: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One line. `source`: "deed", "note" (the team's own), "message" (read by clients or partners, or theirs) or "sent"
    (an e-mail or text to this contact, of which `activity.kind` is its kind and `how` its delivery). `text` is what a
    note says. `activity` is a copy, in no session."""

    id: UUID
    at: datetime
    source: str
    deal: str
    deal_id: UUID
    activity: Activity
    text: str
    channel: str
    how: str


async def timeline_of(
    session: ReadSession,
    actor: Actor,
    contact_id: UUID,
    which: TimelineFilter = TimelineFilter.ALL,
    *,
    before: TimelineCursor | None = None,
    most: int = PAGE_SIZE,
) -> list[Happened]:
    """The newest lines of a contact who has been accessed already, before the cursor; and one more as a sign that
    there are earlier ones. Only of deals that this person may see; the team's alone. One statement."""
    if not actor.is_staff:
        return []
    parts = [_deeds(actor, contact_id, which, before, most)]
    if which in (TimelineFilter.ALL, TimelineFilter.MESSAGES):
        parts.append(_sent(actor, contact_id, before, most))
    lines = union_all(*[select(part.subquery()) for part in parts]).subquery()
    found = select(lines, Deal.name.label("deal_name")).join(Deal, Deal.id == lines.c.deal_id)
    rows = await session.execute(found.order_by(lines.c.at.desc(), lines.c.id.desc()).limit(most + 1))
    return [_happened(row, actor) for row in rows]


def _happened(row, actor: Actor) -> Happened:
    activity = Activity(
        organisation_id=actor.organisation_id, kind=row.kind, actor_kind=row.actor_kind, actor_id=row.actor_id,
        actor_name=row.actor_name, facts=row.facts or {},
    )  # fmt: skip
    return Happened(
        id=row.id, at=row.at, source=row.source, deal=row.deal_name, deal_id=row.deal_id, activity=activity,
        text=row.text or "", channel=row.channel, how=row.how,
    )  # fmt: skip


def _deeds(actor: Actor, contact_id: UUID, which: TimelineFilter, before: TimelineCursor | None, most: int) -> Select:
    outside = or_(
        Note.shared_with_client_at.is_not(None),
        Note.shared_with_partner_at.is_not(None),
        Note.author_kind.in_((AuthorKind.CLIENT, AuthorKind.PARTNER)),
    )
    wrote = Activity.kind == WROTE
    means = {
        TimelineFilter.MESSAGES: and_(wrote, outside),
        TimelineFilter.NOTES: and_(wrote, ~outside),
        TimelineFilter.CHANGES: Activity.kind != WROTE,
    }
    # A note that was taken away is in no timeline; that it was written is.
    theirs = and_(Note.id == Activity.subject_id, wrote, Note.removed_at.is_(None))
    found = select(
        _source(outside).label("source"), Activity.id.label("id"), Activity.created_at.label("at"),
        Activity.deal_id.label("deal_id"), Activity.kind.label("kind"), Activity.actor_kind.label("actor_kind"),
        Activity.actor_id.label("actor_id"), Activity.actor_name.label("actor_name"), Activity.facts.label("facts"),
        Note.text.label("text"), literal("", String).label("channel"), literal("", String).label("how"),
    ).outerjoin(Note, theirs)  # fmt: skip
    found = found.where(Activity.deal_id.in_(their_deals(actor, contact_id)))
    if which in means:
        found = found.where(means[which])
    return _newest(found, Activity, before, most)


def _source(outside: ColumnElement[bool]) -> ColumnElement[str]:
    return case(
        (Note.id.is_(None), literal(_DEED, String)), (outside, literal(_MESSAGE, String)), else_=literal(_NOTE, String)
    )


def _sent(actor: Actor, contact_id: UUID, before: TimelineCursor | None, most: int) -> Select:
    mine = select(PortalAccess.id).where(
        PortalAccess.contact_id == contact_id, PortalAccess.organisation_id == actor.organisation_id
    )
    found = select(
        literal(_SENT, String).label("source"), OutboxMessage.id.label("id"), OutboxMessage.created_at.label("at"),
        OutboxMessage.deal_id.label("deal_id"), OutboxMessage.kind.label("kind"),
        literal("system", String).label("actor_kind"), cast(null(), Activity.actor_id.type).label("actor_id"),
        OutboxMessage.recipient_name.label("actor_name"), cast(null(), Json()).label("facts"),
        cast(null(), String).label("text"), cast(OutboxMessage.channel, String).label("channel"),
        cast(OutboxMessage.status, String).label("how"),
    ).where(OutboxMessage.access_id.in_(mine), OutboxMessage.deal_id.in_(their_deals(actor, contact_id)))  # fmt: skip
    return _newest(found, OutboxMessage, before, most)


def _newest(
    found: Select, of: type[Activity] | type[OutboxMessage], before: TimelineCursor | None, most: int
) -> Select:
    at, key = of.created_at, of.id
    if before is not None:
        found = found.where(or_(at < before.at, and_(at == before.at, key < before.id)))
    return found.order_by(at.desc(), key.desc()).limit(most + 1)
