"""Who is in a deal and who is asking, out of the rows that a fact find is opened with."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.reach import Applicant, Reader
from salestrekker_portal.domains.questions.roles import Role, sharers_of
from salestrekker_portal.domains.questions.vocabulary import Party
from salestrekker_portal.tables.contacts import ContactKind
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.portal_access import PortalAccess

# Looked up with the deal: saving an answer has no statement to spare.
TICKED = (
    select(Answer.raw)
    .where(
        Answer.deal_id == Deal.id,
        Answer.section_id == "expenses.household",
        Answer.field_key == "members",
        Answer.subject_id == NOBODY,
        Answer.item_id == NOBODY,
    )
    .correlate(Deal)
    .scalar_subquery()
)


def reader_of(actor: Actor, applicants: Sequence[Applicant]) -> Reader:
    """Who is asking, as far as answers go."""
    if not actor.is_client:
        return Reader(contact_id=None, sees_others=actor.sees_other_applicants)
    role = next((each.role for each in applicants if each.id == actor.id), Role.CLIENT.value)
    facts = {
        "applicants": [(str(each.id), each.name) for each in applicants],
        "parties": {str(each.id): each.party for each in applicants},
        "roles": {str(each.id): each.role for each in applicants},
    }
    shares = str(actor.id) in sharers_of(facts)
    return Reader(contact_id=actor.id, sees_others=actor.sees_other_applicants, role=role, shares=shares)


def told_earlier_of(actor: Actor, accesses: Iterable[PortalAccess]) -> dict[UUID, dict[str, dict[str, str]]]:
    """By contact; a client's own only."""
    known = [each for each in accesses if not actor.is_client or each.id == actor.access_id]
    return {each.contact_id: each.told_earlier for each in known if each.told_earlier}


def applicant_in(row: Any) -> Applicant:
    """The applicant of one row of `profile_context`."""
    _, _, _, role, contact, access, _ = row
    return Applicant(
        id=contact.id,
        name=contact.name,
        first_name=contact.called,
        role=role,
        answers_alone=access is not None,
        party=Party.COMPANY if contact.kind is ContactKind.COMPANY else Party.PERSON,
        sees_others=access is not None and access.sees_other_applicants,
    )
