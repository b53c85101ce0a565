"""The fact find as it is sent, field by field: the published shape, for calculators and lodgement software.

Amounts are whole cents, days ISO 8601, ids UUIDs of the deal's parties or of entries. Names are a promise: fields are
added, never renamed.
"""

from typing import Any, Literal

from pydantic import BaseModel, Field

Every = Literal["weekly", "fortnightly", "four_weekly", "monthly", "quarterly", "half_yearly", "yearly"]


class DealNamed(BaseModel):
    id: str
    reference: str
    name: str
    loan_kind: str


class PartyOut(BaseModel):
    """Somebody in the deal. A lender counts what is theirs as their role says."""

    id: str
    name: str
    kind: Literal["person", "company"]
    role: str = Field(
        description="client, non_borrowing_spouse, security_guarantor, servicing_guarantor, director or trustee"
    )
    counts_in_position: bool = Field(description="Their assets and debts count as the borrowers'")
    counts_for_servicing: bool = Field(description="Their income, spending and repayments count")


class OwnerOut(BaseModel):
    party_id: str | None = Field(description="Null for somebody outside the deal")
    name: str
    percent: float


class FlowOut(BaseModel):
    amount_cents: int
    frequency: Every | None


class CountedFlowOut(FlowOut):
    counted_monthly_cents: int = Field(description="What the sums take of it a month, before it is divided")


class IncomePartOut(CountedFlowOut):
    key: str
    label: str


class ForeignOut(FlowOut):
    currency: str | None
    country: str | None


class EntryOut(BaseModel):
    id: str
    section: str = Field(examples=["income.salary"])
    kind: str | None
    name: str
    owners: list[OwnerOut]


class IncomeOut(EntryOut):
    amounts: list[IncomePartOut]
    foreign: ForeignOut | None = Field(description="In another currency; in no sum")
    currency: str | None = Field(description="Of a salary abroad, such as SGD: its amounts are in it, and in no sum")
    structure: str | None = Field(description="Of a business: sole_trader, partnership, company or trust")
    share_percent: float | None = Field(description="Of a business: their part of the profit")
    property_id: str | None = Field(description="Of a rent: the property, when it is in the list")


class RealEstateOut(EntryOut):
    address: str
    use: str | None
    property_type: str | None
    value_cents: int | None
    value_basis: str | None
    to_be_sold: bool | None
    rent: CountedFlowOut | None
    running_costs: FlowOut | None
    debt_ids: list[str]


class AssetOut(EntryOut):
    value_cents: int | None
    repayable_cents: int | None = Field(description="Of a gift that must be paid back: it is a debt too")


class LiabilityOut(EntryOut):
    """Everybody named owes all of it (joint and several)."""

    lender: str
    balance_cents: int | None
    limit_cents: int | None
    original_cents: int | None
    repayment: FlowOut | None
    rate_percent: float | None
    after_settlement: str | None = Field(description="keep, close, refinance or reduce")
    reduced_limit_cents: int | None
    guaranteed_cents: int | None
    secured_on: str | None


class PurposeOut(BaseModel):
    id: str
    kind: str | None
    name: str
    amount_cents: int | None
    comments: str


class SaleOut(BaseModel):
    """The home that they sell."""

    timing: str | None = Field(description="before, same_day or after the purchase settles; not_sure")
    stage: str | None = Field(description="sold, on_market or not_yet")
    price_cents: int | None
    settles_on: str | None
    meanwhile: str | None = Field(description="How interest is paid until then: pay, capitalise or not_sure")
    property_id: str | None


class ConstructionOut(BaseModel):
    """What is built."""

    contract: str | None = Field(description="fixed_price, cost_plus, owner_builder or none_yet")
    builder: str | None
    contract_price_cents: int | None
    budget_cents: int | None
    outside_cents: int | None = Field(description="What the contract leaves out")
    payments: str | None = Field(description="stages, at_end or not_sure")
    approved: str | None = Field(description="yes, lodged or no")
    months: int | None


class ReverseMortgageOut(BaseModel):
    """What has to be gone through before a reverse mortgage."""

    youngest_age: int | None
    others_live_there: bool | None
    paid_as: str | None = Field(description="lump_sum, regular or drawdown")
    projection_seen: bool | None
    pension_considered: bool | None


class DependantOut(BaseModel):
    name: str | None
    date_of_birth: str | None
    age: int | None
    relationship: str | None = Field(description="child, expected, parent or other")
    due: str | None = Field(description="Of a child that is expected: the month, 2026-09")
    lives_with_us: bool | None
    care_share: float | None


class ExpenseOut(BaseModel):
    key: str
    category: str = Field(description="By the living expense categories that lenders share (LIXI, August 2019)")
    group: Literal["living", "housing", "maintenance", "property"]
    amount_cents: int | None
    frequency: Every | None
    monthly_cents: int | None
    none: bool = Field(description="Somebody said that there is none")
    comment: str
    told_in: str | None = Field(description="The section that it was told in, when nobody typed it here")
    owners: list[OwnerOut]


class HouseholdOut(BaseModel):
    id: str
    members: list[str] = Field(description="Ids of parties")
    dependants: list[DependantOut]
    expenses: list[ExpenseOut]


class FigureLineOut(BaseModel):
    label: str
    words: str
    cents: int
    section: str
    party_id: str | None
    entry_id: str | None


class FigureOut(BaseModel):
    """One of the broker's figures. `cents` or `ratio`; neither while it can't be said, and `note` says why."""

    key: str
    label: str
    words: str
    cents: int | None
    ratio: float | None
    note: str
    lines: list[FigureLineOut]


class AnswerOut(BaseModel):
    """One answer as a person reads it."""

    page: str
    section: str
    label: str
    words: str
    section_id: str
    subject: str
    person: str
    item: str
    item_id: str
    field_key: str
    value: Any


class FactFindOut(BaseModel):
    format: Literal["salestrekker-portal.fact-find.1"]
    deal: DealNamed
    of: str | None = Field(description="Of whom alone it is; null for everybody")
    country: Literal["AU", "NZ"]
    as_of: str = Field(examples=["2026-11-29"])
    parties: list[PartyOut]
    households: list[HouseholdOut]
    income: list[IncomeOut]
    real_estate: list[RealEstateOut]
    other_assets: list[AssetOut]
    liabilities: list[LiabilityOut]
    purposes: list[PurposeOut]
    sale: SaleOut | None
    construction: ConstructionOut | None
    reverse_mortgage: ReverseMortgageOut | None
    figures: list[FigureOut]
    answers: list[AnswerOut]
