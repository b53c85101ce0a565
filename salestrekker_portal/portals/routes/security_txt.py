"""`GET /.well-known/security.txt` (RFC 9116): whom to tell of a weakness, as the operator set it."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.kernel.clock import utc_now

PATH = "/.well-known/security.txt"
# So that a copy somewhere does not send people to an address that nobody reads any more.
GOOD_FOR = timedelta(days=180)


async def security_txt(_request: Request) -> Response:
    """Nothing is there until PORTAL_SECURITY_CONTACT says whom to write to."""
    contact = settings().security_contact
    if not contact:
        return PlainTextResponse("Not found", 404)
    until = (utc_now() + GOOD_FOR).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    lines = (
        f"Contact: {contact}",
        f"Expires: {until}",
        "Preferred-Languages: en",
        f"Canonical: {settings().public_origin}{PATH}",
    )
    return PlainTextResponse("\n".join(lines) + "\n")


SECURITY_TXT_ROUTES = [Route(PATH, security_txt, methods=["GET"])]
