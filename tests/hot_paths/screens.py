"""Opening a screen as a browser does: everything that its `on_load` names, in order."""

from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.refusals.place import Place
from tests.support.harness import Harness

WHO = {Portal.BROKER: "alice", Portal.CLIENT: "kim", Portal.PARTNER: "priya"}
# Addresses whose variable parts are not simply the deal.
PARTS = {"[screen]": "applicant.personal_details", "[deal_id]": "{deal}", "[contact_id]": "{kim}"}


async def opened(browser: Harness, place: Place, route: str, *, who: str = "", tab: str = "tab") -> int:
    """Load a screen for its usual person; the bytes that went to the browser for it. Raises on a refusal."""
    page = REGISTRY[route]
    path = route
    for part, value in PARTS.items():
        path = path.replace(part, value.format(**place.ids))
    who = who or ("noor" if route == "/portal/consent" else WHO[page.portal])
    sent = 0
    for handler in page.on_load:
        await browser.call(handler, cookie=place.cookies[who], path=path, tab=tab)
        assert not browser.was_stopped and browser.refusal == "", f"{route}: {browser.refusal} {browser.events}"
        sent += browser.bytes_sent()
    return sent
