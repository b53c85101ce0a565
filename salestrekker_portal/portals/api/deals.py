"""GET /deals and /deals/{id}."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.figures import LABELS_BETWEEN
from salestrekker_portal.domains.deals.listing import MOST, ListedDeal, deal_listed, deals_after
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.portals.api.answers import REFUSALS, as_json, next_page
from salestrekker_portal.portals.api.shapes import DealsOut, DealWhole

deals = APIRouter(tags=["Deals"])


@deals.get("/deals", response_model=DealsOut, responses=REFUSALS, summary="Deals, the newest first")
async def list_deals(
    request: Request,
    after: Annotated[UUID | None, Query(description="The last deal of the page before")] = None,
    stage_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
):
    """Needs `deals:read`. Archived and settled deals are among them; `state` says which they are."""
    actor: Actor = request.state.actor
    async with reading() as session:
        found = await deals_after(session, actor, after=after, stage_id=stage_id, limit=limit)
    page, more = found[:limit], len(found) > limit
    return as_json(
        {"deals": [_shown(deal) for deal in page], "next": next_page(request, page[-1].id) if more else None}
    )


@deals.get("/deals/{deal_id}", response_model=DealWhole, responses=REFUSALS, summary="One deal with its people")
async def one_deal(request: Request, deal_id: UUID):
    """Needs `deals:read`."""
    actor: Actor = request.state.actor
    async with reading() as session:
        deal = await deal_listed(session, actor, deal_id)
        people = await applicants_of(session, deal_id)
    applicants = [
        {"contact_id": contact.id, "name": contact.name, "role": applicant.role} for applicant, contact in people
    ]
    return as_json({**_shown(deal), "summary": deal.summary, "applicants": applicants})


def _shown(deal: ListedDeal) -> dict[str, object]:
    return {
        "id": deal.id,
        "reference": deal.reference,
        "name": deal.name,
        "state": deal.state,
        "value_cents": deal.value_cents,
        "loan_kind": deal.loan_kind,
        "workflow": {"id": deal.workflow_id, "name": deal.workflow},
        "stage": {"id": deal.stage_id, "name": deal.stage},
        "stage_since": deal.stage_entered_at,
        "owner": {"id": deal.owner_id, "name": deal.owner},
        "clients": deal.clients_line,
        "labels": deal.labels_line.split(LABELS_BETWEEN) if deal.labels_line else [],
        "whose_move": deal.move,
        "portal_state": deal.portal_state,
        "fact_find_percent": deal.profile_pct,
        "documents_asked": deal.documents_asked,
        "documents_in": deal.documents_in,
        "expected_settlement_on": deal.expected_settlement_on,
        "settled_on": deal.settled_on,
        "created_at": deal.created_at,
    }
