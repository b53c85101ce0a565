"""Which part of the fact find an invitation asks: a flow that fits the deal, copied, perhaps changed for this once."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.organisations.flow_choice import flows_open_to, open_to
from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.domains.questions.flows import fits, loan_of, with_companions
from salestrekker_portal.domains.questions.vocabulary import Loan, Party
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.tables.portal_access import PortalAccess

EVERYTHING = "Everything"


def kind_asked(deal: Deal, contact: Contact, country: str) -> tuple[str, Party, Loan]:
    """What `pages_for` needs to know to say all that an invitation of this contact could ask."""
    return country, _party(contact), loan_of(deal.loan_kind)


async def flows_that_fit(session: ReadSession, deal: Deal, contact: Contact, country: str, by: UUID) -> list[Flow]:
    """Flows for this kind of loan that ask this kind of applicant anything: the firm's, those of the deal's owner,
    and those of `by`, who invites. One statement."""
    loan = loan_of(deal.loan_kind)
    return [
        flow
        for flow in await flows_open_to(session, deal.organisation_id, deal.owner_id, by)
        if flow.flow_type == loan and fits(flow.section_ids, country, _party(contact), loan)
    ]


async def copy_flow(
    session: WriteSession,
    access: PortalAccess,
    deal: Deal,
    contact: Contact,
    country: str,
    flow_id: UUID | None,
    only: Iterable[str] | None = None,
    *,
    by: UUID,
) -> None:
    """Keep a flow's sections as they are now: editing the flow later changes nothing here.

    `by` is who invites. `only` are the sections of this one invitation where the broker changed them. Raises
    NotFound, Invalid.
    """
    flow = None if flow_id is None else await _flow(session, deal, flow_id, by)
    access.flow_id = flow.id if flow else None
    access.flow_name = flow.name if flow else EVERYTHING
    access.section_ids = list(flow.section_ids) if flow else []
    if only is None:
        return
    ids = chosen_sections(deal, contact, country, only)
    access.flow_name, access.section_ids = f"{shortened(access.flow_name, 100)}, changed", ids


def chosen_sections(deal: Deal, contact: Contact, country: str, only: Iterable[str]) -> list[str]:
    """Those sections of a one-off choice that this client can be asked, in the catalogue's order. Raises Invalid."""
    chosen = set(with_companions([each for each in only if isinstance(each, str)]))
    ids = [each for each in section_ids_of(pages_for(*kind_asked(deal, contact, country))) if each in chosen]
    if not ids:
        raise Invalid({"sections": "Tick at least one section."})
    return ids


async def _flow(session: WriteSession, deal: Deal, flow_id: UUID, by: UUID) -> Flow:
    flow = await session.scalar(
        select(Flow).where(
            Flow.id == flow_id,
            Flow.organisation_id == deal.organisation_id,
            Flow.flow_type == loan_of(deal.loan_kind).value,
            Flow.retired_at.is_(None),
            open_to(deal.owner_id, by),
        )
    )
    if flow is None:
        raise NotFound("flow")
    return flow


def _party(contact: Contact) -> Party:
    return Party.COMPANY if contact.kind is ContactKind.COMPANY else Party.PERSON
