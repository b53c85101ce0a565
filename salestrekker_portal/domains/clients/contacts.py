"""Adding and changing the people and companies that a brokerage knows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.contacts.rules import ContactFacts, checked_contact
from salestrekker_portal.domains.contacts.zones import checked_zone
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal, DealApplicant


async def add_contact(session: WriteSession, actor: Actor, **typed: Any) -> Contact:
    """A new contact from what was typed (see `checked_contact`). Raises Invalid, NotPermitted."""
    demand(actor, Permission.CONTACT_WRITE)
    facts = checked_contact(**typed, country=actor.country)
    contact = contact_from(facts, actor.organisation_id)
    session.add(contact)
    await session.flush()
    return contact


def contact_from(facts: ContactFacts, organisation_id: UUID) -> Contact:
    """The row of a checked contact, not yet in a session."""
    kind = ContactKind.COMPANY if facts.company_name else ContactKind.PERSON
    return Contact(
        organisation_id=organisation_id,
        kind=kind,
        first_name=facts.first_name,
        last_name=facts.last_name,
        company_name=facts.company_name,
        email=facts.email,
        mobile=facts.mobile,
    )


# What the small form of a contact on their deal has.
CONTACT_FIELDS = ("first_name", "last_name", "mobile", "email", "time_zone")


def contact_form(contact: Contact, country: str) -> dict[str, str]:
    """What the small form shows of a contact, by its fields."""
    return {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "email": contact.email or "",
        "mobile": phone_words(contact.mobile, country),
        "time_zone": contact.time_zone or "",
    }


async def change_contact(
    session: WriteSession,
    actor: Actor,
    contact_id: UUID,
    shown: Mapping[str, object] | None = None,
    **typed: Any,
) -> Contact:
    """Change what was typed and leave the rest. Raises NotFound, NotPermitted, Invalid, and Faster for fields that
    somebody else changed since `shown`.

    Every open deal of the contact shows the change, and its timeline says which fields changed, without values.
    Another e-mail or mobile stops the link and the PIN of a client who is invited already, tells their old address,
    and needs the right to share.
    """
    await hold_deals(session, select(DealApplicant.deal_id).where(DealApplicant.contact_id == contact_id))
    contact = await access_contact(session, actor, contact_id, Permission.CONTACT_WRITE)
    await session.refresh(contact, with_for_update=HOLD)
    trail, now = Trail(kinds=("contact:changed",), subject_id=contact.id), contact_form(contact, actor.country)
    typed = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    kept: dict[str, Any] = {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "company_name": contact.company_name,
        "email": contact.email or "",
        "mobile": contact.mobile or "",
    }
    zone = checked_zone(typed.pop("time_zone", contact.time_zone or ""))
    facts = checked_contact(**(kept | typed), country=actor.country)
    moved, contact.time_zone = zone != contact.time_zone, zone
    changed = [name for name in kept if (getattr(contact, name) or "") != (getattr(facts, name) or "")]
    if {"email", "mobile"} & set(changed):
        from salestrekker_portal.domains.portal_access.stopping import stop_ways_in

        await stop_ways_in(session, actor, contact, email=facts.email, mobile=facts.mobile)
    for name in changed:
        setattr(contact, name, getattr(facts, name))
    if changed or moved:
        await session.flush()
        await _tell_deals(session, actor, contact, [*changed, *(["time_zone"] if moved else [])])
    return contact


async def _tell_deals(session: WriteSession, actor: Actor, contact: Contact, changed: list[str]) -> None:
    from salestrekker_portal.domains.deals.figures import lines_touched

    deals = await session.scalars(
        select(Deal).join(DealApplicant, DealApplicant.deal_id == Deal.id).where(DealApplicant.contact_id == contact.id)
    )
    renamed = {"first_name", "last_name", "company_name"} & set(changed)
    for deal in list(deals):
        record(
            session,
            actor,
            "contact:changed",
            organisation_id=deal.organisation_id,
            deal_id=deal.id,
            subject_id=contact.id,
            contact=contact.name,
            fields=", ".join(changed),
        )
        if renamed:
            lines_touched(session, deal.id, clients=True)


async def mark_sms_opted_out(session: WriteSession, organisation_id: UUID, mobile: str) -> None:
    """Whoever holds this mobile answered STOP. Their PINs go to the broker from now on, who reads them out."""
    await session.execute(
        update(Contact)
        .where(Contact.organisation_id == organisation_id, Contact.mobile == mobile, Contact.sms_opted_out_at.is_(None))
        .values(sms_opted_out_at=utc_now())
    )
