"""The API as an application of its own, which the whole one mounts at /api/v1."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.api import problems
from salestrekker_portal.portals.api.contacts import contacts
from salestrekker_portal.portals.api.deals import deals
from salestrekker_portal.portals.api.door import ApiDoor
from salestrekker_portal.portals.api.fact_finds import fact_finds, schema
from salestrekker_portal.portals.api.leads import leads
from salestrekker_portal.portals.api.page import described

PREFIX = "/api/v1"
ABOUT = (
    "For your firm's other programs. Send a key as `Authorization: Bearer stp_…`; an admin makes and ends keys in "
    "Settings, API. A key sees what its maker may see, within what it was made for. 600 requests a minute."
)


def make_api() -> FastAPI:
    """Every route, with its refusals. No page of FastAPI's own: those load scripts from elsewhere."""
    api = FastAPI(
        title="Salestrekker Portal API", version="1", description=ABOUT, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json", redirect_slashes=False,
    )  # fmt: skip
    for router in (deals, fact_finds, contacts, leads):
        api.include_router(router)
    api.add_exception_handler(DomainError, problems.refused)
    api.add_exception_handler(RequestValidationError, problems.not_understood)
    api.add_exception_handler(HTTPException, problems.plain)
    api.add_exception_handler(Exception, problems.our_fault)
    api.add_middleware(ApiDoor)

    described_by_fastapi = api.openapi
    api.openapi = lambda: _with_problems(described_by_fastapi())  # type: ignore[method-assign]

    @api.get("/fact-find.schema.json", include_in_schema=False)
    async def fact_find_schema() -> Response:
        return JSONResponse(schema(), media_type="application/schema+json")

    @api.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return described(api.openapi())

    return api


def _with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """FastAPI describes every answer as JSON; refusals leave as problem documents."""
    for methods in schema["paths"].values():
        for route in methods.values():
            for status, answer in route["responses"].items():
                if int(status) >= 400 and "application/json" in answer.get("content", {}):
                    answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
    return schema
