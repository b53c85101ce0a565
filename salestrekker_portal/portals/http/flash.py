"""A refusal of a plain form post, carried to the page that is shown next: one read, one minute, sealed."""

import json

from cryptography.exceptions import InvalidTag
from starlette.responses import RedirectResponse, Response

from salestrekker_portal.config import settings
from salestrekker_portal.kernel.tokens import seal, unseal
from salestrekker_portal.portals.incoming.cookies import cookies_in

COOKIE = "portal-flash"


def back(path: str, errors: dict[str, str], typed: dict[str, str] | None = None) -> Response:
    """Back to the page, with sentences by field ("" is the page's own) and what was typed (never a secret)."""
    sealed = seal(json.dumps([path.split("?")[0], errors, typed or {}]), secret=settings().secret, purpose="flash")
    return carried(RedirectResponse(path, 303), sealed)


def carried(answer: Response, sealed: str) -> Response:
    """The same with what is sealed already; "" carries nothing."""
    if sealed:
        answer.flash = sealed  # type: ignore[attr-defined]
        answer.set_cookie(COOKIE, sealed, max_age=60, httponly=True, secure=settings().is_https, samesite="lax")
    return answer


def forget(answer: Response) -> Response:
    """What was refused before has gone well now."""
    answer.delete_cookie(COOKIE, httponly=True, secure=settings().is_https, samesite="lax")
    return answer


def read(cookie_header: str, path: str) -> tuple[dict[str, str], dict[str, str]]:
    """The sentences and the typed values for this page, or nothing."""
    sealed = cookies_in(cookie_header).get(COOKIE)
    if not sealed:
        return {}, {}
    try:
        for_path, errors, typed = json.loads(unseal(sealed, secret=settings().secrets, purpose="flash"))
    except (InvalidTag, ValueError, TypeError):
        return {}, {}
    return (errors, typed) if for_path == path else ({}, {})
