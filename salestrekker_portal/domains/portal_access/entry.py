"""The client's side of the door: the PIN, a new PIN, the current link."""

from dataclasses import dataclass, field, replace

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import PIN_TRIES_PER_ADDRESS, count_try, neighbourhood
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import delivery, messages, queries
from salestrekker_portal.domains.portal_access.looking import LinkState, look_at_link
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.pins import (
    MOST_WRONG_EVER,
    MOST_WRONG_PINS,
    count_wrong,
    is_taken_here,
    used_now,
)
from salestrekker_portal.domains.portal_access.refused import note_refused_entry
from salestrekker_portal.domains.signing_in.devices import is_known
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.kernel.tokens import PIN_DIGITS
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess

LOCKED = "That was the fifth wrong PIN, so it no longer works. Ask for a new one below."
SIX_DIGITS = "The PIN has six digits. Use the newest text from us."
TOO_MANY = "Too many tries from here. Wait 15 minutes, or call your broker."
NO_ENTRY = "This link doesn’t open a file any more."
GUESSED_OUT = "Too many wrong PINs were typed, so this link was stopped. Call your broker for a new one."


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The outcome of a try: `access` when the PIN was right, otherwise the sentence to show.

    `asks_fresh` where no PIN was looked at: it has been used on another device, or not for a month, so a fresh one is
    to be sent.
    """

    access: PortalAccess | None = None
    errors: dict[str, str] = field(default_factory=dict)
    asks_fresh: bool = False


async def enter(session: WriteSession, token: object, pin: object, *, address: str, device: str = "") -> Entry:
    """Try a PIN. Wrong tries are counted in this same transaction, so the caller must commit a refusal too.

    `device` is the secret of the browser's cookie. Raises Conflict when there were too many tries from one address.
    """
    look = await look_at_link(session, token)
    is_live = look.state is LinkState.LIVE and look.access is not None
    known = look.access is not None and await is_known(session, look.access.id, device)
    if not (is_live and known):
        # Strangers behind the same address keep nobody out who has been in on this device.
        await count_try(session, f"pin-from:{neighbourhood(address)}", PIN_TRIES_PER_ADDRESS, TOO_MANY, survives=True)
    if not is_live or look.access is None or look.people is None:
        note_refused_entry(session, look.access, look.people, look.state.value)
        return Entry(errors={"": NO_ENTRY})
    # Held from here, so that two guesses at once count as two.
    access = await queries.held_access(session, look.access.id)
    if access is None:
        return Entry(errors={"": NO_ENTRY})
    typed = digits_of(pin) if isinstance(pin, str) and len(pin) < 100 else ""
    if not is_taken_here(access, known=known, now=utc_now()):
        return Entry(asks_fresh=True)
    if access.wrong_pins >= MOST_WRONG_PINS and not known:
        note_refused_entry(session, access, look.people, "the PIN is locked")
        return Entry(errors={"pin": LOCKED})
    if len(typed) != PIN_DIGITS or not typed.isascii() or not typed.isdigit():
        return Entry(errors={"pin": SIX_DIGITS})
    if not delivery.is_pin(access, typed):
        return await _wrong(session, access, look.people)
    await came_in(session, access, look.people, by="pin")
    return Entry(access=access)


async def _wrong(session: WriteSession, access: PortalAccess, people: People) -> Entry:
    note_refused_entry(session, access, people, "wrong PIN")
    if await count_wrong(session, access, people):
        return Entry(errors={"": GUESSED_OUT})
    left = min(MOST_WRONG_PINS - access.wrong_pins, MOST_WRONG_EVER - access.wrong_pins_ever)
    if access.wrong_pins >= MOST_WRONG_PINS:
        return Entry(errors={"pin": LOCKED})
    return Entry(errors={"pin": f"That PIN isn’t right. You have {counted(left, 'try', 'tries')} left."})


async def came_in(session: WriteSession, access: PortalAccess, people: People, *, by: str = "") -> None:
    """Note that a client is in: when, `by` which way, for the first time or again, and on the deal's timeline."""
    first = access.first_seen_at is None
    if by == "pin":
        used_now(access)
    access.last_seen_at, access.came_in_by = utc_now(), by or access.came_in_by
    access.first_seen_at = access.first_seen_at or access.last_seen_at
    record(
        session,
        _client(access, people),
        "portal_access:signed_in",
        organisation_id=access.organisation_id,
        deal_id=access.deal_id,
        first=first or None,
        by=by or None,
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
    here = f"pin-asked-from:{neighbourhood(address)}"
    await count_try(session, here, PIN_TRIES_PER_ADDRESS, TOO_MANY, survives=True)
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
    here = f"link-asked-from:{neighbourhood(address)}"
    await count_try(session, here, PIN_TRIES_PER_ADDRESS, TOO_MANY, survives=True)
    look = await look_at_link(session, token)
    if look.state is not LinkState.REPLACED or look.access is None or look.people is None:
        raise Conflict(NO_ENTRY)
    access, people = look.access, look.people
    firm = access.organisation_id
    if await outbox.just_sent(session, "portal.link_again", organisation_id=firm, access_id=access.id):
        raise AlreadyDone("Your link was sent a moment ago. Check your e-mail, and your spam folder too.")
    too_many = "We have e-mailed it several times. Check your spam folder, or call your broker."
    await delivery.count_link_sent(session, access.id, too_many)
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
