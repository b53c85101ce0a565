"""What moving a deal to a stage means for those who follow it: asked before, said in sentences."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.questions.flows import LOAN_NAMES, loan_of
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
SOURCE = aliased(Stage)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One move that may be made, and whom it reaches: clients in the portal by contact id, partners by name."""

    deal: Deal
    source: Stage
    target: Stage
    workflow: Workflow
    clients: dict[UUID, str]
    partners: tuple[str, ...]

    @property
    def locks(self) -> bool:
        """Clients could change their answers until now."""
        return (self.source.fact_find, self.target.fact_find) == (FactFindMode.EDITABLE, FactFindMode.READ_ONLY)


async def meaning_of_move(session: ReadSession, actor: Actor, deal_id: UUID, stage_id: UUID) -> Meaning:
    """Read one move before it is made. Four statements. Raises NotFound, NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_MOVE)
    places = (
        select(Stage, Workflow, SOURCE)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .join(SOURCE, SOURCE.id == deal.stage_id)
        .where(Stage.id == stage_id, Workflow.organisation_id == deal.organisation_id, Workflow.archived_at.is_(None))
    )
    row = (await session.execute(places)).one_or_none()
    if row is None:
        raise NotFound("stage")
    clients = await session.scalars(
        select(Contact)
        .join(PortalAccess, PortalAccess.contact_id == Contact.id)
        .where(PortalAccess.deal_id == deal.id, PortalAccess.revoked_at.is_(None))
    )
    place = (PartnerMembership.partner_id == Partner.id) & (PartnerMembership.organisation_id == deal.organisation_id)
    partners = await session.execute(
        select(Partner, PartnerMembership)
        .join(DealPartner, DealPartner.partner_id == Partner.id)
        .join(PartnerMembership, place)
        .where(DealPartner.deal_id == deal.id)
        .order_by(Partner.first_name, Partner.last_name)
    )
    return Meaning(
        deal=deal,
        target=row[0],
        workflow=row[1],
        source=row[2],
        clients={each.id: each.called for each in clients},
        partners=tuple(as_known(*each).name for each in partners),
    )


def sentences(found: Meaning) -> list[str]:
    """What the move means, for whoever is about to make it."""
    said = [_answers(found)]
    if found.deal.reopened:
        said.append("Sections that were opened again for clients in this stage close.")
    usual = found.workflow.kind
    if usual in set(Loan) and loan_of(usual) is not loan_of(found.deal.loan_kind):
        kind = LOAN_NAMES[loan_of(found.deal.loan_kind)].lower()
        said.append(f"The deal type stays “{kind}”, and so do the questions. Change it under Edit deal.")
    if found.clients:
        said.append(f"{joined(list(found.clients.values()))} will see the stage “{found.target.client_name}”.")
    if found.partners:
        place = f"in “{found.workflow.name}”, at the stage “{found.target.client_name}”"
        said.append(f"{joined(list(found.partners))} will see the deal {place}.")
    return said


def _answers(found: Meaning) -> str:
    who = joined(list(found.clients.values()))
    if found.target.fact_find is FactFindMode.READ_ONLY:
        if not who:
            return "This stage locks the client’s answers. Nobody is in the client portal yet."
        if not found.locks:
            return f"The answers of {who} stay locked."
        return f"This stage locks the answers: {who} can read them but no longer change them. None are lost."
    if not who:
        return "Answers can be changed in this stage. Nobody is in the client portal yet."
    if found.source.fact_find is FactFindMode.READ_ONLY:
        return f"{who} can change answers again."
    return f"{who} can go on answering. All answers stay."
