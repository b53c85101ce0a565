"""A deal begun from another one: the same people and facts, nothing of what happened in it."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.deals.rules import NAME_LIMIT
from salestrekker_portal.domains.labels.queries import labels_on
from salestrekker_portal.domains.pipeline.adding import Part, add_deal
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.deals import Deal

COPY = " (copy)"


async def copy_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    """A new deal of one's own in the first stage of the same workflow, with the people, value, kind and labels of this
    one, settled and archived ones too: a client comes back. Nobody is invited. Raises NotFound, NotPermitted.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    people = await applicants_of(session, deal.id)
    labels = await labels_on(session, deal.id)
    made = await add_deal(
        session,
        actor,
        name=shortened(deal.name, NAME_LIMIT - len(COPY)) + COPY,
        value_cents=deal.value_cents,
        people=[Part(role=applicant.role, contact_id=contact.id) for applicant, contact in people],
        workflow_id=deal.workflow_id,
        loan_kind=deal.loan_kind,
        label_ids=[label.id for label in labels],
    )
    made.summary = deal.summary
    record(
        session, actor, "deal:copied", organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=made.id,
        reference=made.reference,
    )  # fmt: skip
    return made
