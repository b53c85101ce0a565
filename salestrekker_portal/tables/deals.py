"""Deals and who takes part in them."""

from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, event
from sqlmodel import Field

from salestrekker_portal.database.columns import Folded, Json, Ranked, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.names import folded_whole


class ApplicantRole(StrEnum):
    """The parts that a contact can play in a deal (K-04)."""

    CLIENT = "client"
    NON_BORROWING_SPOUSE = "non_borrowing_spouse"
    SECURITY_GUARANTOR = "security_guarantor"
    SERVICING_GUARANTOR = "servicing_guarantor"
    DIRECTOR = "director"
    TRUSTEE = "trustee"


class Move(StrEnum):
    """Whose move it is."""

    US = "us"
    CLIENT = "client"
    LENDER = "lender"


class Outcome(StrEnum):
    """How a deal ended that didn't go ahead."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LOST = "lost"


class PartnersSee(IntEnum):
    """How much of a deal a client lets partners see; each step includes the one before it."""

    NOTHING = 0
    STAGE = 1
    DATES = 2
    PAPERS = 3


class Deal(Record, table=True):
    """One application for credit, from enquiry to settlement.

    The figures after `summary` are kept up to date by the use cases that change them, so that the board
    reads one row a card: documents asked for and in, fact find percent, portal state, whose move.
    """

    __tablename__ = "deals"
    __table_args__ = (
        CheckConstraint("value_cents >= 0", name="value_not_negative"),
        # The board: one stage, in order, open deals only. Partial, because PostgreSQL takes no order from an index
        # behind columns that are merely known to be null.
        Index(
            "ix_deals_board",
            *("organisation_id", "stage_id", "rank", "id"),
            sqlite_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL AND locked_at IS NULL"),
        ),
        # Counts and totals per stage come from this index alone, which deals a filtered list shows, and its sums.
        Index(
            "ix_deals_listed",
            *("organisation_id", "workflow_id", "archived_at", "locked_at", "stage_id", "value_cents", "owner_id"),
            *("move", "stage_entered_at", "expected_settlement_on", "lender_line", "id"),
            *("finance_due_on", "approved_on"),
        ),
        Index("ix_deals_owner", "organisation_id", "owner_id"),
        Index(
            "ix_deals_profile_due_at",
            "profile_due_at",
            sqlite_where=sa.text("profile_due_at IS NOT NULL"),
            postgresql_where=sa.text("profile_due_at IS NOT NULL"),
        ),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    workflow_id: UUID = Field(foreign_key="workflows.id", sa_type=sa.Uuid)
    stage_id: UUID = Field(foreign_key="stages.id", sa_type=sa.Uuid)
    rank: str = Field(sa_type=Ranked(), nullable=False)
    name: str = Field(max_length=200)
    # The folded name, which lists are ordered by; it follows from the name whenever a row is written.
    name_key: str = Field(default="", sa_type=Folded(240), sa_column_kwargs={"server_default": ""}, nullable=False)
    reference: str = Field(max_length=20)
    value_cents: int = Field(default=0, sa_type=sa.BigInteger)
    loan_kind: str = Field(default="home_loan", max_length=40)
    # Sections of the fact find that clients may change although a stage locks them: section id -> that stage.
    reopened: dict = Field(default_factory=dict, sa_type=Json())
    # What the team approved of the fact find and asked for again (fact_find/reviewed.py).
    answers_reviewed: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    owner_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id", sa_type=sa.Uuid)
    stage_entered_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    finance_due_on: date | None = None
    lodged_on: date | None = None
    approved_on: date | None = None
    expected_settlement_on: date | None = None
    settled_on: date | None = None
    locked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # An archived deal that didn't go ahead, and why: a key of `pipeline.stopping.REASONS`.
    outcome: Outcome | None = Field(default=None, sa_type=StrEnumType(Outcome))
    outcome_reason: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    summary: str = Field(default="", sa_type=sa.Text)
    clients_line: str = Field(default="", max_length=300)
    labels_line: str = Field(default="", max_length=300)
    # The lenders of its loans, for the card.
    lender_line: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    portal_state: str = Field(default="not_invited", max_length=20)
    profile_pct: int = 0
    # What the fact find adds up to, in words, by a figure's key: those that can be said (fact_find/figure_views.py).
    told_figures: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    # Loan to value of the loans and securities that the team wrote down, in words; "" while one of them isn't known.
    written_lvr: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    documents_asked: int = 0
    documents_in: int = 0
    # Since when the fact find's percent has to be counted again; none: it is right.
    profile_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    move: Move = Field(default=Move.US, sa_type=StrEnumType(Move))


@event.listens_for(Deal, "before_insert")
@event.listens_for(Deal, "before_update")
def _write_key(mapper: object, connection: object, deal: Deal) -> None:
    deal.name_key = folded_whole(deal.name)[:240]


class DealApplicant(Record, table=True):
    """A contact's part in a deal. The first is the primary applicant."""

    __tablename__ = "deal_applicants"
    __table_args__ = (UniqueConstraint("deal_id", "contact_id"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    contact_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid, index=True)
    role: ApplicantRole = Field(default=ApplicantRole.CLIENT, sa_type=StrEnumType(ApplicantRole))
    position: int = 0
    # What this client said that partners may see (`PartnersSee`); None while they have said nothing.
    partners_see: int | None = Field(default=None, sa_type=sa.SmallInteger)
