"""Partners of a firm: adding and inviting them, letting them follow deals, and their own account."""

from uuid import UUID

from sqlalchemy import delete, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.access.own_password import password_link
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.sessions import switch_organisation
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.deals.queries import access_deal, demand
from salestrekker_portal.domains.organisations.models import Country, Organisation, PartnerPortalSettings, User
from salestrekker_portal.domains.outbox.models import Channel
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.domains.partners import messages
from salestrekker_portal.domains.partners.models import DealPartner, Partner, PartnerMembership
from salestrekker_portal.domains.partners.queries import brokers_of, membership_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.text import clean, email_from, phone_from

NAME_LIMIT = 80


async def add_partner(
    session: WriteSession,
    actor: Actor,
    *,
    first_name: object,
    last_name: object,
    email: object,
    phone: object = "",
    firm: object = "",
    assigned_user_id: UUID | None,
) -> Partner:
    """Make somebody a partner of the firm, looked after by one of its brokers, and invite them by e-mail.

    An account that is there already is joined to the firm, and keeps its own name and phone. Raises Invalid,
    Conflict when they are a partner of this firm already.
    """
    demand(actor, Permission.PARTNER_MANAGE)
    facts = _checked_person(first_name, last_name, phone, firm, country=actor.country)
    address = email_from(email)
    errors = facts.pop("errors")
    if address is None:
        errors["email"] = "Enter an e-mail address, for example dev@example.com."
    if assigned_user_id is None:
        errors["assigned"] = "Choose who looks after this partner."
    if errors:
        raise Invalid(errors)
    await _demand_broker(session, actor.organisation_id, assigned_user_id)
    partner = (await session.scalars(select(Partner).where(Partner.email == address))).one_or_none()
    if partner is None:
        partner = Partner(email=address, country=Country(actor.country), **facts)
        session.add(partner)
        await session.flush()
    await _join(session, actor, partner, assigned_user_id)
    record(session, actor, "partner:added", organisation_id=actor.organisation_id, partner=partner.name)
    if await announces_partners(session, actor.organisation_id):
        await _invite(session, actor, partner)
    return partner


async def announces_partners(session: ReadSession, organisation_id: UUID) -> bool:
    """Whether new partners get an e-mail at all (P-04). Sending the invitation again always does."""
    chosen = await session.scalar(
        select(PartnerPortalSettings.tells_partner_added).where(
            PartnerPortalSettings.organisation_id == organisation_id
        )
    )
    return chosen is not False


async def _join(session: WriteSession, actor: Actor, partner: Partner, assigned_user_id: UUID) -> None:
    try:
        membership = await membership_of(session, actor.organisation_id, partner.id)
    except NotFound:
        membership = PartnerMembership(partner_id=partner.id, organisation_id=actor.organisation_id)
    else:
        if membership.disabled_at is None:
            raise Conflict(f"{partner.name} is a partner of yours already.")
    membership.assigned_user_id, membership.disabled_at = assigned_user_id, None
    session.add(membership)
    touch(session, partner_topic(partner.id))


def _checked_person(first: object, last: object, phone: object, firm: object, *, country: str) -> dict:
    """Names, phone and firm as they will be kept; what is wrong stands under `errors`."""
    errors: dict[str, str] = {}
    names = {"first_name": clean(first), "last_name": clean(last)}
    for field, text in names.items():
        if not text:
            errors[field] = f"Enter the {field.replace('_', ' ')}."
        elif len(text) > NAME_LIMIT:
            errors[field] = f"Use at most {NAME_LIMIT} characters. This has {len(text):,}."
    number = phone_from(phone, country=country)
    if number is None and clean(phone):
        errors["phone"] = "Enter a phone number like " + ("09 300 1234." if country == "NZ" else "03 9000 1234.")
    company = clean(firm)
    if len(company) > 120:
        errors["firm"] = f"Use at most 120 characters. This has {len(company):,}."
    return names | {"phone": number, "firm": company, "errors": errors}


async def _demand_broker(session: WriteSession, organisation_id: UUID, user_id: UUID) -> User:
    for user in await brokers_of(session, organisation_id):
        if user.id == user_id:
            return user
    raise Invalid({"assigned": "Choose a broker of your firm."})


async def _invite(session: WriteSession, actor: Actor, partner: Partner) -> None:
    """E-mail only: a link to choose a password, or to sign in when they have one."""
    organisation = await session.get(Organisation, actor.organisation_id)
    has_password = partner.password_hash is not None
    if has_password:
        link = f"{settings().public_origin}/partner/sign-in"
    else:
        link = await password_link(session, Portal.PARTNER, partner.id)
    invited = record(session, actor, "partner:invited", organisation_id=organisation.id, partner=partner.name)
    content = messages.invitation(
        firm=organisation.name,
        broker=actor.name,
        first_name=partner.first_name,
        link=link,
        has_password=has_password,
    )
    _send(session, organisation.id, "partner.invitation", partner, invited.id, content)


def _send(
    session: WriteSession, organisation_id: UUID, kind: str, to: Partner, cause: UUID, content: Content, **more
) -> None:
    enqueue(
        session,
        organisation_id=organisation_id,
        kind=kind,
        channel=Channel.EMAIL,
        recipient=to.email,
        recipient_name=to.name,
        cause=cause,
        content=content,
        **more,
    )


async def resend_invitation(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """A fresh link; the earlier one stops working. Raises NotFound, NotPermitted, Conflict when disabled."""
    partner, membership = await _manage(session, actor, partner_id)
    if membership.disabled_at is not None:
        raise Conflict(f"{partner.name} is switched off. Switch them on first.")
    await _invite(session, actor, partner)


async def _manage(session: WriteSession, actor: Actor, partner_id: UUID) -> tuple[Partner, PartnerMembership]:
    demand(actor, Permission.PARTNER_MANAGE)
    membership = await membership_of(session, actor.organisation_id, partner_id)
    return await session.get(Partner, partner_id), membership


async def assign_partner(session: WriteSession, actor: Actor, partner_id: UUID, user_id: UUID) -> None:
    """Choose the broker who looks after a partner."""
    partner, membership = await _manage(session, actor, partner_id)
    user = await _demand_broker(session, actor.organisation_id, user_id)
    membership.assigned_user_id = user.id
    organisation_id = actor.organisation_id
    record(session, actor, "partner:assigned", organisation_id=organisation_id, partner=partner.name, to=user.name)


async def disable_partner(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """End a partner's access to this firm at once; their other firms are not touched."""
    partner, membership = await _manage(session, actor, partner_id)
    membership.disabled_at = membership.disabled_at or utc_now()
    record(session, actor, "partner:disabled", organisation_id=actor.organisation_id, partner=partner.name)
    touch(session, partner_topic(partner.id))


async def enable_partner(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """Let a partner in again, with the deals that they had."""
    partner, membership = await _manage(session, actor, partner_id)
    membership.disabled_at = None
    record(session, actor, "partner:enabled", organisation_id=actor.organisation_id, partner=partner.name)


async def share_deal_with_partner(session: WriteSession, actor: Actor, deal_id: UUID, partner_id: UUID) -> None:
    """Put a deal on a partner's board and tell them. Sharing twice changes nothing.

    Raises NotFound, NotPermitted, Conflict when the partner is switched off.
    """
    deal = await access_deal(session, actor, deal_id, Permission.PARTNER_MANAGE)
    partner, membership = await _manage(session, actor, partner_id)
    if membership.disabled_at is not None:
        raise Conflict(f"{partner.name} is switched off. Switch them on under Partners first.")
    if await session.get(DealPartner, (deal.id, partner.id)) is not None:
        return
    session.add(DealPartner(deal_id=deal.id, partner_id=partner.id, shared_at=utc_now()))
    record(
        session,
        actor,
        "partner:shared",
        organisation_id=deal.organisation_id,
        deal_id=deal.id,
        subject_id=partner.id,
        partner=partner.name,
    )
    touch(session, partner_topic(partner.id))


async def stop_sharing_deal(session: WriteSession, actor: Actor, deal_id: UUID, partner_id: UUID) -> None:
    """Take a deal off a partner's board, at once. What they wrote stays with the deal."""
    deal = await access_deal(session, actor, deal_id, Permission.PARTNER_MANAGE)
    partner, _ = await _manage(session, actor, partner_id)
    gone = await session.execute(
        delete(DealPartner).where(DealPartner.deal_id == deal.id, DealPartner.partner_id == partner.id)
    )
    if gone.rowcount:
        organisation_id = deal.organisation_id
        record(
            session, actor, "partner:unshared", organisation_id=organisation_id, deal_id=deal.id,
            partner=partner.name,
        )  # fmt: skip
        touch(session, partner_topic(partner.id))


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
    partner = await session.get(Partner, partner_id)
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
    facts = _checked_person(first_name, last_name, phone, "", country=str(country))
    errors |= facts.pop("errors")
    if errors:
        raise Invalid(errors)
    partner = await session.get(Partner, actor.id)
    partner.first_name, partner.last_name = facts["first_name"], facts["last_name"]
    partner.phone, partner.country = facts["phone"], Country(country)
    return partner
