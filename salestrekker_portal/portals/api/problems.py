"""Every refusal as the same small document (RFC 9457), with a sentence that says what to do."""

import logging
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from salestrekker_portal.kernel.errors import Busy, DomainError, Invalid, NotFound, NotPermitted, NotSignedIn

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404), (NotPermitted, 403), (NotSignedIn, 401), (Invalid, 422), (Busy, 503),
)  # fmt: skip
_TITLES = {
    400: "Not understood", 401: "No valid key", 403: "Not allowed", 404: "Not found", 405: "Not this way",
    409: "Not possible now", 413: "Too large", 415: "Not JSON", 422: "Can't be used", 429: "Too often",
    500: "Our fault", 503: "Busy",
}  # fmt: skip


def problem(
    status: int, detail: str, *, errors: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The document. `errors` maps the place of a value to its sentence."""
    body: dict[str, Any] = {"title": _TITLES.get(status, "Refused"), "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    extra = {"cache-control": "no-store", **(headers or {})}
    if status == 401:
        extra["www-authenticate"] = "Bearer"
    return JSONResponse(body, status, headers=extra, media_type=MEDIA_TYPE)


async def refused(request: Request, error: Exception) -> Response:
    """A refusal of the domains."""
    if not isinstance(error, DomainError):
        raise error
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 409)
    return problem(
        status,
        error.message,
        errors=error.errors if isinstance(error, Invalid) else None,
        headers={"retry-after": "5"} if status == 503 else None,
    )


async def not_understood(request: Request, error: Exception) -> Response:
    """What FastAPI refuses: the places and its reasons, never the values, which are people's."""
    found: Sequence[Any] = error.errors() if hasattr(error, "errors") else ()  # a method of RequestValidationError
    errors = {".".join(str(step) for step in each["loc"][1:]) or "body": str(each["msg"]) for each in found}
    return problem(422, "Some values can't be used. `errors` says which.", errors=errors)


async def plain(request: Request, error: Exception) -> Response:
    """What Starlette refuses: no such address, not with this method, JSON that is none."""
    status = getattr(error, "status_code", 400)
    words = {
        404: "There is nothing at this address.",
        405: "This address doesn't take that method.",
        413: str(getattr(error, "detail", "")),
    }
    return problem(status, words.get(status, "That could not be understood."), headers=getattr(error, "headers", None))


async def our_fault(request: Request, error: Exception) -> Response:
    """Anything else: written down here, with no detail of it there."""
    log.exception("an API request failed", exc_info=error)
    return problem(500, "Something went wrong on our side. Nothing was changed.")
