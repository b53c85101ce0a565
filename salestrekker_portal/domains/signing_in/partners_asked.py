"""Whether a firm asks a partner for a second step. Without a word of the firm's it is only offered to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.grace import asked_from
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.partners import Partner, PartnerMembership


async def is_partner_asked(session: ReadSession, partner_id: UUID, organisation_id: UUID) -> bool:
    """Whether a partner who signs in is to be shown that this firm asks for one. In the demo nobody is."""
    if settings().is_demo or (await existing(session, Partner, partner_id)).factor_since is not None:
        return False
    return await partner_asked_from(session, partner_id, organisation_id) is not None


async def partner_asked_from(session: ReadSession, partner_id: UUID, organisation_id: UUID) -> datetime | None:
    """From when a partner's days without one count in this firm; None where it doesn't ask."""
    found = await session.execute(
        select(PartnerPortalSettings.asks_factor_since, PartnerMembership.created_at)
        .join(PartnerMembership, PartnerMembership.organisation_id == PartnerPortalSettings.organisation_id)
        .where(PartnerMembership.partner_id == partner_id, PartnerMembership.organisation_id == organisation_id)
    )
    row = found.one_or_none()
    return asked_from(row[0], row[1]) if row is not None else None
