"""The client's side of the door: looking at a link, the PIN, a new PIN, the current link."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import (
    LINKS_SENT_PER_ACCESS,
    PIN_TRIES_PER_ADDRESS,
    count_try,
    neighbourhood,
)
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import delivery, messages, queries
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.tokens import PIN_DIGITS, same, token_hash
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink

MOST_WRONG_PINS = 5
LOCKED = "That was the fifth wrong PIN, so it no longer works. Ask for a new one below."
SIX_DIGITS = "The PIN has six digits. Use the newest text from us."
TOO_MANY = "Too many tries from here. Wait 15 minutes, or call your broker."
NO_ENTRY = "This link doesn’t open a file any more."


class LinkState(StrEnum):
    """What a link is good for."""

    LIVE = "live"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Leaving(StrEnum):
    """How somebody's session stands who has come to the page for sessions that are over."""

    UNKNOWN = ""
    SIGNED_OUT = "signed_out"
    TIMED_OUT = "timed_out"
    STILL_IN = "still_in"


@dataclass(frozen=True, kw_only=True)
class LinkLook:
    """What may be shown to somebody who holds a link and has not given the PIN yet."""

    state: LinkState
    people: People | None = None
    access: PortalAccess | None = None
    newest_sent_at: object = None
    leaving: Leaving = Leaving.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The outcome of a try: `access` when the PIN was right, otherwise the sentence to show."""

    access: PortalAccess | None = None
    errors: dict[str, str] = field(default_factory=dict)


async def look_at_link(session: ReadSession, token: object) -> LinkLook:
    """What this link is, without letting anybody in. Never raises."""
    link, access = await _link(session, token)
    if link is None or access is None:
        return LinkLook(state=LinkState.UNKNOWN)
    current = access if access.revoked_at is None else await queries.live_access(
        session, access.deal_id, access.contact_id
    )  # fmt: skip
    deal = await existing(session, Deal, access.deal_id)
    people = through(await queries.people_of(session, deal, access.contact_id), current or access)
    if current is None or deal.archived_at is not None:
        return LinkLook(state=LinkState.REVOKED, people=people)
    newest = await queries.live_link(session, current.id)
    # The newest only. A fresh link stops those before it, so that a forwarded old mail opens nothing.
    if newest is None or newest.id != link.id:
        sent_at = newest.created_at if newest else None
        return LinkLook(state=LinkState.REPLACED, people=people, access=current, newest_sent_at=sent_at)
    return LinkLook(state=LinkState.LIVE, people=people, access=current)


async def _link(session: ReadSession, token: object) -> tuple[PortalLink | None, PortalAccess | None]:
    if not isinstance(token, str) or not token or len(token) > 200:
        return None, None
    found = (
        await session.execute(
            select(PortalLink, PortalAccess)
            .join(PortalAccess, PortalAccess.id == PortalLink.access_id)
            .where(PortalLink.token_hash == token_hash(token))
        )
    ).one_or_none()
    return (found[0], found[1]) if found else (None, None)


async def enter(session: WriteSession, token: object, pin: object, *, address: str) -> Entry:
    """Try a PIN. Wrong tries are counted in this same transaction, so the caller must commit a refusal too.

    Raises Conflict when there were too many tries from one address.
    """
    await count_try(session, f"pin-from:{neighbourhood(address)}", PIN_TRIES_PER_ADDRESS, TOO_MANY)
    look = await look_at_link(session, token)
    if look.state is not LinkState.LIVE or look.access is None or look.people is None:
        return Entry(errors={"": NO_ENTRY})
    # Held from here, so that two guesses at once count as two.
    access = await queries.held_access(session, look.access.id)
    if access is None:
        return Entry(errors={"": NO_ENTRY})
    typed = digits_of(pin) if isinstance(pin, str) and len(pin) < 100 else ""
    if access.wrong_pins >= MOST_WRONG_PINS:
        return Entry(errors={"pin": LOCKED})
    if len(typed) != PIN_DIGITS or not typed.isascii() or not typed.isdigit():
        return Entry(errors={"pin": SIX_DIGITS})
    # An empty hash means stopped. `same` takes as long for a near miss as for a far one.
    if not access.pin_hash or not same(delivery.hash_of_pin(access.id, typed), access.pin_hash):
        return _wrong(session, access, look.people)
    await came_in(session, access, look.people)
    return Entry(access=access)


def _wrong(session: WriteSession, access: PortalAccess, people: People) -> Entry:
    access.wrong_pins += 1
    left = MOST_WRONG_PINS - access.wrong_pins
    if left > 0:
        tries = "1 try" if left == 1 else f"{left} tries"
        return Entry(errors={"pin": f"That PIN isn’t right. You have {tries} left."})
    record(session, None, "portal_access:pin_locked", organisation_id=access.organisation_id, deal_id=access.deal_id,
           contact=people.contact.name)  # fmt: skip
    return Entry(errors={"pin": LOCKED})


async def came_in(session: WriteSession, access: PortalAccess, people: People) -> None:
    """Note that a client is in: when, for the first time or again, and on the deal's timeline."""
    first = access.first_seen_at is None
    access.wrong_pins, access.last_seen_at = 0, utc_now()
    access.first_seen_at = access.first_seen_at or access.last_seen_at
    record(
        session,
        _client(access, people),
        "portal_access:signed_in",
        organisation_id=access.organisation_id,
        deal_id=access.deal_id,
        first=first or None,
    )
    deal_touched(session, access.deal_id)


def _client(access: PortalAccess, people: People) -> Actor:
    """Who has just come in, for the record."""
    organisation = people.organisation
    return Actor(
        portal=Portal.CLIENT,
        session_id=access.id,
        organisation_id=access.organisation_id,
        id=access.contact_id,
        name=people.contact.name,
        country=organisation.country,
        time_zone=organisation.time_zone,
    )


async def ask_for_pin(session: WriteSession, token: object, *, address: str) -> bool:
    """The client asks for a new PIN. True when it went by SMS, False when their broker got it instead.

    Raises Conflict during the cool-down, when asked too often, and for links that are not live.
    """
    await count_try(session, f"pin-asked-from:{neighbourhood(address)}", PIN_TRIES_PER_ADDRESS, TOO_MANY)
    look = await look_at_link(session, token)
    if look.state is not LinkState.LIVE or look.access is None or look.people is None:
        raise Conflict(NO_ENTRY)
    access = await queries.held_access(session, look.access.id)
    if access is None:
        raise Conflict(NO_ENTRY)
    by_sms = await delivery.renew_pin(session, access, look.people)
    record(session, None, "portal_access:pin_asked", organisation_id=access.organisation_id, deal_id=access.deal_id,
           contact=look.people.contact.name, by_sms=by_sms)  # fmt: skip
    return by_sms


async def send_current_link(session: WriteSession, token: object, *, address: str) -> None:
    """E-mail the link that works to the client whose older link this is; it goes to their address only."""
    await count_try(session, f"link-asked-from:{neighbourhood(address)}", PIN_TRIES_PER_ADDRESS, TOO_MANY)
    look = await look_at_link(session, token)
    if look.state is not LinkState.REPLACED or look.access is None or look.people is None:
        raise Conflict(NO_ENTRY)
    access, people = look.access, look.people
    firm = access.organisation_id
    if await outbox.just_sent(session, "portal.link_again", organisation_id=firm, access_id=access.id):
        raise AlreadyDone("Your link was sent a moment ago. Check your e-mail, and your spam folder too.")
    too_many = "We have e-mailed it several times. Check your spam folder, or call your broker."
    await count_try(session, f"link:{access.id}", LINKS_SENT_PER_ACCESS, too_many)
    link = await queries.live_link(session, access.id)
    if link is None or people.email is None or not delivery.link_may_go(access, people.email):
        raise Conflict("We can’t send it to an address that was not invited. Call your broker.")
    to = people.email
    people = replace(people, pin_with_owner=await delivery.owner_has_pin(session, access.id))
    outbox.enqueue(
        session,
        organisation_id=access.organisation_id,
        kind="portal.link_again",
        channel=Channel.EMAIL,
        recipient=to,
        recipient_name=people.contact.name,
        cause=new_id(),
        content=messages.link_again(people, messages.link_address(delivery.token_of(link))),
        deal_id=access.deal_id,
        access_id=access.id,
    )
    record(session, None, "portal_access:link_asked", organisation_id=access.organisation_id, deal_id=access.deal_id,
           contact=people.contact.name)  # fmt: skip


async def look_at_ended(session: ReadSession, session_token: str) -> LinkLook:
    """What to tell somebody whose session no longer works: only revoked access is told apart from the rest."""
    if not session_token or len(session_token) > 200:
        return LinkLook(state=LinkState.UNKNOWN)
    found = await session.execute(
        select(PortalAccess, PortalSession)
        .join(PortalSession, PortalSession.access_id == PortalAccess.id)
        .where(PortalSession.token_hash == token_hash(session_token))
    )
    row = found.one_or_none()
    if row is None:
        return LinkLook(state=LinkState.UNKNOWN)
    access, sat = row
    deal = await existing(session, Deal, access.deal_id)
    people = await queries.people_of(session, deal, access.contact_id)
    if access.revoked_at is not None or deal.archived_at is not None:
        return LinkLook(state=LinkState.REVOKED, people=people, access=access)
    return LinkLook(state=LinkState.LIVE, people=people, access=access, leaving=_leaving(sat))


def _leaving(sat: PortalSession) -> Leaving:
    if sat.ended_at is not None:
        return Leaving.SIGNED_OUT
    return Leaving.TIMED_OUT if sat.expires_at <= utc_now() else Leaving.STILL_IN
