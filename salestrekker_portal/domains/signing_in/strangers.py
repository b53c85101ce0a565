"""Somebody whom another firm knew first: until they come in, a firm knows of them only what it typed itself.

An account belongs to a person and may serve several firms. Whoever types an e-mail address to see whose it is must
learn nothing of them: neither a name, nor an employer or a number.
"""

from collections.abc import Mapping
from typing import Any, overload
from uuid import UUID

from sqlalchemy import update

from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership


@overload
def as_known(person: Partner, place: PartnerMembership) -> Partner: ...
@overload
def as_known(person: User, place: Membership) -> User: ...
def as_known(person: Partner | User, place: PartnerMembership | Membership) -> Partner | User:
    """The account as this firm may see it: of somebody who hasn't come in yet, a copy that is in no session, with what
    the firm typed."""
    if place.waits_since is None:
        return person
    facts: dict[str, Any] = {"id": person.id, "created_at": place.created_at, "email": person.email, **place.typed}
    if isinstance(person, Partner):
        facts["country"] = person.country
    return type(person)(**facts)


def wait(place: PartnerMembership | Membership, typed: Mapping[str, object]) -> None:
    """Keep what the firm typed, until they come in."""
    place.waits_since, place.typed = utc_now(), dict(typed)


async def came_in(session: WriteSession, portal: Portal, person_id: UUID, organisation_id: UUID) -> bool:
    """They are in, so they agreed: from now on the firm sees their account. True when this was the first time.

    Their next sign-in begins with this firm.
    """
    staff = portal is Portal.BROKER
    place = Membership if staff else PartnerMembership
    owner = Membership.user_id if staff else PartnerMembership.partner_id
    here = (owner == person_id, place.organisation_id == organisation_id)
    await session.execute(update(place).where(*here).values(last_in_at=utc_now()))
    waited = update(place).where(*here, place.waits_since.is_not(None)).values(waits_since=None, typed={})
    changed = await session.execute(waited)
    first = bool(changed_by(changed))
    if first and portal is Portal.PARTNER:
        person = await session.get(Partner, person_id)
        seen = record(session, None, "partner:first_seen", organisation_id=organisation_id, subject_id=person_id)
        seen.actor_kind, seen.actor_id = Portal.PARTNER.value, person_id
        seen.actor_name = person.name if person else ""
    return first
