"""What all answers of the API share."""

import json
from datetime import date, datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from salestrekker_portal.portals.api.shapes import ProblemOut

REFUSALS: dict[int | str, dict[str, object]] = {
    status: {"model": ProblemOut, "description": words}
    for status, words in (
        (401, "No key, or one that has ended"),
        (403, "The key isn't for this"),
        (404, "Absent, or not yours to see"),
        (409, "Not possible now"),
        (413, "Too large"),
        (415, "Not JSON"),
        (422, "Values that can't be used"),
        (429, "Too often"),
        (503, "Busy: try again"),
    )
}


def as_json(body: dict[str, object], status: int = 200) -> Response:
    """The answer, written at once: its shape is declared for readers and tried by tests, not checked a second time."""
    text = json.dumps(body, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json", headers={"cache-control": "no-store"})


def next_page(request: Request, last: UUID) -> str:
    """The same question, from behind this row on; without the host, which a proxy may know by another name."""
    url = request.url.include_query_params(after=str(last))
    return f"{url.path}?{url.query}"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
