"""POST /leads."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.intentions import (
    Repeated,
    answer_of,
    digest,
    keep_answer,
    keep_intention,
    key_of,
)
from salestrekker_portal.domains.pipeline.leads import take_lead
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.api.answers import REFUSALS, as_json
from salestrekker_portal.portals.api.shapes import LeadIn, LeadOut
from salestrekker_portal.portals.incoming.again import tried_twice

leads = APIRouter(tags=["Leads"])

OTHER_LEAD = "This Idempotency-Key was used for another lead. Send each lead with a key of its own."


@leads.post("/leads", response_model=LeadOut, status_code=201, responses=REFUSALS, summary="Add a lead")
async def add_lead(
    request: Request,
    lead: LeadIn,
    idempotency_key: Annotated[
        str, Header(min_length=1, max_length=200, description="One for each lead, such as your form's submission id")
    ],
):
    """Needs `leads:write`. The same lead sent again with the same Idempotency-Key, within three days, is answered as
    the first was and adds nothing."""
    actor: Actor = request.state.actor
    made = await _taken(actor, lead, idempotency_key)
    return as_json({"id": made["id"], "reference": made["reference"]}, 201)


@tried_twice
async def _taken(actor: Actor, lead: LeadIn, idempotency_key: str) -> dict:
    key = key_of(actor, "api:leads", idempotency_key)
    whole = digest(lead.model_dump_json())
    try:
        async with transaction() as session:
            await keep_intention(session, key)
            deal = await take_lead(
                session,
                actor,
                people=[person.model_dump() for person in lead.people],
                name=lead.name,
                summary=lead.summary,
                value_cents=lead.value_cents or 0,
                workflow_id=lead.workflow_id,
            )
            made = {"id": str(deal.id), "reference": deal.reference, "of": whole}
            await keep_answer(session, key, made)
    except Repeated:
        async with reading() as session:
            made = await answer_of(session, key) or {}
        if made.get("of") != whole:
            raise Invalid({"idempotency-key": OTHER_LEAD}) from None
    return made
