"""Whom an event concerns, from the activity that caused it. What each of them wants is looked up afterwards."""

from uuid import UUID

from sqlalchemy import Select, or_, select, union

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.billing.upkeep import admins_of
from salestrekker_portal.domains.chasing.chasers import EVENT as STILL_MISSING
from salestrekker_portal.domains.chasing.chasers import still_missing
from salestrekker_portal.domains.documents.queries import live_accesses, who_sees
from salestrekker_portal.domains.notices.catalogue import Event
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest
from salestrekker_portal.tables.notes import AuthorKind, Note, NoteMention
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.partners import DealPartner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess

# A deal that doesn't go ahead has left the boards by the time that its partner hears of it.
TOLD_AT_THE_END = ("partner_ended",)
# News that only whoever owns the deal acts on.
_OWNER_ONLY = (
    "partner_lead", "settlement_due", "deal_stale", "promise_due", "partner_nudged", "partner_thanked",
)  # fmt: skip


def is_gone(deal: Deal, event: Event) -> bool:
    """Whether nobody outside the firm is told of this deal any more."""
    return deal.archived_at is not None and event.key not in TOLD_AT_THE_END


async def concerned(session: ReadSession, event: Event, activity: Activity, deal: Deal | None) -> list[UUID]:
    """Users, accesses or partners, by the event's audience; never whoever did it."""
    if event.audience is Audience.STAFF:
        found = await _staff(session, event, activity, deal)
    elif deal is None or is_gone(deal, event):
        found = []
    elif event.audience is Audience.CLIENT:
        found = [access.id for access in await _clients(session, event, activity, deal)]
    elif event.key in ("partner_deal_shared", "partner_received"):
        found = [activity.subject_id] if activity.subject_id else []
    else:
        found = list(await session.scalars(select(DealPartner.partner_id).where(DealPartner.deal_id == deal.id)))
    return [each for each in found if each != activity.actor_id]


async def _staff(session: ReadSession, event: Event, activity: Activity, deal: Deal | None) -> list[UUID]:
    if event.key == "sms_low":
        return [admin.id for admin in await admins_of(session, activity.organisation_id)]
    if event.key == "partner_first_login":
        assigned = select(PartnerMembership.assigned_user_id).where(
            PartnerMembership.partner_id == activity.subject_id,
            PartnerMembership.organisation_id == activity.organisation_id,
            PartnerMembership.assigned_user_id.is_not(None),
        )
        return list(await session.scalars(assigned))
    if deal is None:
        return []
    if event.key == "note_mention":
        return list(await session.scalars(_mentioned(activity.subject_id, str(activity.facts.get("whom", "")).split())))
    if event.key == "stage_reached" and activity.facts.get("whom") != "team":
        return [activity.subject_id or deal.owner_id]
    if event.key == "lead_waits":
        admins = await admins_of(session, activity.organisation_id)
        return list(dict.fromkeys([deal.owner_id, *(admin.id for admin in admins)]))
    if event.key in _OWNER_ONLY:
        return [deal.owner_id]
    team = await team_of(session, deal)
    if event.key == "team_note" and activity.subject_id is not None:
        # Whoever the writer told of it hears that, and not the same note twice.
        told = set(await session.scalars(_mentioned(activity.subject_id)))
        team = [each for each in team if each not in told]
    return team


def _mentioned(note_id: UUID | None, among: list[str] | None = None) -> Select[UUID]:
    """Who is told of a note, as far as its writer has not taken that back."""
    found = select(NoteMention.user_id).where(NoteMention.note_id == note_id)
    return found if among is None else found.where(NoteMention.user_id.in_([UUID(each) for each in among]))


async def team_of(session: ReadSession, deal: Deal) -> list[UUID]:
    """The people who work on a deal: its owner, and whoever of the team has written a note on it."""
    wrote = select(Note.author_id).where(
        Note.deal_id == deal.id, Note.author_kind == AuthorKind.USER, Note.author_id.is_not(None)
    )
    owner = select(Deal.owner_id).where(Deal.id == deal.id)
    return list(await session.scalars(union(owner, wrote)))


async def _clients(session: ReadSession, event: Event, activity: Activity, deal: Deal) -> list[PortalAccess]:
    """Who of the clients may see what happened; about documents, only whom it is asked of."""
    inside = await live_accesses(session, deal.id)
    if event.key == "note_shared":
        note = await session.get(Note, activity.subject_id) if activity.subject_id else None
        return [each for each in inside if note is None or note.contact_id in (None, each.contact_id)]
    if event.key == "file_shared":
        document = await session.get(Document, activity.subject_id) if activity.subject_id else None
        about = document.contact_id if document is not None else None
        return [each for each in inside if about in (None, each.contact_id) or each.sees_other_applicants]
    if event.key == "document_asked_again":
        request = await session.get(DocumentRequest, activity.subject_id) if activity.subject_id else None
        if request is None:
            return []
        sees = (await who_sees(session, inside, [request]))[request.id]
        return [each for each in sees if request.contact_id in (None, each.contact_id)]
    return inside


async def still_holds(session: ReadSession, event: Event, item_id: str, whom: UUID) -> bool:
    """Whether a gathered thing is still there for this person to be told of: taken back within minutes, it never
    happened."""
    if not item_id:
        return True
    if event.key == STILL_MISSING:
        return await still_missing(session, item_id)
    key = UUID(item_id)
    if event.key == "note_mention":
        kept = _mentioned(key).where(NoteMention.user_id == whom)
        kept = kept.join(Note, Note.id == NoteMention.note_id).where(Note.removed_at.is_(None))
        return await session.scalar(kept) is not None
    if event.key in ("note_shared", "partner_note"):
        shared = Note.shared_with_client_at if event.key == "note_shared" else Note.shared_with_partner_at
        kept = select(Note.id).where(Note.id == key, Note.removed_at.is_(None), shared.is_not(None))
        return await session.scalar(kept) is not None
    if event.key in ("file_shared", "partner_file", "client_uploaded", "partner_uploaded"):
        kept = select(Document.id).where(Document.id == key, Document.removed_at.is_(None))
        if event.key == "file_shared":
            kept = kept.where(or_(Document.shared_with_client_at.is_not(None), Document.slot.is_not(None)))
        if event.key == "partner_file":
            kept = kept.where(Document.shared_with_partner_at.is_not(None))
        return await session.scalar(kept) is not None
    return True
