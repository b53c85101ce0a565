"""A new deal: its people, its place on the board, its number, and the firm's documents that come with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select, update

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.clients.contacts import contact_from
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.domains.contacts.rules import checked_contact
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import begin_lines, lines_touched
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.deals.rules import checked_loan, checked_name, checked_value, demand_open
from salestrekker_portal.domains.documents.compliance import give_versions
from salestrekker_portal.domains.labels.queries import put_labels
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.domains.tasks.service import tasks_on_arrival
from salestrekker_portal.domains.workflows.queries import first_stage_and_kind
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Invalid, NotFound, noting
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant
from salestrekker_portal.tables.organisations import Organisation

MOST_PEOPLE = 12


@dataclass(frozen=True, kw_only=True)
class Part:
    """One person's part in a deal: somebody known (`contact_id`), or what was typed about somebody new."""

    role: ApplicantRole = ApplicantRole.CLIENT
    contact_id: UUID | None = None
    typed: dict[str, object] = field(default_factory=dict)
    # A company, trust or partnership: it needs its name, and may have a contact person's.
    company: bool = False


async def add_deal(
    session: WriteSession,
    actor: Actor,
    *,
    name: object,
    value_cents: int | None,
    people: list[Part],
    workflow_id: UUID | None = None,
    loan_kind: object = None,
    label_ids: Iterable[UUID] = (),
) -> Deal:
    """A deal of the broker's own, on top of the first stage of the workflow (the brokerage's first by default).

    `loan_kind` is a Loan; its workflow's own kind by default. Raises Invalid (a contact's fields are keyed
    "0.mobile", "1.email", …), NotFound, NotPermitted.
    """
    demand(actor, Permission.DEAL_ADD)
    return await open_deal(
        session, actor, owner_id=actor.id, name=name, value_cents=value_cents,
        people=people, workflow_id=workflow_id, loan_kind=loan_kind, label_ids=label_ids,
    )  # fmt: skip


async def open_deal(
    session: WriteSession,
    actor: Actor,
    *,
    owner_id: UUID,
    name: object,
    value_cents: int | None,
    people: list[Part],
    workflow_id: UUID | None = None,
    loan_kind: object = None,
    label_ids: Iterable[UUID] = (),
    partner_id: UUID | None = None,
    summary: str = "",
) -> Deal:
    """`add_deal` without asking for the permission: for use cases that have asked for one of their own."""
    errors: dict[str, str] = {}
    title, cents = _checked(errors, checked_name, name), _checked(errors, checked_value, value_cents)
    contacts = await _people(session, actor, people, errors)
    kind = _checked(errors, checked_loan, loan_kind) if loan_kind else None
    if errors:
        raise Invalid(errors)
    stage, usual = await first_stage_and_kind(session, actor.organisation_id, workflow_id)
    deal = Deal(
        organisation_id=actor.organisation_id,
        workflow_id=stage.workflow_id,
        stage_id=stage.id,
        rank=rank.between(None, await _top_rank(session, actor.organisation_id, stage.id)),
        name=title,
        reference=(await next_references(session, actor.organisation_id, 1))[0],
        value_cents=cents,
        loan_kind=kind or loan_of(usual).value,
        owner_id=owner_id,
        partner_id=partner_id,
        summary=summary,
    )
    begin_lines(deal, [contact.name for contact in contacts])
    session.add_all([deal, *contacts])
    await session.flush()
    for position, (part, contact) in enumerate(zip(people, contacts, strict=True)):
        session.add(DealApplicant(deal_id=deal.id, contact_id=contact.id, role=part.role, position=position))
    if label_ids and await put_labels(session, deal.organisation_id, deal.id, label_ids):
        lines_touched(session, deal.id, labels=True)
    await give_versions(session, deal)
    await tasks_on_arrival(session, actor, deal, stage)
    record(session, actor, "deal:added", organisation_id=deal.organisation_id, deal_id=deal.id, name=deal.name)
    board_changed(session, deal.organisation_id, deal.id, placed=True)
    await session.flush()
    return deal


async def add_applicant(session: WriteSession, actor: Actor, deal_id: UUID, part: Part) -> DealApplicant:
    """One more person in a deal. Raises NotFound, NotPermitted, Conflict (settled, archived), Invalid."""
    from salestrekker_portal.domains.fact_find.figures import profile_touched

    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    demand_open(deal)
    there = await applicants_of(session, deal.id)
    errors: dict[str, str] = {}
    contact = next(iter(await _people(session, actor, [part], errors)), None)
    if contact is not None and any(other.id == contact.id for _, other in there):
        errors["0.first_name"] = f"{contact.name} is in this deal already."
    if errors or contact is None:
        raise Invalid(errors)
    session.add(contact)
    await session.flush()
    applicant = DealApplicant(deal_id=deal.id, contact_id=contact.id, role=part.role, position=len(there))
    session.add(applicant)
    record(
        session, actor, "applicant:added",
        organisation_id=deal.organisation_id, deal_id=deal.id, contact=contact.name,
    )  # fmt: skip
    lines_touched(session, deal.id, clients=True)
    await profile_touched(session, deal.id)
    return applicant


def _checked(errors: dict[str, str], check, raw):
    with noting(errors):
        return check(raw)
    return None


async def _people(session: WriteSession, actor: Actor, people: list[Part], errors: dict[str, str]) -> list[Contact]:
    """The contacts of the parts, in order: found or made, with refusals by position."""
    if not people:
        errors["0.first_name"] = "Add at least one contact."
    if len(people) > MOST_PEOPLE:
        raise Invalid({"0.first_name": f"A deal has at most {MOST_PEOPLE} contacts."})
    known = {part.contact_id for part in people if part.contact_id}
    found = {
        contact.id: contact for contact in await session.scalars(visible_contacts(actor).where(Contact.id.in_(known)))
    } if known else {}  # fmt: skip
    contacts: list[Contact] = []
    for position, part in enumerate(people):
        contact = _one(actor, position, part, found, errors)
        if contact is not None and contact in contacts:
            errors[f"{position}.first_name"] = f"{contact.name} is in this deal twice."
        elif contact is not None:
            contacts.append(contact)
    return contacts


def _one(actor: Actor, position: int, part: Part, found: dict[UUID, Contact], errors: dict[str, str]) -> Contact | None:
    if part.contact_id is not None:
        if part.contact_id not in found:
            raise NotFound("contact")
        return found[part.contact_id]
    try:
        facts = checked_contact(**part.typed, country=actor.country, company=part.company)
        return contact_from(facts, actor.organisation_id)
    except Invalid as refusal:
        errors.update({f"{position}.{name}": sentence for name, sentence in refusal.errors.items()})
        return None


async def _top_rank(session: WriteSession, organisation_id: UUID, stage_id: UUID) -> str | None:
    return await session.scalar(
        select(func.min(Deal.rank)).where(
            Deal.organisation_id == organisation_id,
            Deal.stage_id == stage_id,
            Deal.archived_at.is_(None),
            Deal.locked_at.is_(None),
        )
    )


async def next_references(session: WriteSession, organisation_id: UUID, many: int) -> list[str]:
    """HF-2026-0142 and those after it: the firm's code, the year where it is, and its running number."""
    counted = (
        update(Organisation)
        .where(Organisation.id == organisation_id)
        .values(deals_made=Organisation.deals_made + many)
        .returning(Organisation.short_code, Organisation.time_zone, Organisation.deals_made)
    )
    code, zone, last = (await session.execute(counted)).one()
    year = local(utc_now(), zone).year
    return [f"{code}-{year}-{number:04d}" for number in range(last - many + 1, last + 1)]
