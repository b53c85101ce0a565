"""What is sent and received, field by field. Amounts are whole cents, instants UTC in ISO 8601, ids UUIDs.

Names here are a promise to other people's programs: fields are added, never renamed.
"""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Named(BaseModel):
    id: UUID
    name: str


class DealOut(BaseModel):
    """A deal as its card knows it: nobody's answers, no files."""

    id: UUID
    reference: str = Field(examples=["HF-2026-0142"])
    name: str
    state: str = Field(description="open, settled or archived")
    value_cents: int
    loan_kind: str = Field(examples=["home_loan"])
    workflow: Named
    stage: Named
    stage_since: datetime
    owner: Named
    clients: str = Field(description="The applicants' names in a line")
    labels: list[str]
    whose_move: str = Field(description="us, client or lender")
    portal_state: str = Field(description="not_invited, invited, active or revoked")
    fact_find_percent: int
    documents_asked: int
    documents_in: int
    expected_settlement_on: date | None
    settled_on: date | None
    created_at: datetime


class ApplicantOut(BaseModel):
    contact_id: UUID
    name: str
    role: str = Field(
        description="client, non_borrowing_spouse, security_guarantor, servicing_guarantor, director or trustee"
    )


class DealWhole(DealOut):
    summary: str
    applicants: list[ApplicantOut]


class DealsOut(BaseModel):
    deals: list[DealOut]
    next: str | None = Field(description="The address of the next page; null on the last one")


class ContactOut(BaseModel):
    id: UUID
    kind: str = Field(description="person or company")
    name: str
    first_name: str
    last_name: str
    company_name: str
    email: str | None
    mobile: str | None = Field(description="E.164", examples=["+61491570110"])
    created_at: datetime


class ContactsOut(BaseModel):
    contacts: list[ContactOut]
    next: str | None


class PersonIn(BaseModel):
    """Somebody of a lead. A first name, and an e-mail address or a mobile number."""

    model_config = ConfigDict(extra="forbid")

    first_name: str
    last_name: str = ""
    email: str = ""
    mobile: str = Field(default="", description="In any usual spelling; read as of the firm's country")


class LeadIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    people: list[PersonIn] = Field(min_length=1, max_length=12)
    name: str = Field(default="", description="Of the deal; made from the people's names when it is left out")
    summary: str = Field(default="", description="What they want, in their words")
    value_cents: int | None = Field(default=None, ge=0)
    workflow_id: UUID | None = Field(default=None, description="The firm's first workflow when it is left out")


class LeadOut(BaseModel):
    id: UUID
    reference: str


class ProblemOut(BaseModel):
    """RFC 9457. `errors` maps the place of a value to a sentence about it."""

    title: str
    status: int
    detail: str
    errors: dict[str, str] | None = None
