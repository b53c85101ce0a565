"""GET /deals/{id}/fact-find, and the same as CSV and PDF."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.exporting import KINDS, fact_find_file, record_taken
from salestrekker_portal.portals.api.answers import REFUSALS
from salestrekker_portal.portals.api.fact_find_shapes import FactFindOut

fact_finds = APIRouter(tags=["Fact finds"])

SCHEMA_ID = "/api/v1/fact-find.schema.json"
Of = Annotated[str, Query(max_length=60, description="A contact's id, or “household”; everybody when it is left out")]


def _file(kind: str) -> dict[int | str, dict[str, object]]:
    content = {KINDS[kind]: {"schema": {"type": "string", "format": "binary"}}}
    return {**REFUSALS, 200: {"content": content, "description": f"The file, as {kind.upper()}"}}


@fact_finds.get(
    "/deals/{deal_id}/fact-find", response_model=FactFindOut, responses=REFUSALS, summary="What clients answered"
)
async def fact_find(request: Request, deal_id: UUID, of: Of = ""):
    """Needs `fact_finds:read`. Each time it is taken stands in the deal's history. The shape alone, as JSON Schema:
    /api/v1/fact-find.schema.json."""
    return await _taken(request, deal_id, "json", of)


@fact_finds.get(
    "/deals/{deal_id}/fact-find.csv", response_class=Response, responses=_file("csv"), summary="The same as CSV"
)
async def fact_find_csv(request: Request, deal_id: UUID, of: Of = ""):
    """Needs `fact_finds:read`. One line an answer."""
    return await _taken(request, deal_id, "csv", of)


@fact_finds.get(
    "/deals/{deal_id}/fact-find.pdf", response_class=Response, responses=_file("pdf"), summary="The same as PDF"
)
async def fact_find_pdf(request: Request, deal_id: UUID, of: Of = ""):
    """Needs `fact_finds:read`. To read, with the figures first."""
    return await _taken(request, deal_id, "pdf", of)


async def _taken(request: Request, deal_id: UUID, kind: str, of: str) -> Response:
    actor: Actor = request.state.actor
    async with reading() as session:
        taken = await fact_find_file(session, actor, deal_id, kind, of)
    async with transaction() as session:
        record_taken(session, actor, taken)
    return Response(taken.content, media_type=KINDS[kind], headers={"cache-control": "no-store"})


def schema() -> dict[str, object]:
    """The published shape, as JSON Schema."""
    made = FactFindOut.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **made}
