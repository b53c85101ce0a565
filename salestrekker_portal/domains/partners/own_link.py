"""A partner's own link: whoever opens it may leave their details, which become the partner's lead."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.partners.queries import brokers_of, membership_of
from salestrekker_portal.domains.partners.referrals import demand_adding
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.kernel.tokens import new_token
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.partners import Partner, PartnerMembership

# As `new_token` makes them; nothing else is worth a look into the database.
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, kw_only=True)
class OpenLink:
    """What stands behind a link: the firm, whose link it is, who will call, and the partner as somebody acting."""

    firm: str
    partner: str
    broker: str
    actor: Actor


def address_of(token: str) -> str:
    return f"{settings().public_origin}/refer/{token}"


async def own_link(session: ReadSession, actor: Actor) -> str:
    """The address of this partner's link at the firm that they look at; "" while they have none."""
    token = (await _own(session, actor)).lead_token
    return address_of(token) if token else ""


async def make_link(session: WriteSession, actor: Actor) -> str:
    """One link a partner and firm: an address that is there stays. Raises NotPermitted while adding is off."""
    await demand_adding(session, actor)
    membership = await _own(session, actor, hold=True)
    membership.lead_token = membership.lead_token or new_token()
    return address_of(membership.lead_token)


async def end_link(session: WriteSession, actor: Actor) -> None:
    """The address opens nothing any more, wherever it stands. Another one may be made."""
    (await _own(session, actor, hold=True)).lead_token = None


async def behind(session: ReadSession, token: object) -> OpenLink:
    """What a link is about. Raises NotFound for one that was never made or was ended, for a partner who is switched
    off or has nobody who would call, and while the firm takes no leads."""
    if not isinstance(token, str) or not _SHAPE.fullmatch(token):
        raise NotFound("page")
    membership = await session.scalar(select(PartnerMembership).where(PartnerMembership.lead_token == token))
    if membership is None or membership.disabled_at is not None:
        raise NotFound("page")
    partner = await existing(session, Partner, membership.partner_id)
    firm = await existing(session, Organisation, membership.organisation_id)
    brokers = await brokers_of(session, firm.id)
    broker = next((each for each in brokers if each.id == membership.assigned_user_id), None)
    if broker is None:
        raise NotFound("page")
    actor = Actor(
        portal=Portal.PARTNER,
        session_id=membership.id,
        organisation_id=firm.id,
        id=partner.id,
        name=partner.name,
        country=firm.country,
        time_zone=firm.time_zone,
        organisation_name=firm.name,
    )
    try:
        await demand_adding(session, actor)
    except NotPermitted:
        raise NotFound("page") from None
    return OpenLink(firm=firm.name, partner=partner.name, broker=broker.first_name, actor=actor)


async def _own(session: ReadSession, actor: Actor, *, hold: bool = False) -> PartnerMembership:
    if not actor.is_partner:
        raise NotPermitted("Only partners have a link of their own.")
    membership = await membership_of(session, actor.organisation_id, actor.id)
    if hold:
        await session.refresh(membership, with_for_update=HOLD)
    return membership
