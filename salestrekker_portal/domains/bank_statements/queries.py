"""The only doors to requests for bank statements."""

import json
from uuid import UUID

from sqlalchemy import Select, false, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.bank_statements.ports import Refs
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import seal, unseal
from salestrekker_portal.tables.bank_statements import StatementRequest, StatementState, StatementSummary
from salestrekker_portal.tables.deals import Deal

REFS_PURPOSE = "bank-provider"
SUMMARY_PURPOSE = "bank-summary"


def visible_statement_requests(actor: Actor) -> Select[StatementRequest]:
    """The team sees those of its deals; a client their own and nobody else's, whatever else they may see.

    Partners see none.
    """
    mine = select(StatementRequest).where(
        StatementRequest.deal_id.in_(visible_deals(actor).with_only_columns(Deal.id)),
    )
    if actor.is_staff:
        return mine
    if actor.is_partner or not actor.consented:
        return mine.where(false())
    return mine.where(
        StatementRequest.access_id == actor.access_id,
        StatementRequest.contact_id == actor.id,
        StatementRequest.state != StatementState.DRAFT,
    )


async def held_statement_request(session: WriteSession, request_id: UUID) -> StatementRequest:
    """The request with its deal, both held, for what providers answer. Raises NotFound."""
    await hold_deal(session, select(StatementRequest.deal_id).where(StatementRequest.id == request_id))
    return await existing(session, StatementRequest, request_id, with_for_update=HOLD, populate_existing=True)


async def access_statement_request(
    session: ReadSession, actor: Actor, request_id: UUID, permission: Permission
) -> StatementRequest:
    """The request, if this person may do this to it. Raises NotFound (absent or hidden) or NotPermitted."""
    await hold_deal(session, select(StatementRequest.deal_id).where(StatementRequest.id == request_id))
    found = (
        await session.scalars(visible_statement_requests(actor).where(StatementRequest.id == request_id))
    ).one_or_none()
    if found is None:
        raise NotFound("request for bank statements")
    demand(actor, permission)
    return found


async def statement_requests_in(session: ReadSession, actor: Actor, deal_id: UUID) -> list[StatementRequest]:
    """A deal's requests for this person, newest first."""
    rows = await session.scalars(
        visible_statement_requests(actor)
        .where(StatementRequest.deal_id == deal_id)
        .order_by(StatementRequest.created_at.desc(), StatementRequest.id.desc())
    )
    return list(rows)


def current(requests: list[StatementRequest]) -> list[StatementRequest]:
    """Without those that were replaced by a newer one."""
    return [request for request in requests if request.renewed_by is None]


def refs_of(request: StatementRequest) -> Refs:
    """What the provider calls things."""
    if not request.refs_sealed:
        return {}
    return json.loads(unseal(request.refs_sealed, secret=settings().secrets, purpose=REFS_PURPOSE))


def keep_refs(request: StatementRequest, refs: Refs) -> None:
    """Remember more of what the provider calls things."""
    if refs:
        kept = json.dumps(refs_of(request) | refs)
        request.refs_sealed = seal(kept, secret=settings().secret, purpose=REFS_PURPOSE)


async def summaries_of(session: ReadSession, requests: list[StatementRequest]) -> dict[UUID, dict]:
    """The averages of these requests, which the caller has accessed already; those that were removed are absent."""
    ids = [request.id for request in requests]
    if not ids:
        return {}
    rows = await session.scalars(
        select(StatementSummary).where(StatementSummary.request_id.in_(ids), StatementSummary.removed_at.is_(None))
    )
    secret = settings().secrets
    return {row.request_id: json.loads(unseal(row.sealed, secret=secret, purpose=SUMMARY_PURPOSE)) for row in rows}
