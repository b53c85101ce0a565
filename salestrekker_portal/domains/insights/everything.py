"""Everything that a firm holds, as sheets for another system: people, deals, answers, notes, tasks, what happened.

Files themselves are named and not packed: they are taken along from their deals. Nothing here opens a door: no
password, PIN, link, key or session is in any sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.sheets import sheet, sheet_amount
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document, StoredFile
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.labels import DealLabel, Label
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import Membership, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage, Workflow

AT_ONCE = 3
"""In a quarter of an hour."""
# No column of a sheet: what the firm typed of somebody who hasn't come in here yet (signing_in/strangers.py).
TYPED = "typed"
TOO_OFTEN = "You have just taken everything along. Try again in 15 minutes."


@dataclass(frozen=True)
class Everything:
    """Sheets by file name, each a whole CSV, and when they were read."""

    at: datetime
    sheets: dict[str, str]


async def begin_taking(session: WriteSession, actor: Actor) -> None:
    """The security log says who takes it, before anything is read. Raises NotPermitted, and Conflict for too often."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    await count_try(session, f"everything:{actor.organisation_id}", AT_ONCE, TOO_OFTEN)
    note(session, "export:everything", organisation_id=actor.organisation_id, by=actor)


async def gather_everything(session: ReadSession, actor: Actor) -> Everything:
    """Read it all. It takes a while for a large firm, and nobody who saves something waits for it.

    Raises NotPermitted.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    sheets: dict[str, str] = {}
    for name, wanted in _sheets(actor).items():
        found = (await session.execute(wanted)).all()
        columns = [each["name"] for each in wanted.column_descriptions if each["name"] != TYPED]
        sheets[f"{name}.csv"] = sheet(columns, (_cells(columns, row._asdict()) for row in found))
    return Everything(utc_now(), sheets)


def _cells(columns: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    # Of a person who hasn't come in here yet their own name is not to be read: what the firm typed stands for it.
    typed = {key.replace("_", " "): value for key, value in row.get(TYPED, {}).items()}
    return [_cell(name, typed.get(name, row[name])) for name in columns]


def _cell(name: str, value: Any) -> str:
    """Amounts as a spreadsheet adds them up, instants in UTC, rates in per cent, nothing for what isn't known."""
    if value is None:
        return ""
    if name.endswith("amount") or name in ("price", "valuation", "repayment"):
        return sheet_amount(value)
    if name == "rate":
        return f"{value / 10_000:.4f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _sheets(actor: Actor) -> dict[str, Select]:
    """Each sheet as a statement; the columns' labels are its headings."""
    return {**_people(actor), **_of_deals(actor), **_of_fact_finds_and_papers(actor)}


def _people(actor: Actor) -> dict[str, Select]:
    mine = actor.organisation_id
    return {
        "contacts": select(
            Contact.id.label("id"), Contact.kind.label("kind"), Contact.first_name.label("first name"),
            Contact.last_name.label("last name"), Contact.company_name.label("company"),
            Contact.email.label("email"), Contact.mobile.label("mobile"), Contact.time_zone.label("time zone"),
            Contact.created_at.label("created"), Contact.archived_at.label("put away"),
        ).where(Contact.organisation_id == mine).order_by(Contact.sort_key, Contact.id),
        "team": select(
            User.id.label("id"), User.first_name.label("first name"), User.last_name.label("last name"),
            User.email.label("email"), Membership.role.label("role"), Membership.disabled_at.label("switched off"),
            Membership.typed.label(TYPED),
        ).join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == mine).order_by(User.id),
        "partners": select(
            Partner.id.label("id"), Partner.first_name.label("first name"), Partner.last_name.label("last name"),
            Partner.firm.label("firm"), Partner.email.label("email"), Partner.phone.label("phone"),
            PartnerMembership.disabled_at.label("switched off"), PartnerMembership.typed.label(TYPED),
        ).join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .where(PartnerMembership.organisation_id == mine).order_by(Partner.id),
    }  # fmt: skip


def _of_deals(actor: Actor) -> dict[str, Select]:
    mine, number = Deal.organisation_id == actor.organisation_id, Deal.reference.label("deal")
    first = (Deal.created_at, Deal.id)
    return {
        "deals": select(
            number, Deal.name.label("name"), Workflow.name.label("workflow"), Stage.name.label("stage"),
            User.email.label("owner"), Deal.value_cents.label("amount"), Deal.loan_kind.label("for"),
            Deal.partner_id.label("partner"), Deal.finance_due_on.label("finance due"),
            Deal.lodged_on.label("lodged"), Deal.approved_on.label("approved"),
            Deal.expected_settlement_on.label("settlement expected"), Deal.settled_on.label("settled"),
            Deal.outcome.label("outcome"), Deal.outcome_reason.label("why"), Deal.archived_at.label("archived"),
            Deal.summary.label("summary"), Deal.created_at.label("created"),
        ).join(Stage, Stage.id == Deal.stage_id).join(Workflow, Workflow.id == Deal.workflow_id)
        .join(User, User.id == Deal.owner_id).where(mine).order_by(*first),
        "people in deals": select(
            number, DealApplicant.contact_id.label("contact"), DealApplicant.role.label("part"),
            DealApplicant.position.label("place"),
        ).join(Deal, Deal.id == DealApplicant.deal_id).where(mine).order_by(*first, DealApplicant.position),
        "labels": select(number, Label.name.label("label")).join(DealLabel, DealLabel.deal_id == Deal.id)
        .join(Label, Label.id == DealLabel.label_id).where(mine).order_by(*first, Label.name),
        "loans": select(
            number, DealLoan.amount_cents.label("amount"), DealLoan.lender.label("lender"),
            DealLoan.product.label("product"), DealLoan.rate_kind.label("kind of rate"), DealLoan.rate_e4.label("rate"),
            DealLoan.fixed_until.label("fixed until"), DealLoan.term_months.label("months"),
            DealLoan.repayment_cents.label("repayment"), DealLoan.reference.label("reference"),
        ).join(Deal, Deal.id == DealLoan.deal_id).where(mine, DealLoan.removed_at.is_(None)).order_by(*first),
        "securities": select(
            number, DealSecurity.address.label("address"), DealSecurity.price_cents.label("price"),
            DealSecurity.valuation_cents.label("valuation"),
        ).join(Deal, Deal.id == DealSecurity.deal_id).where(mine, DealSecurity.removed_at.is_(None)).order_by(*first),
        "notes": select(
            number, Note.created_at.label("when"), Note.author_kind.label("from"), Note.author_name.label("who"),
            Note.text.label("text"), Note.shared_with_client_at.label("shared with client"),
            Note.shared_with_partner_at.label("shared with partner"),
        ).join(Deal, Deal.id == Note.deal_id).where(mine, Note.removed_at.is_(None)).order_by(*first, Note.created_at),
        "tasks": select(
            number, Task.title.label("title"), User.email.label("whose"), Task.due_on.label("due"),
            Task.done_at.label("done"), Task.contact_id.label("contact"),
        ).join(User, User.id == Task.owner_id).outerjoin(Deal, Deal.id == Task.deal_id)
        .where(Task.organisation_id == actor.organisation_id, Task.removed_at.is_(None)).order_by(Task.created_at),
    }  # fmt: skip


def _of_fact_finds_and_papers(actor: Actor) -> dict[str, Select]:
    mine, number = Deal.organisation_id == actor.organisation_id, Deal.reference.label("deal")
    first = (Deal.created_at, Deal.id)
    return {
        "answers": select(
            number, Answer.subject_id.label("about"), Answer.section_id.label("section"), Answer.item_id.label("item"),
            Answer.field_key.label("question"), Answer.raw.label("answer"), Answer.author_name.label("who"),
            Answer.answered_at.label("when"),
        ).join(Deal, Deal.id == Answer.deal_id).where(mine).order_by(*first, Answer.section_id, Answer.item_id),
        "documents": select(
            number, Document.name.label("name"), Document.contact_id.label("of"), Document.uploader_name.label("who"),
            Document.created_at.label("when"), StoredFile.size_bytes.label("bytes"),
        ).join(Deal, Deal.id == Document.deal_id).join(StoredFile, StoredFile.id == Document.file_id)
        .where(mine, Document.removed_at.is_(None), Document.drafted_at.is_(None))
        .order_by(*first, Document.created_at),
        "what happened": select(
            Deal.reference.label("deal"), Activity.created_at.label("when"), Activity.actor_kind.label("from"),
            Activity.actor_name.label("who"), Activity.kind.label("what"),
        ).outerjoin(Deal, Deal.id == Activity.deal_id)
        .where(Activity.organisation_id == actor.organisation_id).order_by(Activity.created_at, Activity.id),
    }  # fmt: skip
