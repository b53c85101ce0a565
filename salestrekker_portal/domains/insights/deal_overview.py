"""What the overview of one deal reads, each in one statement."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.security_log.whence import not_for_them
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import FactFindMode, Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
FOLLOWING = aliased(Stage)

_SAME = {"email": "e-mail", "mobile": "mobile"}


class Known(NamedTuple):
    """Somebody whom a contact may be: `same` says by what, `deal_id` where they are."""

    name: str
    same: str
    deal_id: UUID | None
    deal_name: str


class DealAround(NamedTuple):
    """A deal; whether clients may write in its stage, the name of the next stage ("" for the last), and how many
    tasks are open."""

    deal: Deal
    mode: FactFindMode
    next_stage: str
    tasks: int


async def deal_with_stage(session: ReadSession, actor: Actor, deal_id: UUID) -> DealAround:
    """One statement. Raises NotFound."""
    next_name = (
        select(FOLLOWING.name)
        .where(FOLLOWING.workflow_id == Stage.workflow_id, FOLLOWING.position > Stage.position)
        .order_by(FOLLOWING.position)
        .limit(1)
        .correlate(Stage)
        .scalar_subquery()
    )
    still = (Task.deal_id == deal_id, Task.done_at.is_(None), Task.removed_at.is_(None))
    open_tasks = select(func.count()).select_from(Task).where(*still).scalar_subquery()
    row = (
        await session.execute(
            visible_deals(actor)
            .where(Deal.id == deal_id)
            .join(Stage, Stage.id == Deal.stage_id)
            .with_only_columns(Deal, Stage.fact_find, next_name, open_tasks)
        )
    ).one_or_none()
    if row is None:
        not_for_them("deal")
        raise NotFound("deal")
    return DealAround(row[0], row[1], row[2] or "", row[3])


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


async def known_already(session: ReadSession, deal: Deal, people: list[Contact]) -> dict[UUID, Known]:
    """Who of a deal's people may be somebody whom the firm knows from elsewhere: same e-mail or same mobile.

    A partner who refers somebody is not told; the broker is. Those of one deal, a couple with one mailbox, are not
    taken for each other. One statement.
    """
    here = {each.id for each in people}
    emails, mobiles = ({getattr(each, name) for each in people} - {None, ""} for name in ("email", "mobile"))
    rows = await session.execute(
        select(Contact, Deal.id, Deal.name)
        .outerjoin(DealApplicant, DealApplicant.contact_id == Contact.id)
        .outerjoin(Deal, Deal.id == DealApplicant.deal_id)
        .where(
            Contact.organisation_id == deal.organisation_id,
            Contact.archived_at.is_(None),
            Contact.id.not_in(here),
            or_(Contact.email.in_(emails), Contact.mobile.in_(mobiles)),
        )
        .order_by(Contact.created_at, Deal.created_at.desc())
        .limit(50)
    )
    found: dict[UUID, Known] = {}
    for contact, deal_id, deal_name in rows:
        for each in people:
            same = [words for name, words in _SAME.items() if getattr(each, name) == (getattr(contact, name) or "")]
            if same and each.id not in found:
                found[each.id] = Known(contact.name, joined(same), deal_id, deal_name or "")
    return found


async def latest_notes(session: ReadSession, deal_id: UUID, limit: int) -> list[Note]:
    found = select(Note).where(Note.deal_id == deal_id, Note.removed_at.is_(None))
    return list(await session.scalars(found.order_by(Note.created_at.desc(), Note.id.desc()).limit(limit)))


async def latest_documents(session: ReadSession, deal_id: UUID, limit: int) -> list[Document]:
    found = select(Document).where(
        Document.deal_id == deal_id, Document.removed_at.is_(None), Document.drafted_at.is_(None)
    )
    return list(await session.scalars(found.order_by(Document.created_at.desc(), Document.id.desc()).limit(limit)))
