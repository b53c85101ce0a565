"""Somebody who has proved who they are, in one browser: a fresh session, and the browser is known from then on."""

from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.security_log.service import AtTheDoor, note
from salestrekker_portal.domains.signing_in.devices import is_known, knows_any, remember_device
from salestrekker_portal.domains.signing_in.notices import accounts_of, tell_of_new_device
from salestrekker_portal.domains.signing_in.sessions import Span, end_session, open_session
from salestrekker_portal.domains.signing_in.strangers import came_in
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner


@dataclass(frozen=True, kw_only=True)
class Browser:
    """Where somebody sits. `device` and `session` are the secrets of its cookies, "" without one."""

    address: str = ""
    name: str = ""
    device: str = ""
    session: str = ""


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What the browser is handed; `device` is "" where it is not to be known."""

    session: str
    device: str = ""


async def arrive(
    session: WriteSession,
    portal: Portal,
    person_id: UUID,
    organisation_id: UUID,
    browser: Browser,
    *,
    remembers: bool = True,
    way: str = "with a password",
    span: Span | None = None,
) -> Secrets:
    """Open a session for a user, a client's access or a partner; the one that this browser held before ends.

    `way`: how they proved themselves, in words for the security log. `span`: of a session that this one goes on from.

    Staff and partners are told of a browser that is new, unless it is their first one.
    """
    if browser.session:
        # Whoever copied the old secret has lost it.
        await end_session(session, portal, browser.session)
    token = await open_session(
        session,
        portal=portal,
        organisation_id=organisation_id,
        hours=settings().session_hours,
        from_address=browser.address,
        browser=browser.name,
        seen_at=utc_now(),
        span=span,
        user_id=person_id if portal is Portal.BROKER else None,
        access_id=person_id if portal is Portal.CLIENT else None,
        partner_id=person_id if portal is Portal.PARTNER else None,
    )
    if portal is not Portal.CLIENT:  # whose arrival is noted with their deal's (entry.came_in)
        await came_in(session, portal, person_id, organisation_id)
        person: User | Partner = await existing(session, accounts_of(portal), person_id)
        who = AtTheDoor(portal=portal, id=person_id, name=person.name)
        note(session, "sign_in:password", organisation_id=organisation_id, by=who, way=way)
    if not remembers:
        return Secrets(session=token)
    known = await is_known(session, person_id, browser.device)
    if not known and portal is not Portal.CLIENT and await knows_any(session, person_id):
        await tell_of_new_device(session, portal, person_id, organisation_id, browser.name, browser.address)
    device = await remember_device(
        session, portal, person_id, browser.device, address=browser.address, browser=browser.name
    )
    return Secrets(session=token, device=device)
