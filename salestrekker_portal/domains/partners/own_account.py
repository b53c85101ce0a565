"""What partners do for themselves: switch between firms, and change their own account."""

from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.access.sessions import switch_organisation
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.organisations.models import Country
from salestrekker_portal.domains.partners.models import Partner, PartnerMembership
from salestrekker_portal.domains.partners.queries import membership_of
from salestrekker_portal.domains.partners.rules import checked_person
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted


async def enter_organisation(session: WriteSession, actor: Actor, organisation_id: UUID) -> None:
    """Look at another of one's firms. Raises NotFound when the partner has no place there."""
    if not actor.is_partner:
        raise NotPermitted("Only partners switch here.")
    membership = await membership_of(session, organisation_id, actor.id)
    if membership.disabled_at is not None:
        raise NotFound("organisation")
    await switch_organisation(session, actor.session_id, organisation_id)
    touch(session, partner_topic(actor.id))


async def greet(session: WriteSession, partner_id: UUID) -> None:
    """Note the first time that a partner came in."""
    fresh = await session.execute(
        update(Partner).where(Partner.id == partner_id, Partner.first_seen_at.is_(None)).values(first_seen_at=utc_now())
    )
    if not fresh.rowcount:
        return
    firms = await session.scalars(
        select(PartnerMembership.organisation_id).where(
            PartnerMembership.partner_id == partner_id, PartnerMembership.disabled_at.is_(None)
        )
    )
    partner = await existing(session, Partner, partner_id)
    for organisation_id in firms:
        seen = record(session, None, "partner:first_seen", organisation_id=organisation_id, subject_id=partner_id)
        seen.actor_kind, seen.actor_id, seen.actor_name = Portal.PARTNER.value, partner_id, partner.name


async def change_own_account(
    session: WriteSession, actor: Actor, *, first_name: object, last_name: object, phone: object, country: object
) -> Partner:
    """A partner's own name, phone and country; the e-mail is fixed (S4-20). Raises Invalid."""
    if not actor.is_partner:
        raise NotPermitted("Only partners change this account.")
    errors: dict[str, str] = {}
    if country not in tuple(Country):
        errors["country"] = "Choose a country from the list."
    facts = checked_person(first_name, last_name, phone, "", country=str(country))
    errors |= facts.pop("errors")
    if errors:
        raise Invalid(errors)
    partner = await existing(session, Partner, actor.id)
    partner.first_name, partner.last_name = facts["first_name"], facts["last_name"]
    partner.phone, partner.country = facts["phone"], Country(country)
    return partner
