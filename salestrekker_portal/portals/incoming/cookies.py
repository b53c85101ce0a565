"""Whose browser it is: one session cookie a portal, and who it signs in now."""

from http.cookies import CookieError, SimpleCookie

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import glance
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.whence import asked_by
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.tables.access import Portal


def cookie_name(portal: Portal) -> str:
    """One cookie a portal, so that a broker can look at a client's link beside their own board."""
    prefix = "__Host-" if settings().is_https else ""
    return f"{prefix}{portal.value}-session"


def device_cookie() -> str:
    """One cookie for all portals: it says which browser it is, and lets nobody in."""
    return "__Host-device" if settings().is_https else "device"


def device_in(header: str) -> str:
    """The browser's secret, "" without one."""
    return cookies_in(header).get(device_cookie(), "")


def cookies_in(header: str) -> dict[str, str]:
    """The cookies of a header; a broken header holds none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


async def actor_in(portal: Portal, header: str, *, previews: bool = False, lacking_too: bool = False) -> Actor | None:
    """Who this cookie header signs in to a portal, now.

    Nobody are staff who preview a client's pages, unless `previews` are asked for, and staff who have to set up a
    second step first, unless they are `lacking_too`: only the gate asks for those, which lets them set it up.
    """
    token = cookies_in(header).get(cookie_name(portal))
    if not token or portal.value not in settings().portals:
        return None
    async with glance() as session:
        actor = await actor_of(session, portal, token)
    if actor is not None:
        asked_by(actor)
    if actor is None or (actor.is_preview and not previews) or (actor.lacks_factor and not lacking_too):
        return None
    return actor
