"""Several applications of one client: moving from one to another without a second PIN (L08).

Whoever has passed the PIN of one application has proved to be that contact of the firm. Another one opens from
there only while the very same contact has a live way into it, and unless its own PIN was locked by wrong tries.
A person with the same name, e-mail or mobile is somebody else.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.portal_access import entry, queries
from salestrekker_portal.domains.portal_access.home import BESIDE_THE_LOAN
from salestrekker_portal.domains.portal_access.pins import MOST_WRONG_PINS
from salestrekker_portal.domains.signing_in.sessions import Span, end_for_another
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.portal_access import PortalAccess

PIN_LOCKED = (
    "Somebody typed five wrong PINs for that application, so it opens only from its own link. Open it, and ask for a "
    "new PIN there."
)


@dataclass(frozen=True, kw_only=True)
class Application:
    """Another application of the same client, in what they may know of it. Deals' own names are the team's."""

    access_id: UUID
    reference: str
    broker: str
    loan_kind: str
    role: ApplicantRole
    with_whom: tuple[str, ...]  # the others whose loan it is


async def other_applications(session: ReadSession, actor: Actor) -> list[Application]:
    """Those that a signed-in client can move to, the newest first. One statement."""
    if actor.is_preview:
        return []
    rows = await session.execute(
        _theirs(actor)
        .join(User, User.id == Deal.owner_id)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .join(Contact, Contact.id == DealApplicant.contact_id)
        .add_columns(User, Contact, DealApplicant.role)
        .order_by(PortalAccess.created_at.desc(), DealApplicant.position)
    )
    found: dict[UUID, Application] = {}
    for access, deal, owner, person, role in rows:
        own, kept = person.id == actor.id, found.get(access.id)
        first = () if own or role in BESIDE_THE_LOAN else (person.called,)
        found[access.id] = Application(
            access_id=access.id,
            reference=deal.reference,
            broker=owner.name,
            loan_kind=deal.loan_kind,
            role=role if own or kept is None else kept.role,
            with_whom=(*(kept.with_whom if kept else ()), *first),
        )
    return list(found.values())


async def switch_application(session: WriteSession, actor: Actor, access_id: UUID) -> tuple[PortalAccess, Span]:
    """Come into another application of the same client; the session that they are in ends.

    Nothing is proved by that, so the next session begins and ends when this one would (`Span`): otherwise going back
    and forth would keep one open for ever, and make one from before a changed address look new. Raises NotFound for
    everything that is not theirs, and where the session is over; Conflict where the PIN is locked.
    """
    row = (await session.execute(_theirs(actor).where(PortalAccess.id == access_id))).one_or_none()
    # A member of staff who previews one application has proved nothing about the other.
    if row is None or actor.is_preview:
        raise NotFound("application")
    access, deal = row
    if access.wrong_pins >= MOST_WRONG_PINS:
        raise Conflict(PIN_LOCKED)
    # One application at a time, see docs/decisions.md: two would mix two files up in one browser.
    span = await end_for_another(session, actor)
    if span is None:
        raise NotFound("application")
    await entry.came_in(session, access, await queries.people_of(session, deal, access.contact_id))
    return access, span


def _theirs(actor: Actor) -> Select[PortalAccess, Deal]:
    return (
        select(PortalAccess, Deal)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .where(
            PortalAccess.contact_id == actor.id,
            PortalAccess.organisation_id == actor.organisation_id,
            PortalAccess.id != actor.access_id,
            PortalAccess.revoked_at.is_(None),
            Deal.archived_at.is_(None),
        )
    )
