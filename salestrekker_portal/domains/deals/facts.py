"""What a deal's figures follow from, as columns of whatever statement reads the deal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import FactFindMode

FIRST_ZONE = "Pacific/Auckland"

_IN = (RequestState.UPLOADED, RequestState.ACCEPTED)
_OWED = (RequestState.REQUESTED, RequestState.ASKED_AGAIN)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a deal's figures follow from, beside its fact find's percent."""

    with_lender: bool
    mode: FactFindMode
    live: int
    consented: int
    ended: int
    asked: int
    arrived: int
    owed: int
    to_review: int
    tasks_due: int = 0
    # What the team's loans add up to and what secures them is worth; None while one of them isn't known.
    owed_cents: int | None = None
    worth_cents: int | None = None


def facts_of(deal_id: Any) -> tuple[ColumnElement, ...]:
    """Columns for a statement about a deal, whose id may be a column: what `facts_from` makes Facts of."""
    requests = (DocumentRequest.deal_id == deal_id, DocumentRequest.withdrawn_at.is_(None))

    def asked(*more):
        return select(func.count()).select_from(DocumentRequest).where(*requests, *more).scalar_subquery()

    def accesses(*more):
        held = (PortalAccess.deal_id == deal_id, *more)
        return select(func.count()).select_from(PortalAccess).where(*held).scalar_subquery()

    live = PortalAccess.revoked_at.is_(None)
    to_do = (Task.deal_id == deal_id, Task.done_at.is_(None), Task.removed_at.is_(None), Task.due_on <= _today())
    due = select(func.count()).select_from(Task).where(*to_do).scalar_subquery()
    return (
        accesses(live).label("live"),
        accesses(live, PortalAccess.consented_at.is_not(None)).label("consented"),
        accesses(PortalAccess.revoked_at.is_not(None)).label("ended"),
        asked(DocumentRequest.state != RequestState.NOT_NEEDED).label("asked"),
        asked(DocumentRequest.state.in_(_IN)).label("arrived"),
        asked(DocumentRequest.state.in_(_OWED), DocumentRequest.sent_at.is_not(None)).label("owed"),
        asked(DocumentRequest.state == RequestState.UPLOADED).label("to_review"),
        due.label("tasks_due"),
        _all_of(DealLoan, deal_id, DealLoan.amount_cents).label("owed_cents"),
        _all_of(DealSecurity, deal_id, func.coalesce(DealSecurity.valuation_cents, DealSecurity.price_cents)).label(
            "worth_cents"
        ),
    )


def _all_of(kind: Any, deal_id: Any, cents: Any) -> ColumnElement:
    """The sum of what is there; null where nothing is, or where one amount isn't known."""
    whole = case((func.count() == func.count(cents), func.sum(cents)))
    return select(whole).where(kind.deal_id == deal_id, kind.removed_at.is_(None)).scalar_subquery()


def facts_from(row: Any, with_lender: bool, mode: FactFindMode) -> Facts:
    """A row with the columns of `facts_of`, and what the deal's stage is."""
    return Facts(
        with_lender=with_lender, mode=mode, live=row.live, consented=row.consented, ended=row.ended,
        asked=row.asked, arrived=row.arrived, owed=row.owed, to_review=row.to_review, tasks_due=row.tasks_due,
        owed_cents=_whole(row.owed_cents), worth_cents=_whole(row.worth_cents),
    )  # fmt: skip


def _whole(cents: Any) -> int | None:
    """PostgreSQL adds large numbers up as decimals."""
    return None if cents is None else int(cents)


def _today() -> date:
    """The day in the zone where it begins first: a statement over many firms has one day only, and the night counts
    all anew."""
    return local(utc_now(), FIRST_ZONE).date()
