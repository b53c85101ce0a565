"""A firm's partners as its team sees them, and what a partner sees of the firm."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.partners_see import least_of, shows_partners
from salestrekker_portal.domains.organisations.logo import logo_path
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.names import by_name
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.organisations import Membership, Organisation, PartnerPortalSettings, Role, User
from salestrekker_portal.tables.partners import DealPartner, Lead, Partner, PartnerMembership


@dataclass(frozen=True, kw_only=True)
class PartnerHome:
    """The firm that a partner is looking at, what it lets them do, and the others they may switch to."""

    firm: str
    logo: str
    firms: list[tuple[UUID, str]]
    can_add_deals: bool
    can_add_notes: bool
    can_add_files: bool
    details: tuple[str, ...] = ()
    # How much news they haven't read, and whether they said how they want to be told.
    unread: int = 0
    asked: bool = True


async def home_of(session: ReadSession, actor: Actor) -> PartnerHome:
    """Two statements. Without a settings row, a firm lets partners do everything."""
    settings = (
        await session.scalars(
            select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == actor.organisation_id)
        )
    ).one_or_none() or PartnerPortalSettings(organisation_id=actor.organisation_id)
    rows = await session.execute(
        select(Organisation, PartnerMembership.asked_at, unread_news(actor))
        .join(PartnerMembership, PartnerMembership.organisation_id == Organisation.id)
        .where(PartnerMembership.partner_id == actor.id, PartnerMembership.disabled_at.is_(None))
        .order_by(Organisation.name)
    )
    found = {organisation.id: (organisation, asked, unread) for organisation, asked, unread in rows}
    here, asked_at, unread = found[actor.organisation_id]
    return PartnerHome(
        firm=here.name,
        logo=logo_path(here),
        firms=[(key, organisation.name) for key, (organisation, _, _) in found.items()],
        unread=unread,
        asked=asked_at is not None,
        can_add_deals=settings.can_add_deals,
        can_add_notes=settings.can_add_notes,
        can_add_files=settings.can_add_files,
        details=tuple(settings.details or ()),
    )


def unread_news(actor: Actor) -> ScalarSelect[int]:
    """How many lines of a partner's bell are new, of deals that they still follow."""
    return (
        select(func.count())
        .select_from(Notice)
        .join(DealPartner, (DealPartner.deal_id == Notice.deal_id) & (DealPartner.partner_id == Notice.recipient_id))
        .where(
            Notice.recipient_id == actor.id,
            Notice.organisation_id == actor.organisation_id,
            Notice.bell.is_(True),
            Notice.read_at.is_(None),
            shows_partners(Notice.deal_id),
        )
        .scalar_subquery()
    )


async def brokers_of(session: ReadSession, organisation_id: UUID) -> list[User]:
    """Members who may own deals: admins and brokers whose place is not disabled."""
    found = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.disabled_at.is_(None),
            Membership.waits_since.is_(None),
            Membership.role.in_((Role.ADMIN, Role.BROKER)),
        )
    )
    return by_name(await session.scalars(found))


async def labels_of(session: ReadSession, organisation_id: UUID) -> list[Label]:
    """The firm's deal labels by name."""
    return list(
        await session.scalars(select(Label).where(Label.organisation_id == organisation_id).order_by(Label.name))
    )


async def membership_of(session: ReadSession, organisation_id: UUID, partner_id: UUID) -> PartnerMembership:
    """A partner's place with a firm, disabled or not. Raises NotFound."""
    found = (
        await session.scalars(
            select(PartnerMembership).where(
                PartnerMembership.organisation_id == organisation_id, PartnerMembership.partner_id == partner_id
            )
        )
    ).one_or_none()
    if found is None:
        raise NotFound("partner")
    return found


async def works_elsewhere(session: ReadSession, organisation_id: UUID, partner_id: UUID) -> bool:
    """Whether other firms too count this person among their partners, switched on or not."""
    others = exists().where(
        PartnerMembership.partner_id == partner_id, PartnerMembership.organisation_id != organisation_id
    )
    return bool(await session.scalar(select(others)))


async def known_elsewhere(session: ReadSession, membership: PartnerMembership) -> bool:
    """Whether a partner of this firm has been in another one too. One that only typed their address doesn't count."""
    elsewhere = exists().where(
        PartnerMembership.partner_id == membership.partner_id,
        PartnerMembership.organisation_id != membership.organisation_id,
        PartnerMembership.removed_at.is_(None),
        PartnerMembership.waits_since.is_(None),
    )
    return bool(await session.scalar(select(elsewhere)))


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """A partner in the firm's list."""

    id: UUID
    name: str
    firm: str
    email: str
    phone: str | None
    assigned_id: UUID | None
    assigned: str
    disabled: bool
    has_password: bool
    first_seen_at: datetime | None
    deals: int
    has_factor: bool


async def partners_of(session: ReadSession, actor: Actor) -> list[PartnerRow]:
    """Every partner of the firm by name; staff only."""
    demand(actor, Permission.DEAL_WRITE)
    count = (
        select(func.count())
        .select_from(DealPartner)
        .join(Deal, Deal.id == DealPartner.deal_id)
        .where(DealPartner.partner_id == Partner.id, Deal.organisation_id == actor.organisation_id)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Partner, PartnerMembership, User, count)
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .outerjoin(User, User.id == PartnerMembership.assigned_user_id)
        .where(PartnerMembership.organisation_id == actor.organisation_id, PartnerMembership.removed_at.is_(None))
        .order_by(Partner.first_name, Partner.last_name)
        # No firm has as many; a page with more would be slow and tell nothing.
        .limit(500)
    )
    return by_name(_row(as_known(partner, place), place, user, deals) for partner, place, user, deals in rows)


def _row(partner: Partner, membership: PartnerMembership, user: User | None, deals: int) -> PartnerRow:
    return PartnerRow(
        id=partner.id,
        name=partner.name,
        firm=partner.firm,
        email=partner.email,
        phone=partner.phone,
        assigned_id=membership.assigned_user_id,
        assigned=user.name if user else "",
        disabled=membership.disabled_at is not None,
        has_password=partner.password_hash is not None,
        first_seen_at=partner.first_seen_at,
        deals=deals,
        has_factor=partner.factor_since is not None,
    )


async def partners_by_following(
    session: ReadSession, actor: Actor, deal_id: UUID
) -> tuple[list[tuple[Partner, DealPartner]], list[Partner], Lead | None, PartnersSee]:
    """Who follows a deal that has been accessed already, since when; who of the firm's partners could; what came
    with its referral; and what its clients let them see.

    One statement. Followers come first in the order that they joined, so the limit leaves none of them out.
    """
    rows = await session.execute(
        select(Partner, PartnerMembership, DealPartner, Lead, least_of(deal_id))
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .outerjoin(DealPartner, (DealPartner.partner_id == Partner.id) & (DealPartner.deal_id == deal_id))
        .outerjoin(Lead, Lead.deal_id == DealPartner.deal_id)
        .where(PartnerMembership.organisation_id == actor.organisation_id, PartnerMembership.removed_at.is_(None))
        .order_by(DealPartner.shared_at.is_(None), DealPartner.shared_at, Partner.first_name, Partner.last_name)
        .limit(500)
    )
    following: list[tuple[Partner, DealPartner]] = []
    free: list[Partner] = []
    lead: Lead | None = None
    sees = PartnersSee.DATES
    for account, place, tie, came, least in rows:
        sees = PartnersSee(least)
        partner = as_known(account, place)
        if tie is not None:
            following.append((partner, tie))
            lead = lead or came
        elif place.disabled_at is None:
            free.append(partner)
    return following, by_name(free), lead, sees
