"""Whom one can write to from a deal: its clients and the partners who follow it, and why somebody can't be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.contacts.zones import whereabouts
from salestrekker_portal.domains.deals.partners_see import seen_of
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.notices.rules import Firm, Person, why_not_by
from salestrekker_portal.domains.notifications.recipients import came_back
from salestrekker_portal.domains.notifications.values import values_to_partners
from salestrekker_portal.domains.portal_access.channels import through
from salestrekker_portal.domains.portal_access.delivery import link_may_go, token_of
from salestrekker_portal.domains.portal_access.messages import People, link_address, values_of
from salestrekker_portal.domains.portal_access.queries import latest_accesses, live_link
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.text import takes_texts
from salestrekker_portal.kernel.zones import zone_of_phone
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess

# Settling ends everybody's access; who was shut out before then was shut out by somebody.
_WITH_THE_DEAL = timedelta(minutes=1)
# As nobody's message goes to more people than a deal has.
MOST_PARTNERS = 50


@dataclass(frozen=True, kw_only=True)
class LetterReader:
    """Somebody to write to. `key` names them in a form; `why_not` says why they can't be reached that way.

    `where` is their address or number; `link` opens their own page, and is there only for who was invited at it.
    """

    key: str
    name: str
    where: str
    why_not: str
    zone: str
    values: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    access_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who writes, about what, and which way: looked up once for all readers."""

    deal: Deal
    organisation: Organisation
    writer: User
    channel: Channel
    firm: Firm


async def desk_of(session: ReadSession, actor: Actor, deal: Deal, channel: Channel) -> Desk:
    """For a deal that has been accessed already."""
    organisation = await existing(session, Organisation, deal.organisation_id)
    texts = channel is Channel.SMS and organisation.sms_enabled
    credits = await billing.balance(session, organisation.id) if texts else 0
    return Desk(
        deal=deal,
        organisation=organisation,
        writer=await existing(session, User, actor.id),
        channel=channel,
        firm=Firm(sms_enabled=organisation.sms_enabled, credits=credits),
    )


async def readers_of(session: ReadSession, desk: Desk, audience: Audience) -> list[LetterReader]:
    """The clients of the deal, the primary applicant first; or the partners who follow it."""
    return await (_clients if audience is Audience.CLIENT else _partners)(session, desk)


async def _clients(session: ReadSession, desk: Desk) -> list[LetterReader]:
    contacts = tuple(contact for _, contact in await applicants_of(session, desk.deal.id))
    accesses = await latest_accesses(session, desk.deal.id)
    return [await _client(session, desk, each, contacts, accesses.get(each.id)) for each in contacts]


async def _client(
    session: ReadSession, desk: Desk, contact: Contact, everyone: tuple[Contact, ...], access: PortalAccess | None
) -> LetterReader:
    # Whoever writes signs it, and hears the answer.
    people = People(
        organisation=desk.organisation, owner=desk.writer, contact=contact, deal=desk.deal, everyone=everyone
    )
    live = access if access is not None and access.revoked_at is None else None
    people = through(people, live)
    link = ""
    if live is not None and desk.channel is Channel.EMAIL and link_may_go(live, people.email):
        found = await live_link(session, live.id)
        link = link_address(token_of(found)) if found is not None else ""
    values = values_of(people)
    home = await whereabouts(session, contact, desk.deal.id, firm=desk.organisation.time_zone, mobile=people.mobile)
    reader = await _reader(
        session, desk, f"contact-{contact.id}", contact.name, people.email, people.mobile, home.zone, values,
        opted_out=contact.sms_opted_out_at is not None and people.mobile == contact.mobile,
    )  # fmt: skip
    reader = replace(reader, link=link, access_id=live.id if live is not None else None)
    return replace(reader, why_not=_shut_out(contact, desk.deal, access) or reader.why_not)


def _shut_out(contact: Contact, deal: Deal, access: PortalAccess | None) -> str:
    """Somebody whose access was ended is nobody's client of this deal, unless it ended with the deal."""
    if access is None or access.revoked_at is None:
        return ""
    if deal.locked_at is not None and access.revoked_at > deal.locked_at - _WITH_THE_DEAL:
        return ""
    return (
        f"{contact.name}’s access to the client portal was ended, so nothing is sent to them from this deal. Invite "
        "them again first, or call."
    )


async def _partners(session: ReadSession, desk: Desk) -> list[LetterReader]:
    rows = await session.execute(
        select(Partner, PartnerMembership)
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .join(DealPartner, DealPartner.partner_id == Partner.id)
        .where(
            DealPartner.deal_id == desk.deal.id,
            PartnerMembership.organisation_id == desk.organisation.id,
            PartnerMembership.removed_at.is_(None),
        )
        .order_by(DealPartner.shared_at, Partner.id)
        .limit(MOST_PARTNERS)
    )
    private = await seen_of(session, desk.deal.id) is PartnersSee.NOTHING
    return [await _partner(session, desk, partner, place, private=private) for partner, place in rows.all()]


async def _partner(
    session: ReadSession, desk: Desk, account: Partner, place: PartnerMembership, *, private: bool
) -> LetterReader:
    partner, firms = as_known(account, place), desk.organisation.time_zone
    values = {
        **values_to_partners(desk.organisation, desk.writer),
        "partner_first_name": partner.first_name,
        "deal_name": desk.deal.clients_line or desk.deal.name,
    }
    zone = zone_of_phone(partner.phone, firms) or firms
    reader = await _reader(
        session, desk, f"partner-{partner.id}", partner.name, partner.email, partner.phone, zone, values
    )
    why = f"{partner.name} is switched off under Partners." if place.disabled_at is not None else ""
    why = why or (f"The client lets partners see nothing of this deal, so {partner.name} isn’t told of it from here."
                  if private else "")  # fmt: skip
    return replace(reader, why_not=why or reader.why_not)


async def _reader(
    session: ReadSession, desk: Desk, key: str, name: str, email: str | None, mobile: str | None, zone: str,
    values: Mapping[str, str], *, opted_out: bool = False,
) -> LetterReader:  # fmt: skip
    by_mail = desk.channel is Channel.EMAIL
    person = Person(
        name=name,
        email=email,
        mobile=mobile if takes_texts(mobile) else None,
        email_bounced=by_mail and await came_back(session, email),
        sms_opted_out=opted_out,
    )
    return LetterReader(
        key=key,
        name=name,
        where=(person.email if by_mail else person.mobile) or "",
        why_not=why_not_by(desk.channel, person, desk.firm),
        zone=zone,
        values=values,
    )


def host() -> str:
    """Where this portal is reached, without the scheme."""
    return settings().public_origin.split("://", 1)[-1].rstrip("/")
