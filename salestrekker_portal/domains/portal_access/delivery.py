"""Links and PINs: made, kept as hashes, and handed to the outbox."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.throttles import DAY, LINKS_A_DAY, LINKS_SENT_PER_ACCESS, count_try
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.notices.texts import INVITATION, PIN
from salestrekker_portal.domains.notices.wording import Wording
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import messages
from salestrekker_portal.domains.portal_access.client_words import stored_for_owner, words_of
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.portal_access.pins import count_pin_sent
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.kernel.text import takes_texts
from salestrekker_portal.kernel.tokens import derived_key, new_pin, new_token, pin_hash, same, seal, token_hash, unseal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink

# A text takes some seconds; whoever asks twice in between would get two PINs, of which the first is dead.
PIN_COOL_DOWN = timedelta(seconds=60)
PIN_ON_ITS_WAY = "A PIN was sent a moment ago and is on its way, so no second one went out."
LINK_PURPOSE = "portal-link"


async def send_link(session: WriteSession, access: PortalAccess, people: People) -> None:
    """A fresh link; the earlier ones say that they were replaced."""
    await session.execute(
        update(PortalLink)
        .where(PortalLink.access_id == access.id, PortalLink.replaced_at.is_(None))
        .values(replaced_at=utc_now())
    )
    access.invited_email, access.wrong_pins_ever = people.email, 0
    token = new_token()
    link = PortalLink(
        access_id=access.id,
        token_hash=token_hash(token),
        # Sealed as well as hashed: the same link is sent again with notices, and a hash can't be turned back.
        token_sealed=seal(token, secret=settings().secret, purpose=LINK_PURPOSE),
    )
    session.add(link)
    words = await own_words(session, people, INVITATION)
    if people.email is None:
        raise Conflict("Enter their e-mail address first.")
    outbox.enqueue(
        session,
        organisation_id=access.organisation_id,
        kind="portal.invitation",
        channel=Channel.EMAIL,
        recipient=people.email,
        recipient_name=people.contact.name,
        # Each link is a message of its own, and leaves once.
        cause=link.id,
        content=messages.invitation(people, messages.link_address(token), words),
        deal_id=access.deal_id,
        access_id=access.id,
    )


def token_of(link: PortalLink) -> str:
    return unseal(link.token_sealed, secret=settings().secrets, purpose=LINK_PURPOSE)


def _fresh_pin(access: PortalAccess) -> str:
    """A new PIN, known to nobody but the message that carries it; the old one stops working."""
    pin = new_pin()
    access.pin_hash = hash_of_pin(access.id, pin)
    # Tries are counted for a PIN, not for a person: with a new one they begin again.
    access.pin_sent_at, access.pin_used_at, access.wrong_pins = utc_now(), None, 0
    return pin


def hash_of_pin(access_id: UUID, pin: str) -> str:
    # Six digits can all be tried against a plain hash. The key is not in the database, and the access is mixed in, so
    # that equal PINs look different.
    return _hash_under(settings().secret, access_id, pin)


def _hash_under(secret: str, access_id: UUID, pin: str) -> str:
    return pin_hash(pin, key=derived_key(secret, "pin"), bound_to=str(access_id))


def is_pin(access: PortalAccess, typed: str) -> bool:
    """Whether this is the PIN of the access, sent under the secret or one before it. An empty hash means stopped."""
    if not access.pin_hash:
        return False
    # All of them, so that a near miss takes as long as a far one.
    tried = [same(_hash_under(secret, access.id, typed), access.pin_hash) for secret in settings().secrets]
    return any(tried)


async def owner_has_pin(session: ReadSession, access_id: UUID) -> bool:
    """Whether the PIN that works went to the deal's owner, who reads it out, and not to the client's mobile."""
    kinds = ("portal.pin", "portal.pin_for_owner")
    newest = (
        select(OutboxMessage.kind)
        .where(OutboxMessage.access_id == access_id, OutboxMessage.kind.in_(kinds))
        # Two in one instant: the id has the time in it too, and decides.
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
        .limit(1)
    )
    return await session.scalar(newest) == "portal.pin_for_owner"


async def own_words(session: ReadSession, people: People, key: str) -> Wording:
    """The words that apply to this deal: its owner's, the firm's, or ours."""
    return words_of(await stored_for_owner(session, people), key)


async def send_pin(session: WriteSession, access: PortalAccess, people: People, words: Wording | None = None) -> None:
    """A new PIN by SMS. From now on this mobile is the one that was invited."""
    if people.mobile is None:
        raise Conflict("Enter their mobile first.")
    access.invited_mobile = people.mobile
    words = words or await own_words(session, people, PIN)
    content = messages.pin_sms(people, _fresh_pin(access), words)
    outbox.enqueue(
        session,
        organisation_id=access.organisation_id,
        kind="portal.pin",
        channel=Channel.SMS,
        recipient=people.mobile,
        recipient_name=people.contact.name,
        cause=new_id(),
        content=content,
        deal_id=access.deal_id,
        access_id=access.id,
        credits_held=sms_size(content.paragraphs[0]).segments,
    )


def pin_to_owner(session: WriteSession, access: PortalAccess, people: People, why: str) -> None:
    outbox.enqueue(
        session,
        organisation_id=access.organisation_id,
        kind="portal.pin_for_owner",
        channel=Channel.EMAIL,
        recipient=people.owner.email,
        recipient_name=people.owner.name,
        cause=new_id(),
        content=messages.pin_for_owner(people, _fresh_pin(access), why),
        deal_id=access.deal_id,
        access_id=access.id,
    )


async def count_link_sent(session: WriteSession, access_id: UUID, sentence: str) -> None:
    """Before the link that works is e-mailed once more. Raises Conflict(sentence) when it was often enough."""
    await count_try(session, f"link:{access_id}", LINKS_SENT_PER_ACCESS, sentence)
    await count_try(session, f"link-day:{access_id}", LINKS_A_DAY, sentence, window=DAY)


def pin_wait_seconds(access: PortalAccess) -> int:
    """Seconds until a new PIN may be asked for; 0 means now."""
    if access.pin_sent_at is None:
        return 0
    # Floor division of a negative number rounds away from zero: “in 1 second” until it really is over.
    return max(0, -int((utc_now() - access.pin_sent_at - PIN_COOL_DOWN).total_seconds() // 1))


def link_may_go(access: PortalAccess, address: str | None) -> bool:
    """Whether the link that works may be sent there: only to the address that was invited."""
    return access.revoked_at is None and address is not None and address == access.invited_email


async def demand_no_pin_on_its_way(session: ReadSession, access: PortalAccess) -> None:
    """Raises AlreadyDone when a PIN left a moment ago: another would stop it before it arrives."""
    kinds = ("portal.pin", "portal.pin_for_owner")
    if access.pin_hash and await outbox.just_sent(
        session, *kinds, organisation_id=access.organisation_id, access_id=access.id
    ):
        raise AlreadyDone(PIN_ON_ITS_WAY)


async def renew_pin(session: WriteSession, access: PortalAccess, people: People, *, by_broker: bool = False) -> bool:
    """A new PIN by SMS, or to the owner by e-mail where no SMS can go. True when it went by SMS.

    Only a broker who may share (`by_broker`) can send it to another mobile than the one that was invited. Raises
    AlreadyDone when one left a moment ago, and Conflict during the cool-down and when too many were asked for.
    """
    await demand_no_pin_on_its_way(session, access)
    wait = pin_wait_seconds(access)
    if wait:
        raise Conflict(f"A new PIN can go out in {wait} seconds.")
    await count_pin_sent(session, access.id, access.organisation_id, by_broker=by_broker)
    # The firm is held for its credits: two PINs at once must not both spend the last one.
    organisation = await existing(
        session, Organisation, access.organisation_id, with_for_update=HOLD, populate_existing=True
    )
    # Carriers drop a text from a number to itself, which the owner's own mobile would be.
    can_text = organisation.sms_enabled and takes_texts(people.mobile) and people.mobile != people.owner.mobile
    can_text = can_text and (by_broker or people.mobile == access.invited_mobile)
    # Who said STOP said it for their own number.
    can_text = can_text and (people.contact.sms_opted_out_at is None or people.mobile != people.contact.mobile)
    if can_text:
        words = await own_words(session, people, PIN)
        if await billing.balance(session, organisation.id) >= messages.pin_price(people, words):
            await send_pin(session, access, people, words)
            return True
    pin_to_owner(session, access, people, "We could not send an SMS.")
    return False


async def pin_stays_with_owner(session: WriteSession, access: PortalAccess, people: People) -> bool:
    """Whether the deal's owner reads the PIN out that works after a resend; one that was stopped is renewed first."""
    if access.pin_hash:
        return await owner_has_pin(session, access.id)
    return not await renew_pin(session, access, people, by_broker=True)
