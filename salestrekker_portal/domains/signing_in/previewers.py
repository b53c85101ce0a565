"""Whose session of a preview this is: a member of staff who looks at a client's pages."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.grace import is_lacking
from salestrekker_portal.domains.access.previews import Preview
from salestrekker_portal.domains.signing_in.idle import Limits, is_away, limits_for, live
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.portal_access import PortalAccess


async def previewer(session: ReadSession, hashed: str) -> Actor | None:
    """A member of staff who previews a client's pages, for as long as they belong to the firm."""
    belongs = (Membership.user_id == PortalSession.user_id) & (Membership.organisation_id == Organisation.id)
    found = (
        await session.execute(
            select(PortalSession, Organisation, Membership.factor_asked_at, User.factor_since)
            .join(Organisation, Organisation.id == PortalSession.organisation_id)
            .join(User, User.id == PortalSession.user_id)
            .join(Membership, belongs)
            .where(*live(Portal.CLIENT, hashed), PortalSession.access_id.is_(None), Membership.disabled_at.is_(None))
        )
    ).one_or_none()
    # Previews of an earlier version name no session that opened them: they have ended.
    if found is None or "opened_by" not in (found[0].preview or {}):
        return None
    row, organisation, asked_at, since = found
    preview = Preview.of(row.preview or {})
    if not await _is_open(session, preview.opened_by, limits_for(organisation)):
        return None
    own = (PortalAccess.contact_id == Contact.id) & (PortalAccess.deal_id == preview.deal_id)
    of_client = select(Contact, PortalAccess).outerjoin(PortalAccess, own & PortalAccess.revoked_at.is_(None))
    pair = (await session.execute(of_client.where(Contact.id == preview.contact_id))).one_or_none()
    if pair is None:
        return None
    contact, access = pair
    return Actor(
        portal=Portal.CLIENT,
        session_id=row.id,
        organisation_id=organisation.id,
        id=contact.id,
        name=contact.name,
        country=organisation.country,
        time_zone=organisation.time_zone,
        # No access yet: the session's own id stands for the one that is made up in each look (preview.py).
        access_id=access.id if access else row.id,
        deal_id=preview.deal_id,
        sees_other_applicants=(access or preview).sees_other_applicants,
        lacks_factor=is_lacking(since, asked_at, organisation.factor_grace_days),
        preview=preview,
    )


async def _is_open(session: ReadSession, session_id: UUID, limits: Limits) -> bool:
    """Whether somebody's own session still is: signed out, expired, ended and forsaken ones are not."""
    found = await session.get(PortalSession, session_id)
    if found is None or found.ended_at is not None or found.expires_at <= utc_now():
        return False
    return not is_away(found.portal, found.seen_at, limits)
