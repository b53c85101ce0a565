"""A client who lost their link asks for it again with their e-mail or mobile, and learns nothing else by asking.

What is asked is written down, whoever asks, and the worker answers: neither words nor the time that they take tell
a client from a stranger. The answer is the link that works, not a fresh one: a link that was sent a minute ago stays
good, and asking twice gives the same one twice. It goes by e-mail to the address that was invited, also when somebody
asked with a mobile number: the PIN goes to that mobile, and the two halves of a way in never travel together.
"""

import json
import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession, reading, transaction
from salestrekker_portal.database.waking import LOST_LINKS, wake_after
from salestrekker_portal.domains.access.throttles import (
    LINKS_SENT_PER_ACCESS,
    LOST_LINKS_PER_ADDRESS,
    count_try,
    neighbourhood,
)
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.portal_access import delivery, messages, queries
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.lost_link_words import WayIn, lost_link
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import email_from, mobile_from
from salestrekker_portal.kernel.tokens import seal, token_hash, unseal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import LostLink, PortalAccess

log = logging.getLogger(__name__)

ASK_AGAIN = timedelta(seconds=60)
COUNTRIES = ("AU", "NZ")
# A round is short, so that a stop of the worker waits for little.
AT_ONCE = 20
PUT_OFF = timedelta(hours=1)
# Nobody waits for an answer any longer, and who asked is not kept for ever.
GIVEN_UP = timedelta(days=1)
MOST_SENT = 20
MOST_LETTERS = 254
SPELT_WRONG = "Enter an e-mail address or a mobile number, for example sam@example.com or 0491 570 006."
TOO_LONG = "That is too long for an e-mail address or a mobile number. Enter only one of them."
TOO_MANY = "Too many links were asked for from here. Wait 15 minutes, or call your broker."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody says they are known by: an e-mail, or one mobile as each of our countries reads it."""

    email: str = ""
    mobiles: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for every spelling of it, and readable for nobody."""
        return token_hash(f"lost-link:{self.email or self.mobiles[0]}")


def asked_from(typed: object) -> Asked:
    """From what was typed. Raises Invalid (`who`)."""
    if isinstance(typed, str) and len(typed.strip()) > MOST_LETTERS:
        raise Invalid({"who": TOO_LONG})
    email = email_from(typed)
    if email:
        return Asked(email=email)
    # Nobody says from which country they ask: 021 … is a mobile in one and not in the other, so each reading is
    # tried.
    mobiles = dict.fromkeys(mobile_from(typed, country=country) for country in COUNTRIES)
    found = tuple(mobile for mobile in mobiles if mobile)
    if not found:
        raise Invalid({"who": SPELT_WRONG})
    return Asked(mobiles=found)


async def ask_for_lost_link(session: WriteSession, typed: object, *, address: str) -> None:
    """Write down that somebody asks. The same statements for everybody, and nothing is looked up.

    Raises Invalid (`who`), and Conflict when too much was asked from one `address`. Too often for one recipient is
    told to nobody: they would learn that somebody else asked.
    """
    asked = asked_from(typed)
    here = f"lost-link-from:{neighbourhood(address)}"
    await count_try(session, here, LOST_LINKS_PER_ADDRESS, TOO_MANY, survives=True)
    try:
        await count_try(session, f"lost-link:{asked.key}", LINKS_SENT_PER_ACCESS, "")
    except Conflict:
        return
    # Whose e-mail it is that somebody typed is nobody's business, and a stranger's may be among them.
    sealed = seal(json.dumps([asked.email, asked.mobiles]), secret=settings().secret, purpose="lost-link")
    session.add(LostLink(asked=sealed, due_at=utc_now()))
    wake_after(session, LOST_LINKS)


async def answer_lost_links() -> int:
    """One round of the worker: answer what is due. Returns how many were looked at."""
    async with reading() as session:
        due = select(LostLink.id).where(LostLink.due_at <= utc_now()).order_by(LostLink.due_at).limit(AT_ONCE)
        ids = list(await session.scalars(due))
    for key in ids:
        try:
            async with transaction() as session:
                await _answer(session, key)
        except Exception:
            log.exception("a lost link could not be answered")
            async with transaction() as session:
                await _put_off(session, key)
    return len(ids)


async def _put_off(session: WriteSession, key: UUID) -> None:
    now = utc_now()
    await session.execute(delete(LostLink).where(LostLink.id == key, LostLink.created_at < now - GIVEN_UP))
    await session.execute(update(LostLink).where(LostLink.id == key).values(due_at=now + PUT_OFF))


async def _answer(session: WriteSession, key: UUID) -> None:
    # Two workers may have read the same list; the second passes it by.
    mine = select(LostLink).where(LostLink.id == key).with_for_update(skip_locked=True, key_share=True)
    row = (await session.scalars(mine)).one_or_none()
    if row is None:
        return
    email, mobiles = json.loads(unseal(row.asked, secret=settings().secrets, purpose="lost-link"))
    found = await _ways_in(session, Asked(email=email, mobiles=tuple(mobiles)))
    for ways in found.values():
        _send(session, ways)
    # Who asked is kept no longer than it takes to answer.
    await session.delete(row)


async def _ways_in(session: WriteSession, asked: Asked) -> dict[tuple[UUID, str], list[WayIn]]:
    """The live ways in that this e-mail or mobile was invited to, by firm and by the address that was invited."""
    same = PortalAccess.invited_email == asked.email if asked.email else PortalAccess.invited_mobile.in_(asked.mobiles)
    rows = await session.execute(
        select(PortalAccess, Deal)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .where(same, PortalAccess.revoked_at.is_(None), Deal.archived_at.is_(None))
        .order_by(PortalAccess.created_at.desc(), PortalAccess.id)
        .limit(MOST_SENT)
    )
    found: dict[tuple[UUID, str], list[WayIn]] = defaultdict(list)
    for access, deal in rows.all():
        way = await _way_in(session, access, deal, asked)
        if way is not None:
            found[access.organisation_id, way.email].append(way)
    return found


async def _way_in(session: WriteSession, access: PortalAccess, deal: Deal, asked: Asked) -> WayIn | None:
    people = await _people(session, access, deal)
    # What was changed since belongs to somebody else, maybe.
    email = people.email if people else None
    is_known = people is not None and email is not None and delivery.link_may_go(access, email)
    # Asked by a number that is the contact's no longer: whoever has it now is somebody else.
    if asked.mobiles and people is not None and people.mobile != access.invited_mobile:
        is_known = False
    link = await queries.live_link(session, access.id) if is_known else None
    try:
        await delivery.count_link_sent(session, access.id, "")
    except Conflict:
        return None  # enough was sent, or told
    if people is None or email is None or link is None:
        await _tell_broker(session, access)
        return None
    people = replace(people, pin_with_owner=await delivery.owner_has_pin(session, access.id))
    return WayIn(access=access, people=people, email=email, link=messages.link_address(delivery.token_of(link)))


async def _tell_broker(session: WriteSession, access: PortalAccess) -> None:
    """Somebody who may be this client waits for a link that can't go: only their broker can help now."""
    contact = await session.get(Contact, access.contact_id)
    record(session, None, "portal_access:link_not_sent", organisation_id=access.organisation_id,
           deal_id=access.deal_id, contact=contact.name if contact else "the client")  # fmt: skip


async def _people(session: ReadSession, access: PortalAccess, deal: Deal) -> People | None:
    try:
        return through(await queries.people_of(session, deal, access.contact_id), access)
    except NotFound:
        return None


def _send(session: WriteSession, ways: list[WayIn]) -> None:
    """One message, with the link of each."""
    newest = ways[0]
    outbox.enqueue(
        session,
        organisation_id=newest.access.organisation_id,
        kind="portal.lost_link",
        channel=Channel.EMAIL,
        recipient=newest.email,
        recipient_name=newest.people.contact.name,
        cause=new_id(),
        content=lost_link(ways),
        deal_id=newest.access.deal_id,
        access_id=newest.access.id,
    )
    for way in ways:
        record(session, None, "portal_access:link_asked", organisation_id=way.access.organisation_id,
               deal_id=way.access.deal_id, contact=way.people.contact.name)  # fmt: skip
