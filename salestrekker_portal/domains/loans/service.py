"""Writing down a deal's loans and what secures them. The deal's card follows: its amount and its lenders."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.loans.queries import loans_of, securities_of
from salestrekker_portal.domains.loans.rules import (
    Typed,
    lender_line,
    loan_form,
    loan_values,
    security_form,
    security_values,
    together_cents,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.loans import DealLoan, DealSecurity

MOST = 12
_Row = TypeVar("_Row", DealLoan, DealSecurity)
_LOAN_COLUMNS = {
    "amount": "amount_cents", "rate": "rate_e4", "years": "term_months", "repayment": "repayment_cents",
}  # fmt: skip
_SECURITY_COLUMNS = {"price": "price_cents", "valuation": "valuation_cents"}


async def save_loan(
    session: WriteSession, actor: Actor, deal_id: UUID, loan_id: UUID | None, typed: Typed, shown: Typed | None = None
) -> DealLoan:
    """Keep what the form says of a loan (`loan_form`), a new one without `loan_id`.

    Raises NotFound, NotPermitted, Conflict (settled, archived, too many), Invalid, and Faster for fields that
    somebody else changed since the form showed them.
    """
    deal = await _writable(session, actor, deal_id)
    loans = await loans_of(session, deal.id)
    if loan_id is None:
        values = loan_values(typed)
        loan = DealLoan(deal_id=deal.id, position=_next(loans), **values)
        session.add(loan)
        loans.append(loan)
        _tell(session, actor, deal, "loan:added", loan.id, name=_called(loan))
    else:
        loan = _one(loans, loan_id, "loan")
        trail = Trail(kinds=("loan:changed",), deal_id=deal.id, subject_id=loan.id, columns=_LOAN_COLUMNS)
        kept = await on_top_of(session, actor, trail, shown=shown, now=loan_form(loan), typed=typed)
        changed = _put(loan, loan_values(kept))
        if changed:
            _tell(session, actor, deal, "loan:changed", loan.id, name=_called(loan), fields=changed)
    _follow(deal, loans)
    return loan


async def remove_loan(session: WriteSession, actor: Actor, deal_id: UUID, loan_id: UUID) -> DealLoan:
    """Take a loan out of a deal; `put_back_loan` undoes it. Raises NotFound, NotPermitted, Conflict."""
    deal = await _writable(session, actor, deal_id)
    loans = await loans_of(session, deal.id)
    loan = _one(loans, loan_id, "loan")
    loan.removed_at = utc_now()
    _follow(deal, [each for each in loans if each is not loan])
    _tell(session, actor, deal, "loan:removed", loan.id, name=_called(loan))
    return loan


async def put_back_loan(session: WriteSession, actor: Actor, loan_id: UUID) -> DealLoan:
    """Take a removal back, from wherever it is asked. Raises NotFound (no such loan was removed), NotPermitted,
    Conflict.
    """
    deal, loan = await _removed(session, actor, DealLoan, loan_id, "loan")
    loans = await loans_of(session, deal.id)
    loan.removed_at = None
    _follow(deal, [*loans, loan])
    _tell(session, actor, deal, "loan:put_back", loan.id, name=_called(loan))
    return loan


async def save_security(
    session: WriteSession, actor: Actor, deal_id: UUID, security_id: UUID | None, typed: Typed,
    shown: Typed | None = None,
) -> DealSecurity:  # fmt: skip
    """Keep what the form says of a security (`security_form`), a new one without `security_id`. As `save_loan`."""
    deal = await _writable(session, actor, deal_id)
    securities = await securities_of(session, deal.id)
    if security_id is None:
        security = DealSecurity(deal_id=deal.id, position=_next(securities), **security_values(typed))
        session.add(security)
        _tell(session, actor, deal, "security:added", security.id, name=security.address)
        return security
    security = _one(securities, security_id, "security")
    trail = Trail(kinds=("security:changed",), deal_id=deal.id, subject_id=security.id, columns=_SECURITY_COLUMNS)
    kept = await on_top_of(session, actor, trail, shown=shown, now=security_form(security), typed=typed)
    changed = _put(security, security_values(kept))
    if changed:
        _tell(session, actor, deal, "security:changed", security.id, name=security.address, fields=changed)
    return security


async def remove_security(session: WriteSession, actor: Actor, deal_id: UUID, security_id: UUID) -> DealSecurity:
    """Take a security out of a deal; `put_back_security` undoes it. Raises NotFound, NotPermitted, Conflict."""
    deal = await _writable(session, actor, deal_id)
    security = _one(await securities_of(session, deal.id), security_id, "security")
    security.removed_at = utc_now()
    _tell(session, actor, deal, "security:removed", security.id, name=security.address)
    return security


async def put_back_security(session: WriteSession, actor: Actor, security_id: UUID) -> DealSecurity:
    """Take a removal back, as `put_back_loan`."""
    deal, security = await _removed(session, actor, DealSecurity, security_id, "security")
    security.removed_at = None
    _tell(session, actor, deal, "security:put_back", security.id, name=security.address)
    return security


async def _writable(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    demand_open(deal)
    return deal


async def _removed(session: WriteSession, actor: Actor, kind: type[_Row], key: UUID, what: str) -> tuple[Deal, _Row]:
    """What was taken out, and its deal, held."""
    # No deal has the id of a loan: what isn't there is refused as what is hidden.
    deal_id = await session.scalar(select(kind.deal_id).where(kind.id == key)) or key
    deal = await _writable(session, actor, deal_id)
    row = await session.get(kind, key, populate_existing=True)
    if row is None or row.removed_at is None:
        raise NotFound(what)
    return deal, row


def _next(known: list) -> int:
    if len(known) >= MOST:
        raise Conflict(f"A deal has at most {MOST} of these. Change one that is there.")
    return max((each.position for each in known), default=-1) + 1


def _one(known: list, wanted: UUID, what: str) -> Any:
    found = next((each for each in known if each.id == wanted), None)
    if found is None:
        raise NotFound(what)
    return found


def _put(row: Any, values: dict[str, Any]) -> str:
    """Write what differs; which columns that were, with commas."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return ", ".join(changed)


def _follow(deal: Deal, loans: list[DealLoan]) -> None:
    """The deal's card says what its loans say; a value that was guessed before stays until an amount is known."""
    together = together_cents(loans)
    deal.value_cents = deal.value_cents if together is None else together
    deal.lender_line = lender_line(loans)


def _called(loan: DealLoan) -> str:
    return ", ".join(each for each in (loan.lender, loan.product) if each) or "the loan"


def _tell(session: WriteSession, actor: Actor, deal: Deal, kind: str, subject: UUID, **facts: str) -> None:
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=subject, **facts)
    deal_touched(session, deal.id)
    board_changed(session, deal.organisation_id, deal.id)
