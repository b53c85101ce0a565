"""What brokers write down about a deal's loans."""

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.loans import service
from salestrekker_portal.domains.loans.queries import loans_of
from salestrekker_portal.domains.loans.rules import loan_form
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()


@all_of(DealLoan.lender)
async def adds_a_loan(session, scene, text):
    await service.save_loan(session, scene.alice, scene.deal.id, None, {"lender": text, "amount": "400,000"})


@all_of(DealLoan.lender, last_stands=True, after=("adds_a_loan",))
async def changes_a_loan(session, scene, text):
    async with reading() as before:
        loans = await loans_of(before, scene.deal.id)
    loan = loans[0] if loans else await _loan(session, scene, removed=False)
    shown = loan_form(loan)
    await service.save_loan(session, scene.bob, scene.deal.id, loan.id, shown | {"lender": text}, shown)


@all_of(after=("adds_a_loan",))
async def removes_a_loan(session, scene, text):
    loan = await _loan(session, scene, removed=False, text=text)
    await service.remove_loan(session, scene.alice, scene.deal.id, loan.id)


@all_of(after=("adds_a_loan", "removes_a_loan"))
async def puts_a_loan_back(session, scene, text):
    loan = await _loan(session, scene, removed=True, text=text)
    await service.put_back_loan(session, scene.alice, loan.id)


@all_of(DealSecurity.address)
async def adds_a_security(session, scene, text):
    await service.save_security(session, scene.alice, scene.deal.id, None, {"address": text})


@all_of(after=("adds_a_security",))
async def removes_a_security(session, scene, text):
    security = await _security(session, scene, removed=False, text=text)
    await service.remove_security(session, scene.alice, scene.deal.id, security.id)


@all_of(after=("adds_a_security", "removes_a_security"))
async def puts_a_security_back(session, scene, text):
    security = await _security(session, scene, removed=True, text=text)
    await service.put_back_security(session, scene.alice, security.id)


async def _loan(session, scene, *, removed: bool, text: str = "") -> DealLoan:
    return await _of(session, scene, DealLoan, removed, text)


async def _security(session, scene, *, removed: bool, text: str) -> DealSecurity:
    return await _of(session, scene, DealSecurity, removed, text)


async def _of(session, scene, kind, removed: bool, text: str):
    gone = kind.removed_at.is_not(None) if removed else kind.removed_at.is_(None)
    found = select(kind).where(kind.deal_id == scene.deal.id, gone)
    return await one_of(session, found.order_by(kind.created_at, kind.id), text)
