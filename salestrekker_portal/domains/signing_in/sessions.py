"""Sessions: opened at sign-in, looked up on every event, ended at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.grace import asked_from, is_lacking
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.domains.access.proof import is_stale
from salestrekker_portal.domains.signing_in.idle import is_away, limits_for, live
from salestrekker_portal.domains.signing_in.previewers import previewer
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import new_token, token_hash
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.organisations import Membership, Organisation, PartnerPortalSettings, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess

# Tells which look-up a secret needs; what it may do is in the row.
PREVIEW_MARK = "preview."


@dataclass(frozen=True, kw_only=True)
class Span:
    """When somebody proved who they are, and when that ends by the clock whatever they do."""

    began: datetime
    ends: datetime


async def open_session(
    session: WriteSession,
    *,
    portal: Portal,
    organisation_id: UUID,
    hours: int,
    user_id: UUID | None = None,
    access_id: UUID | None = None,
    partner_id: UUID | None = None,
    preview: Preview | None = None,
    from_address: str = "",
    browser: str = "",
    seen_at: datetime | None = None,
    span: Span | None = None,
) -> str:
    """A new session; returns the secret for the cookie, which is kept nowhere else.

    `seen_at`: when somebody was at it, which bounds how long it may be left alone; None doesn't. `span`: of the session
    that this one goes on from, where nothing was proved anew.
    """
    now = utc_now()
    span = span or Span(began=now, ends=now + timedelta(hours=hours))
    token = (PREVIEW_MARK if preview else "") + new_token()
    session.add(
        PortalSession(
            portal=portal,
            token_hash=token_hash(token),
            user_id=user_id,
            access_id=access_id,
            partner_id=partner_id,
            organisation_id=organisation_id,
            preview=preview.kept() if preview else None,
            from_address=from_address[:64],
            browser=browser[:200],
            created_at=span.began,
            expires_at=span.ends,
            seen_at=seen_at,
        )
    )
    return token


async def actor_of(session: ReadSession, portal: Portal, token: str | None) -> Actor | None:
    """Who holds this session secret in this portal right now, or None. One statement."""
    if not token or len(token) > 200:
        return None
    find = {Portal.BROKER: _staff, Portal.CLIENT: _client, Portal.PARTNER: _partner}[portal]
    if portal is Portal.CLIENT and token.startswith(PREVIEW_MARK):
        find = previewer
    return await find(session, token_hash(token))


async def _staff(session: ReadSession, hashed: str) -> Actor | None:
    found = (
        await session.execute(
            select(PortalSession, User, Membership.role, Membership.factor_asked_at, Organisation)
            .join(User, User.id == PortalSession.user_id)
            .join(Organisation, Organisation.id == PortalSession.organisation_id)
            .join(Membership, (Membership.user_id == User.id) & (Membership.organisation_id == Organisation.id))
            .where(*live(Portal.BROKER, hashed), Membership.disabled_at.is_(None))
        )
    ).one_or_none()
    if found is None:
        return None
    row, user, role, asked_at, organisation = found
    if is_away(Portal.BROKER, row.seen_at, limits_for(organisation)):
        return None
    return Actor(
        portal=Portal.BROKER,
        session_id=row.id,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        id=user.id,
        name=user.name,
        country=organisation.country,
        time_zone=organisation.time_zone,
        role=role,
        lacks_factor=is_lacking(user.factor_since, asked_at, organisation.factor_grace_days),
        is_stale=is_stale(row.proved_at, row.created_at),
    )


async def _client(session: ReadSession, hashed: str) -> Actor | None:
    found = (
        await session.execute(
            select(PortalSession, PortalAccess, Contact, Organisation)
            .join(PortalAccess, PortalAccess.id == PortalSession.access_id)
            .join(Contact, Contact.id == PortalAccess.contact_id)
            .join(Organisation, Organisation.id == PortalAccess.organisation_id)
            .where(*live(Portal.CLIENT, hashed), PortalAccess.revoked_at.is_(None))
        )
    ).one_or_none()
    if found is None:
        return None
    row, access, contact, organisation = found
    if is_away(Portal.CLIENT, row.seen_at, limits_for(organisation)):
        return None
    return Actor(
        portal=Portal.CLIENT,
        session_id=row.id,
        organisation_id=access.organisation_id,
        id=contact.id,
        name=contact.name,
        country=organisation.country,
        time_zone=organisation.time_zone,
        access_id=access.id,
        deal_id=access.deal_id,
        sees_other_applicants=access.sees_other_applicants,
        consented=access.consented_at is not None,
    )


async def _partner(session: ReadSession, hashed: str) -> Actor | None:
    found = (
        await session.execute(
            select(
                PortalSession,
                Partner,
                Organisation,
                PartnerMembership.created_at,
                PartnerPortalSettings.asks_factor_since,
            )
            .join(Partner, Partner.id == PortalSession.partner_id)
            .join(Organisation, Organisation.id == PortalSession.organisation_id)
            .join(
                PartnerMembership,
                (PartnerMembership.partner_id == Partner.id) & (PartnerMembership.organisation_id == Organisation.id),
            )
            .outerjoin(PartnerPortalSettings, PartnerPortalSettings.organisation_id == Organisation.id)
            .where(*live(Portal.PARTNER, hashed), PartnerMembership.disabled_at.is_(None))
        )
    ).one_or_none()
    if found is None:
        return None
    row, partner, organisation, joined_at, asks_since = found
    if is_away(Portal.PARTNER, row.seen_at, limits_for(organisation)):
        return None
    return Actor(
        portal=Portal.PARTNER,
        session_id=row.id,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        id=partner.id,
        name=partner.name,
        country=partner.country,
        time_zone=organisation.time_zone,
        lacks_factor=is_lacking(
            partner.factor_since, asked_from(asks_since, joined_at), organisation.factor_grace_days
        ),
        is_stale=is_stale(row.proved_at, row.created_at),
    )


async def end_for_another(session: WriteSession, actor: Actor) -> Span | None:
    """End the session that `actor` is in, to go on in another: its span, or None when it is over by now."""
    open_still = (PortalSession.id == actor.session_id, PortalSession.ended_at.is_(None))
    ended = update(PortalSession).where(*open_still).values(ended_at=utc_now())
    found = await session.execute(ended.returning(PortalSession.created_at, PortalSession.expires_at))
    row = found.one_or_none()
    return Span(began=row[0], ends=row[1]) if row is not None else None


async def end_session(session: WriteSession, portal: Portal, token: str) -> None:
    """Sign out of one browser."""
    await session.execute(
        update(PortalSession)
        .where(PortalSession.token_hash == token_hash(token), PortalSession.portal == portal)
        .values(ended_at=utc_now())
    )


async def end_sessions(
    session: WriteSession,
    *,
    user_id: UUID | None = None,
    access_id: UUID | None = None,
    partner_id: UUID | None = None,
    but: UUID | None = None,
) -> None:
    """Sign one person out everywhere, except in the session `but`."""
    whose = {"user_id": user_id, "access_id": access_id, "partner_id": partner_id}
    chosen = [getattr(PortalSession, name) == value for name, value in whose.items() if value is not None]
    if not chosen:
        # Without a condition the update below would sign out everybody.
        raise ValueError("end_sessions needs a person")
    if but is not None:
        chosen.append(PortalSession.id != but)
    await session.execute(
        update(PortalSession).where(*chosen, PortalSession.ended_at.is_(None)).values(ended_at=utc_now())
    )


async def end_others(session: WriteSession, actor: Actor) -> None:
    """Sign a member of staff or a partner out everywhere but here."""
    if actor.is_partner:
        await end_sessions(session, partner_id=actor.id, but=actor.session_id)
    else:
        await end_sessions(session, user_id=actor.id, but=actor.session_id)


async def end_sessions_of_clients(session: WriteSession, access_ids: Collection[UUID]) -> None:
    """Sign these clients out everywhere."""
    inside = (PortalSession.access_id.in_(access_ids), PortalSession.ended_at.is_(None))
    await session.execute(update(PortalSession).where(*inside).values(ended_at=utc_now()))


async def switch_organisation(session: WriteSession, session_id: UUID, organisation_id: UUID) -> None:
    """Point a session at another of the person's organisations; the look-up checks the membership."""
    await session.execute(
        update(PortalSession).where(PortalSession.id == session_id).values(organisation_id=organisation_id)
    )
