"""Where a contact is by the clock, and how we know: chosen by the team, or guessed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.zones import zone_of_phone, zone_of_state
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.fact_find import Answer

# The question where they live now, whose answer is a state of Australia.
HOME_STATE = "current_state"
CHOSEN, BY_ADDRESS, BY_NUMBER, LIKE_THE_FIRM = "chosen", "from their address", "from their number", "as the firm’s"


def checked_zone(typed: object) -> str | None:
    """A zone of the list; None for "", which means to guess. Raises Invalid (`time_zone`)."""
    if typed == "":
        return None
    if not isinstance(typed, str) or typed not in dict(TIME_ZONES):
        raise Invalid({"time_zone": "Choose a time zone from the list."})
    return typed


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """`zone` is an IANA name; `because` says how we know, in words that follow it."""

    zone: str
    because: str


async def whereabouts(
    session: ReadSession, contact: Contact, deal_id: UUID, *, firm: str, mobile: str | None = None
) -> Whereabouts:
    """What was chosen; else the state where they live, by this deal's fact find; else their number's, or the firm's.

    `firm` is the firm's zone; `mobile` the number that a text goes to, where it isn't the contact's.
    """
    if contact.time_zone:
        return Whereabouts(zone=contact.time_zone, because=CHOSEN)
    return await _guess(session, contact, deal_id, firm=firm, mobile=mobile)


async def _guess(
    session: ReadSession, contact: Contact, deal_id: UUID, *, firm: str, mobile: str | None
) -> Whereabouts:
    state = select(Answer.raw).where(
        Answer.deal_id == deal_id, Answer.subject_id == contact.id, Answer.field_key == HOME_STATE, Answer.raw != ""
    )
    said = await session.scalar(state.order_by(Answer.answered_at.desc()).limit(1))
    by_address = zone_of_state(said or "")
    if by_address:
        return Whereabouts(zone=by_address, because=BY_ADDRESS)
    by_number = zone_of_phone(mobile or contact.mobile, firm)
    if by_number and by_number != firm:
        return Whereabouts(zone=by_number, because=BY_NUMBER)
    return Whereabouts(zone=firm, because=LIKE_THE_FIRM)


async def guessed_zone(session: ReadSession, actor: Actor, deal_id: UUID, contact_id: UUID) -> Whereabouts:
    """What we take for the zone of a contact of this deal while nobody chose one. Raises NotFound, NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.CONTACT_WRITE)
    people = {contact.id: contact for _, contact in await applicants_of(session, deal.id)}
    if contact_id not in people:
        raise NotFound("contact")
    return await _guess(session, people[contact_id], deal.id, firm=actor.time_zone, mobile=None)
