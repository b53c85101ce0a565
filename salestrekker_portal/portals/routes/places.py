"""Suburbs and addresses while they are typed.

Suburbs need no session and no database, say nothing about anybody, and a browser keeps the answers. Whole addresses
come from a provider who is paid for each question, so that only people who are signed in ask it.
"""

import asyncio
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.domains.fact_find.finding import finder
from salestrekker_portal.domains.questions.localities import (
    COUNTRIES,
    Locality,
    line_of,
    line_offers,
    offers,
    state_words,
)
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.http.counting import Counts
from salestrekker_portal.portals.http.posted import of_our_form, posted_again
from salestrekker_portal.portals.http.requests import client_address
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal

# A whole office types behind one address; a program that reads the list out is slowed.
A_MINUTE = 600
A_DAY = {"cache-control": "public, max-age=86400"}
NEVER = {"cache-control": "no-store"}
ADDRESSES_A_MINUTE = 90
KEY_LIMIT = 200
_asked, _found = Counts(A_MINUTE), Counts(ADDRESSES_A_MINUTE)


async def places(request: Request) -> Response:
    """GET the suburbs that `q` may mean in `country`, each with the parts of an address that it fills in.

    429 with Retry-After beyond so many a minute.
    """
    refusal = _too_often(_asked, neighbourhood(client_address(request)))
    if refusal is not None:
        return refusal
    country = request.query_params.get("country", "")
    # In a thread: the first of all reads the list.
    found = await asyncio.to_thread(offers, country, request.query_params.get("q", ""))
    return JSONResponse([_offer(country, place, line_of(country, place)) for place in found], headers=A_DAY)


@posted_again("it only looks")
@of_our_form
async def lines(request: Request, form: FormData) -> Response:
    """POST an address on one line: the same for its end, each with the whole line. Posted, because an address that
    stands in a question mark's tail stands in the log of every proxy."""
    refusal = _too_often(_asked, neighbourhood(client_address(request)))
    if refusal is not None:
        return refusal
    country = clean(form.get("country"))
    found = await asyncio.to_thread(line_offers, country, clean(form.get("q")))
    return JSONResponse([_offer(country, place, line) for place, line in found], headers=NEVER)


@posted_again("it only looks")
@of_our_form
async def addresses(request: Request, form: FormData) -> Response:
    """POST what was typed: the provider's addresses that begin so; 204 where there is no provider."""
    found = finder()
    if found is None:
        return Response(status_code=204, headers=NEVER)
    refusal = await _refusal(request)
    if refusal is not None:
        return refusal
    country = clean(form.get("country"))
    known = await found.find(country, clean(form.get("q"))) if country in COUNTRIES else []
    rows = [{"label": each.line, "more": "", "line": each.line, "key": each.key} for each in known]
    return JSONResponse(rows, headers=NEVER)


@posted_again("it only looks")
@of_our_form
async def address(request: Request, form: FormData) -> Response:
    """POST the provider's key of the address that was picked: its parts, none where they can't be had; 204 as
    `addresses`."""
    found = finder()
    if found is None:
        return Response(status_code=204, headers=NEVER)
    refusal = await _refusal(request)
    if refusal is not None:
        return refusal
    country, key = clean(form.get("country")), clean(form.get("key"))
    known = country in COUNTRIES and 0 < len(key) <= KEY_LIMIT
    return JSONResponse(await found.parts_of(country, key) if known else {}, headers=NEVER)


async def _refusal(request: Request) -> Response | None:
    """Why somebody may not ask the provider: not signed in, or too often."""
    cookie = request.headers.get("cookie", "")
    actor = await actor_in(Portal.CLIENT, cookie) or await actor_in(Portal.BROKER, cookie)
    return _too_often(_found, str(actor.session_id)) if actor else JSONResponse([], 401, headers=NEVER)


def _too_often(counts: Counts, who: str) -> Response | None:
    wait = counts.wait(who)
    return JSONResponse([], 429, headers={"retry-after": str(wait), **NEVER}) if wait else None


def _offer(country: str, place: Locality, line: str) -> dict[str, Any]:
    state = state_words(country)[place.state]
    parts = {"suburb": place.name, "state" if country == "au" else "nz_region": place.state}
    if country == "nz":
        parts["region"] = state
    if place.postcode:
        parts["postcode"] = place.postcode
    return {"label": place.name, "more": f"{state} {place.postcode}".strip(), "parts": parts, "line": line}


PLACE_ROUTES = [
    Route("/places", places, methods=["GET"]),
    Route("/places/lines", lines, methods=["POST"]),
    Route("/places/addresses", addresses, methods=["POST"]),
    Route("/places/address", address, methods=["POST"]),
]
