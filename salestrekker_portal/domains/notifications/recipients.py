"""The people behind a notice: who they are now, what they want, and what a message to them needs.

Looked up when the message is about to leave, so that what changed in between counts.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.contacts.zones import whereabouts
from salestrekker_portal.domains.deals.partners_see import least_of
from salestrekker_portal.domains.notices.catalogue import Event, Ways
from salestrekker_portal.domains.notices.rules import Firm, Person, wanted_ways
from salestrekker_portal.domains.notices.words import partner_path
from salestrekker_portal.domains.notifications.audience import is_gone
from salestrekker_portal.domains.notifications.client_preferences import ESSENTIAL, muted_ways, preference_for
from salestrekker_portal.domains.notifications.values import values_of_firm, values_to_partners
from salestrekker_portal.domains.partners.preferences import firm_allows
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.client_words import stored_for
from salestrekker_portal.domains.portal_access.delivery import link_may_go, token_of
from salestrekker_portal.domains.portal_access.messages import link_address
from salestrekker_portal.domains.portal_access.queries import live_link, people_of, settings_for
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import takes_texts
from salestrekker_portal.kernel.zones import zone_of_phone
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.notifications import Audience, PartnerPreference, UserDelivery, UserPreference
from salestrekker_portal.tables.organisations import Membership, Organisation, PartnerPortalSettings, User
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody to be told. `values` fill the texts, `kept` are the firm's own texts for this event."""

    id: UUID
    person: Person
    firm: Firm
    wanted: Ways
    firm_name: str
    sender: str
    reply_to: str = ""
    link: str = ""
    access_id: UUID | None = None
    daily_summary: bool = False
    # Where they are by the clock: no text wakes them.
    zone: str = "UTC"
    values: dict[str, str] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)


async def recipient_of(
    session: ReadSession, event: Event, organisation: Organisation, deal: Deal | None, recipient_id: UUID
) -> Recipient | None:
    """Who this is now; None when there is no such person any more."""
    if event.audience is Audience.STAFF:
        return await _staff(session, event, organisation, recipient_id)
    if deal is None:
        return None
    if event.audience is Audience.CLIENT:
        return await _client(session, event, organisation, deal, recipient_id)
    return await _partner(session, event, organisation, deal, recipient_id)


async def _firm(session: ReadSession, organisation: Organisation, wanted: Ways, **facts: bool) -> Firm:
    credits = await billing.balance(session, organisation.id) if wanted.sms and organisation.sms_enabled else 0
    return Firm(sms_enabled=organisation.sms_enabled, credits=credits, **facts)


async def came_back(session: ReadSession, address: str | None) -> bool:
    """Whether the last e-mail to this address that anything was heard of was turned away."""
    if not address:
        return False
    last = await session.scalar(
        select(OutboxMessage.status)
        .where(
            OutboxMessage.recipient == address,
            OutboxMessage.status.in_((Delivery.BOUNCED, Delivery.DELIVERED)),
            OutboxMessage.channel == Channel.EMAIL,
        )
        .order_by(OutboxMessage.reported_at.desc(), OutboxMessage.created_at.desc())
        .limit(1)
    )
    return last is Delivery.BOUNCED


async def _staff(session: ReadSession, event: Event, organisation: Organisation, user_id: UUID) -> Recipient | None:
    row = (
        await session.execute(
            select(User, UserPreference, UserDelivery)
            .join(Membership, Membership.user_id == User.id)
            .outerjoin(
                UserPreference,
                (UserPreference.user_id == User.id)
                & (UserPreference.organisation_id == organisation.id)
                & (UserPreference.event == event.key),
            )
            .outerjoin(
                UserDelivery,
                (UserDelivery.user_id == User.id) & (UserDelivery.organisation_id == organisation.id),
            )
            .where(
                User.id == user_id,
                Membership.organisation_id == organisation.id,
                Membership.disabled_at.is_(None),
            )
        )
    ).one_or_none()
    if row is None:
        return None
    user, chosen, delivery = row
    wanted = wanted_ways(event, Ways(bell=chosen.bell, email=chosen.email, sms=chosen.sms) if chosen else None)
    bounced = await came_back(session, user.email) if wanted.email else False
    return Recipient(
        id=user.id,
        person=Person(name=user.name, email=user.email, mobile=user.mobile, email_bounced=bounced),
        firm=await _firm(session, organisation, wanted),
        wanted=wanted,
        firm_name=organisation.name,
        sender=f"{organisation.name} portal",
        daily_summary=delivery is not None and delivery.daily_summary,
        zone=(delivery and delivery.time_zone) or organisation.time_zone,
    )


async def _client(
    session: ReadSession, event: Event, organisation: Organisation, deal: Deal, access_id: UUID
) -> Recipient | None:
    access = await session.get(PortalAccess, access_id)
    try:
        people = through(await people_of(session, deal, access.contact_id), access) if access else None
    except NotFound:
        people = None
    if people is None or access is None:
        return None
    chosen = await settings_for(session, organisation.id, deal.owner_id)
    kept = dict((await stored_for(session, organisation.id, deal.owner_id)).get(event.key) or {})
    muted = muted_ways(event, await preference_for(session, access.contact_id, event))
    wanted = wanted_ways(event, _ways(event, kept))
    link = await live_link(session, access.id) if link_may_go(access, people.email) else None
    contact = people.contact
    where = await whereabouts(session, contact, deal.id, firm=organisation.time_zone, mobile=people.mobile)
    return Recipient(
        id=access.id,
        access_id=access.id,
        person=Person(
            name=contact.name,
            email=people.email,
            mobile=people.mobile if takes_texts(people.mobile) else None,
            email_bounced=await came_back(session, people.email),
            sms_opted_out=contact.sms_opted_out_at is not None and people.mobile == contact.mobile,
            lost_sight=access.revoked_at is not None and event.key not in ESSENTIAL,
            muted=muted,
        ),
        firm=await _firm(session, organisation, wanted, shows_stages=chosen.show_status_bar),
        wanted=wanted,
        firm_name=organisation.name,
        sender=f"{people.owner.name} at {organisation.name}",
        reply_to=people.owner.email,
        link=link_address(token_of(link), event.page) if link is not None else "",
        kept=kept,
        zone=where.zone,
        values={
            **values_of_firm(organisation, people.owner, people.firm_phone),
            "client_first_name": people.greeted,
            "client_name": contact.name,
        },
    )


def _ways(event: Event, kept: dict[str, object]) -> Ways:
    """What the firm chose; a channel that it said nothing about is at its default."""
    return Ways(email=bool(kept.get("email", event.default.email)), sms=bool(kept.get("sms", event.default.sms)))


async def _partner(
    session: ReadSession, event: Event, organisation: Organisation, deal: Deal, partner_id: UUID
) -> Recipient | None:
    said = (PartnerPreference.membership_id == PartnerMembership.id) & (PartnerPreference.event == event.key)
    rows = await session.execute(
        select(Partner, PartnerMembership, PartnerPreference, DealPartner.deal_id, least_of(deal.id))
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .outerjoin(PartnerPreference, said)
        .outerjoin(DealPartner, (DealPartner.partner_id == Partner.id) & (DealPartner.deal_id == deal.id))
        .where(Partner.id == partner_id, PartnerMembership.organisation_id == organisation.id)
    )
    row = rows.one_or_none()
    if row is None:
        return None
    account, membership, chosen, follows, seen = row
    partner, owner = as_known(account, membership), await existing(session, User, deal.owner_id)
    wanted = wanted_ways(event, Ways(email=chosen.email, sms=chosen.sms) if chosen else None)
    kept = await _for_partners(session, organisation.id)
    return Recipient(
        id=partner.id,
        kept=dict(((kept and kept.words) or {}).get(event.key) or {}),
        person=Person(
            name=partner.name,
            email=partner.email,
            mobile=partner.phone,
            email_bounced=await came_back(session, partner.email),
            lost_sight=membership.disabled_at is not None or follows is None or is_gone(deal, event),
            kept_private=seen == PartnersSee.NOTHING,
            no_dates=seen < PartnersSee.DATES,
        ),
        firm=await _firm(session, organisation, wanted, allows=firm_allows(kept, event)),
        wanted=wanted,
        firm_name=organisation.name,
        sender=f"{owner.name} at {organisation.name}",
        reply_to=owner.email,
        link=f"{settings().public_origin}{partner_path(event.key, deal.id)}",
        zone=zone_of_phone(partner.phone, organisation.time_zone) or organisation.time_zone,
        values=_partners_values(organisation, owner, partner.first_name, deal),
    )


def _partners_values(organisation: Organisation, owner: User, first_name: str, deal: Deal) -> dict[str, str]:
    return {
        **values_to_partners(organisation, owner),
        "partner_first_name": first_name,
        # The deal's own name has the partner's in it, which they know: their client's is what they look for.
        "deal_name": deal.clients_line or deal.name,
    }


async def _for_partners(session: ReadSession, organisation_id: UUID) -> PartnerPortalSettings | None:
    """What the firm decided for its partners: its gate (P-04, P-05), and its words."""
    kept = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == organisation_id)
    return (await session.scalars(kept)).one_or_none()
