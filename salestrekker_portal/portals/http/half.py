"""Between the password and the second step: who has proved the first half, sealed in a cookie for ten minutes."""

import json
from uuid import UUID

from cryptography.exceptions import InvalidTag
from starlette.requests import Request
from starlette.responses import Response

from salestrekker_portal.config import settings
from salestrekker_portal.domains.signing_in.sign_in import SignedIn
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import seal, token_hash, unseal
from salestrekker_portal.portals.http.answers import see
from salestrekker_portal.tables.access import Portal

SECONDS = 600
PURPOSE = "half-signed-in"
OVER = "That took longer than ten minutes. Sign in once more."


def _name() -> str:
    return "__Host-half" if settings().is_https else "half"


def begin(who: SignedIn, path: str, page: str) -> Response:
    """On to the page of the second step; afterwards to `path`."""
    facts = [who.portal.value, str(who.person_id), str(who.organisation_id), path, utc_now().timestamp() + SECONDS]
    answer = see(page)
    sealed = seal(json.dumps(facts), secret=settings().secret, purpose=PURPOSE)
    answer.set_cookie(_name(), sealed, max_age=SECONDS, httponly=True, secure=settings().is_https, samesite="lax")
    return answer


def read(request: Request) -> tuple[SignedIn, str] | None:
    """Who waits for the second step in this browser, and where they want to go; None when nobody does any more."""
    try:
        plain = unseal(request.cookies.get(_name(), ""), secret=settings().secrets, purpose=PURPOSE)
        portal, person, firm, path, until = json.loads(plain)
    except (InvalidTag, ValueError, TypeError):
        return None
    return (SignedIn(Portal(portal), UUID(person), UUID(firm)), path) if utc_now().timestamp() < until else None


def mark(request: Request) -> str:
    """Of this one sign-in, for what is asked during it."""
    return token_hash(request.cookies.get(_name(), ""))


def end(answer: Response) -> Response:
    """The second half is proved too."""
    answer.delete_cookie(_name(), httponly=True, secure=settings().is_https, samesite="lax")
    return answer
