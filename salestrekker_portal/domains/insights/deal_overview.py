"""What the overview of one deal reads, each in one statement."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.deals.models import Deal, DealApplicant
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.models import Document
from salestrekker_portal.domains.notes.models import Note
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.domains.workflows.models import FactFindMode, Stage
from salestrekker_portal.kernel.errors import NotFound


async def deal_with_stage(session: ReadSession, actor: Actor, deal_id: UUID) -> tuple[Deal, FactFindMode, str]:
    """The deal, whether clients may write in its stage, and the name of the next stage ("" for the last)."""
    following = aliased(Stage)
    next_name = (
        select(following.name)
        .where(following.workflow_id == Stage.workflow_id, following.position > Stage.position)
        .order_by(following.position)
        .limit(1)
        .correlate(Stage)
        .scalar_subquery()
    )
    row = (
        await session.execute(
            visible_deals(actor)
            .where(Deal.id == deal_id)
            .join(Stage, Stage.id == Deal.stage_id)
            .with_only_columns(Deal, Stage.fact_find, next_name)
        )
    ).one_or_none()
    if row is None:
        raise NotFound("deal")
    return row[0], row[1], row[2] or ""


async def people_with_access(
    session: ReadSession, deal_id: UUID
) -> list[tuple[DealApplicant, Contact, PortalAccess | None]]:
    """The deal's people, each with the newest access that they have or had."""
    rows = await session.execute(
        select(DealApplicant, Contact, PortalAccess)
        .join(Contact, Contact.id == DealApplicant.contact_id)
        .outerjoin(PortalAccess, (PortalAccess.deal_id == deal_id) & (PortalAccess.contact_id == Contact.id))
        .where(DealApplicant.deal_id == deal_id)
        .order_by(DealApplicant.position, DealApplicant.created_at, PortalAccess.created_at)
    )
    newest: dict[UUID, tuple[DealApplicant, Contact, PortalAccess | None]] = {}
    for applicant, contact, access in rows:
        held = newest.get(contact.id)
        if held is None or held[2] is None or held[2].revoked_at is not None:
            newest[contact.id] = (applicant, contact, access)
    return list(newest.values())


async def latest_notes(session: ReadSession, deal_id: UUID, limit: int) -> list[Note]:
    found = select(Note).where(Note.deal_id == deal_id, Note.removed_at.is_(None))
    return list(await session.scalars(found.order_by(Note.created_at.desc(), Note.id.desc()).limit(limit)))


async def latest_documents(session: ReadSession, deal_id: UUID, limit: int) -> list[Document]:
    found = select(Document).where(
        Document.deal_id == deal_id, Document.removed_at.is_(None), Document.drafted_at.is_(None)
    )
    return list(await session.scalars(found.order_by(Document.created_at.desc(), Document.id.desc()).limit(limit)))
