"""How far a client's PIN goes: on which devices, for how long, and how many may be guessed or sent."""

from datetime import datetime, timedelta
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.throttles import DAY, HOUR, PINS_A_DAY, PINS_AN_HOUR, count_try
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.notes.service import add_system_note
from salestrekker_portal.domains.organisations.admins import mail_admins
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.stopping import stop_way_in
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.portal_access import PortalAccess

# Of one PIN, and of all of them since the link was sent.
MOST_WRONG_PINS = 5
MOST_WRONG_EVER = 20
UNUSED_FOR = timedelta(days=30)

# Asked for by whoever holds a link, of all links of a firm. Its own people's presses don't count.
PINS_A_DAY_OF_A_FIRM = 200
ALARM_AT = 150

TOO_MANY_PINS = "Three new PINs an hour and six a day are all that can be sent. Wait, or call each other."
FIRM_HAS_ENOUGH = "No more PINs can be sent today. Call your broker, who can give you one."


def is_taken_here(access: PortalAccess, *, known: bool, now: datetime) -> bool:
    """Whether the PIN that was sent may let somebody in from this device, if it is the right one.

    A PIN that nobody has used is good anywhere; afterwards on devices that it let in, for as long as they are used.
    """
    if access.pin_used_at is None:
        return access.pin_sent_at is None or now - access.pin_sent_at < UNUSED_FOR
    return known and now - (access.last_seen_at or access.pin_used_at) < UNUSED_FOR


async def count_wrong(session: WriteSession, access: PortalAccess, people: People) -> bool:
    """A wrong PIN. True when it was the last of all: PIN and link are over, and the broker reads why."""
    access.wrong_pins, access.wrong_pins_ever = access.wrong_pins + 1, access.wrong_pins_ever + 1
    firm, deal, name = access.organisation_id, access.deal_id, people.contact.name
    if access.wrong_pins_ever < MOST_WRONG_EVER:
        if access.wrong_pins == MOST_WRONG_PINS:
            record(session, None, "portal_access:pin_locked", organisation_id=firm, deal_id=deal, contact=name)
        return False
    await stop_way_in(session, access)
    add_system_note(
        session, access.deal_id,
        f"{MOST_WRONG_EVER} wrong PINs were typed for {name}, so link and PIN were stopped. Speak to {people.called}, "
        "then send the link again.",
    )  # fmt: skip
    record(session, None, "portal_access:guessed_out", organisation_id=firm, deal_id=deal, contact=name,
           tries=MOST_WRONG_EVER)  # fmt: skip
    return True


async def count_pin_sent(session: WriteSession, access_id: UUID, organisation_id: UUID, *, by_broker: bool) -> None:
    """Before a PIN leaves, by text or not. Raises Conflict when too many did; admins are told before a firm's end."""
    await count_try(session, f"pin-hour:{access_id}", PINS_AN_HOUR, TOO_MANY_PINS, window=HOUR)
    await count_try(session, f"pin-day:{access_id}", PINS_A_DAY, TOO_MANY_PINS, window=DAY)
    if by_broker:
        return
    sent = await count_try(
        session, f"pins-of:{organisation_id}", PINS_A_DAY_OF_A_FIRM, FIRM_HAS_ENOUGH, window=DAY
    )  # fmt: skip
    if sent == ALARM_AT:
        record(session, None, "portal_access:many_pins", organisation_id=organisation_id, sent=sent,
               most=PINS_A_DAY_OF_A_FIRM)  # fmt: skip
        await _alarm(session, organisation_id, sent)


async def _alarm(session: WriteSession, organisation_id: UUID, sent: int) -> None:
    await mail_admins(
        session,
        organisation_id,
        kind="account.many_pins",
        subject=f"{sent} PINs were asked for in a day",
        paragraphs=[
            f"Your clients, or somebody who holds their links, asked for {sent} new PINs within a day. At "
            f"{PINS_A_DAY_OF_A_FIRM} no more are sent until the day is over. Your own invitations still go.",
            "If that is not your clients, look at who asked in the activity of your deals, and send those clients a "
            "new link.",
        ],
        button="Open the board",
        page="/board",
    )


def used_now(access: PortalAccess) -> None:
    """Somebody came in with the PIN."""
    access.wrong_pins, access.last_seen_at = 0, utc_now()
    access.pin_used_at = access.pin_used_at or access.last_seen_at
