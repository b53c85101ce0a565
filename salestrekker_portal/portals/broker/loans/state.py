"""What the page "Loans and securities" of a deal shows."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.loans import rules
from salestrekker_portal.domains.loans.queries import loans_of, securities_of
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.deal.overview_rows import FactShown
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.loans import DealLoan, DealSecurity, RateKind, RepaymentKind

NOT_YET = "Not yet"
REPAYMENTS = {RepaymentKind.PRINCIPAL_AND_INTEREST: "P&I", RepaymentKind.INTEREST_ONLY: "interest only"}
RATES = {RateKind.VARIABLE: "variable", RateKind.FIXED: "fixed"}


class LoanShown(TypedDict):
    """One loan, in words."""

    id: str
    name: str
    amount: str
    rate: str
    repayment: str
    term: str
    reference: str


class SecurityShown(TypedDict):
    """One security, in words; `share` is its part of what the loans come to."""

    id: str
    address: str
    price: str
    valuation: str


class LoansState(BrokerState, rx.State):
    """The loans of the deal at this address."""

    loaded_id: str = ""
    loans: list[LoanShown] = []
    securities: list[SecurityShown] = []
    together: str = ""
    repaid: str = ""
    lvr: str = ""
    # The bar ends at 100; a lender wants insurance above its mark.
    lvr_bar: int = 0
    lvr_over: bool = False
    lvr_words: str = ""
    # The deal's value, where it was changed by hand and is another.
    differs: str = ""
    dates: list[FactShown] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read everything again."""
        try:
            async with self._looking() as (session, actor):
                deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
                loans, securities = await loans_of(session, deal.id), await securities_of(session, deal.id)
        except NotFound:  # the frame says so
            self.loaded_id = ""
            return
        self.loans = [_loan(each) for each in loans]
        self.securities = [_security(each) for each in securities]
        self._add_up(deal, loans, securities)
        self.dates = _dates(deal)
        self.loaded_id = str(deal.id)

    def _add_up(self, deal: Deal, loans: list[DealLoan], securities: list[DealSecurity]) -> None:
        together, share = rules.together_cents(loans), rules.loan_to_value(loans, securities)
        self.together = money_words(together) or NOT_YET
        self.repaid = money_words(rules.repaid_cents(loans)) or NOT_YET
        self.lvr = f"{share}%" if share is not None else NOT_YET
        self.lvr_bar, self.lvr_over = min(round(share or 0), 100), (share or 0) > rules.USUAL_LVR
        worth = sum(rules.worth_cents(each) or 0 for each in securities)
        self.lvr_words = f"{money_words(together)} of {money_words(worth)}" if share is not None else ""
        self.differs = money_words(deal.value_cents) if together is not None and together != deal.value_cents else ""


def _loan(loan: DealLoan) -> LoanShown:
    monthly = rules.monthly_cents(loan)
    worked_out = "" if loan.repayment_cents is not None else ", worked out"
    until = f" until {day_words(loan.fixed_until)}" if loan.fixed_until else ""
    rate = f"{rules.rate_words(loan.rate_e4)}% {RATES[loan.rate_kind]}{until}"
    return {
        "id": str(loan.id),
        "name": ", ".join(each for each in (loan.lender, loan.product) if each) or "No lender yet",
        "amount": money_words(loan.amount_cents) or "No amount yet",
        "rate": rate if loan.rate_e4 is not None else NOT_YET,
        "repayment": (
            NOT_YET if monthly is None
            else f"{money_words(monthly)} a month, {REPAYMENTS[loan.repayment_kind]}{worked_out}"
        ),
        "term": _term(loan.term_months),
        "reference": loan.reference or NOT_YET,
    }  # fmt: skip


def _term(months: int | None) -> str:
    if months is None:
        return NOT_YET
    years, rest = divmod(months, 12)
    return " ".join(each for each in (counted(years, "year") if years else "", counted(rest, "month") if rest else ""))\
        .strip()  # fmt: skip


def _security(security: DealSecurity) -> SecurityShown:
    return {
        "id": str(security.id),
        "address": security.address,
        "price": money_words(security.price_cents) or NOT_YET,
        "valuation": money_words(security.valuation_cents) or NOT_YET,
    }


def _dates(deal: Deal) -> list[FactShown]:
    days = [
        ("Finance due", deal.finance_due_on),
        ("Expected settlement", deal.expected_settlement_on),
        ("Lodged", deal.lodged_on),
        ("Approved", deal.approved_on),
        ("Settled", deal.settled_on),
    ]
    return [{"name": name, "value": day_words(day) or NOT_YET} for name, day in days]
