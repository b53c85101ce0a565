"""What the clock says about partners: a lead that nobody called by five, an update that is promised for today."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.days import bounds_of
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner, Lead, Partner, PartnerMembership

LEADS_HOUR = 17
# Whoever came later has until tomorrow; what is older than this was alerted, or is another story.
BEFORE_HOUR, LOOK_BACK = 15, timedelta(days=7)


async def uncalled_leads(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """At five where the firm is: leads of before three that nobody called, once a lead and day."""
    by = datetime.combine(day, time(BEFORE_HOUR), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    rows = await session.scalars(
        select(Deal.id)
        .join(Lead, Lead.deal_id == Deal.id)
        .where(
            Lead.organisation_id == organisation_id,
            Lead.called_at.is_(None),
            Lead.created_at < by,
            Lead.created_at > by - LOOK_BACK,
            Deal.locked_at.is_(None),
            Deal.archived_at.is_(None),
        )
    )
    for deal_id in list(rows):
        record(session, None, "lead:uncalled", organisation_id=organisation_id, deal_id=deal_id)


async def promises_due(session: WriteSession, organisation_id: UUID, zone: str, day: date) -> None:
    """In the morning: updates that are promised for today, to the brokers who promised them."""
    begin, end = bounds_of(day, zone)
    place = (PartnerMembership.partner_id == Partner.id) & (PartnerMembership.organisation_id == organisation_id)
    rows = await session.execute(
        select(Deal.id, Partner, PartnerMembership)
        .join(DealPartner, DealPartner.deal_id == Deal.id)
        .join(Partner, Partner.id == DealPartner.partner_id)
        .join(PartnerMembership, place)
        .where(
            Deal.organisation_id == organisation_id,
            Deal.locked_at.is_(None),
            Deal.archived_at.is_(None),
            DealPartner.promised_for >= begin,
            DealPartner.promised_for < end,
        )
    )
    for deal_id, partner, known in list(rows):
        record(session, None, "partner:promise_due", organisation_id=organisation_id, deal_id=deal_id,
               partner=as_known(partner, known).first_name)  # fmt: skip
