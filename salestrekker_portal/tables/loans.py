"""The loans of a deal, and what secures them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from salestrekker_portal.database.columns import StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class RateKind(StrEnum):
    VARIABLE = "variable"
    FIXED = "fixed"


class RepaymentKind(StrEnum):
    PRINCIPAL_AND_INTEREST = "principal_and_interest"
    INTEREST_ONLY = "interest_only"


class DealLoan(Record, table=True):
    """One loan that a deal is about; a split is two or more of them. What isn't known yet is None or "".

    `rate_e4` is ten-thousandths of a per cent (5.89 % is 58,900), so that no rate is a fraction of a float.
    `repayment_cents` is what the lender said; None is worked out from the rest.
    """

    __tablename__ = "deal_loans"

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid, index=True)
    position: int = 0
    amount_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    lender: str = Field(default="", max_length=120)
    product: str = Field(default="", max_length=120)
    rate_kind: RateKind = Field(default=RateKind.VARIABLE, sa_type=StrEnumType(RateKind))
    rate_e4: int | None = None
    fixed_until: date | None = None
    term_months: int | None = None
    repayment_kind: RepaymentKind = Field(
        default=RepaymentKind.PRINCIPAL_AND_INTEREST, sa_type=StrEnumType(RepaymentKind)
    )
    repayment_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    reference: str = Field(default="", max_length=80)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DealSecurity(Record, table=True):
    """A property or another thing that secures a deal's loans. The lender's valuation counts before the price."""

    __tablename__ = "deal_securities"

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid, index=True)
    position: int = 0
    address: str = Field(max_length=300)
    price_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    valuation_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
