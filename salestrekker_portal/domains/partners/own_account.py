"""What partners do for themselves: switch between firms, and change their own account."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.rows import changed_by, existing
from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.partners.queries import membership_of
from salestrekker_portal.domains.partners.rules import checked_person
from salestrekker_portal.domains.signing_in.sessions import switch_organisation
from salestrekker_portal.domains.signing_in.strangers import came_in
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Country
from salestrekker_portal.tables.partners import Partner, PartnerMembership


async def enter_organisation(session: WriteSession, actor: Actor, organisation_id: UUID) -> None:
    """Look at another of one's firms. Raises NotFound when the partner has no place there."""
    if not actor.is_partner:
        raise NotPermitted("Only partners switch here.")
    membership = await membership_of(session, organisation_id, actor.id)
    if membership.disabled_at is not None:
        raise NotFound("organisation")
    await switch_organisation(session, actor.session_id, organisation_id)
    await came_in(session, Portal.PARTNER, actor.id, organisation_id)
    touch(session, partner_topic(actor.id))


async def greet(session: WriteSession, partner_id: UUID) -> None:
    """Note the first time that a partner came in."""
    fresh = await session.execute(
        update(Partner).where(Partner.id == partner_id, Partner.first_seen_at.is_(None)).values(first_seen_at=utc_now())
    )
    if not changed_by(fresh):
        return
    firms = await session.scalars(
        select(PartnerMembership.organisation_id).where(
            PartnerMembership.partner_id == partner_id,
            PartnerMembership.disabled_at.is_(None),
            # Whom they haven't come in to yet is told when they do.
            PartnerMembership.waits_since.is_(None),
        )
    )
    partner = await existing(session, Partner, partner_id)
    for organisation_id in firms:
        seen = record(session, None, "partner:first_seen", organisation_id=organisation_id, subject_id=partner_id)
        seen.actor_kind, seen.actor_id, seen.actor_name = Portal.PARTNER.value, partner_id, partner.name


def account_form(partner: Partner) -> dict[str, str]:
    """What the form shows of a partner, by its fields."""
    return {
        "first_name": partner.first_name,
        "last_name": partner.last_name,
        "phone": phone_words(partner.phone, partner.country),
        "country": partner.country.value,
    }


async def change_own_account(
    session: WriteSession, actor: Actor, typed: Mapping[str, object], shown: Mapping[str, object] | None = None
) -> Partner:
    """A partner's own name, phone and country; the e-mail is fixed (S4-20).

    Raises NotPermitted, Invalid (by field), Faster for what was changed elsewhere since `shown`.
    """
    if not actor.is_partner:
        raise NotPermitted("Only partners change this account.")
    partner = await existing(session, Partner, actor.id, with_for_update=HOLD, populate_existing=True)
    trail = Trail(kinds=("partner:changed",), subject_id=partner.id)
    typed = await on_top_of(session, actor, trail, shown=shown, now=account_form(partner), typed=typed)
    errors: dict[str, str] = {}
    country = typed.get("country")
    if country not in tuple(Country):
        errors["country"] = "Choose a country from the list."
    facts = checked_person(
        typed.get("first_name"), typed.get("last_name"), typed.get("phone"), "", country=str(country)
    )
    errors |= facts.pop("errors")
    if errors:
        raise Invalid(errors)
    partner.first_name, partner.last_name = facts["first_name"], facts["last_name"]
    partner.phone, partner.country = facts["phone"], Country(str(country))
    return partner
