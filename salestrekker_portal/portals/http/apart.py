"""Which portals this server serves (APP_PORTALS): the others answer as if they were not there.

So the dashboard need not be reachable from where clients are: servers that the internet reaches serve `client,partner`,
those in the office or the VPN serve all. `cookies.actor_in` knows nobody in a portal that isn't served.
"""

from html import escape

from starlette.types import ASGIApp, Receive, Scope, Send

from salestrekker_portal.config import settings
from salestrekker_portal.portals.http.plain_page import plain_page
from salestrekker_portal.tables.access import Portal

# The first part of an address, or the one after /session: whose it is. What is not here is everybody's.
_FIRST = {
    **dict.fromkeys(("api", "board", "contacts", "deals", "notifications", "partners", "settings"), Portal.BROKER),
    **dict.fromkeys(("insights", "second-step", "tasks"), Portal.BROKER),
    **dict.fromkeys(("sign-in", "forgot-password", "set-password", "setup", "compliance"), Portal.BROKER),
    **dict.fromkeys(("portal", "bank"), Portal.CLIENT),
    "partner": Portal.PARTNER,
    "refer": Portal.PARTNER,
}
_SESSION = {
    **dict.fromkeys(("broker", "forgot", "set-up", "preview", "logo"), Portal.BROKER),
    **dict.fromkeys(("security-log", "everything", "import"), Portal.BROKER),
    "client": Portal.CLIENT,
    "partner": Portal.PARTNER,
}
NOT_HERE = "There is nothing at this address. Check it, or go back to the page that you came from."


def portal_of(path: str) -> Portal | None:
    """Whose address this is; None for everybody's: the first page, files, webhooks, health."""
    parts = [part.removesuffix(".html") for part in path.split("/") if part]
    if not parts:
        return None
    if parts[0] == "session":
        return _SESSION.get(parts[1]) if len(parts) > 1 else None
    return _FIRST.get(parts[0])


class PortalsApart:
    """Stands before every page and route."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        whose = portal_of(scope["path"]) if scope["type"] == "http" else None
        if whose is None or whose.value in settings().portals:
            await self.app(scope, receive, send)
            return
        answer = plain_page("Not found", f"<h1>Not found</h1><p>{escape(NOT_HERE)}</p>", status=404)
        await answer(scope, receive, send)
