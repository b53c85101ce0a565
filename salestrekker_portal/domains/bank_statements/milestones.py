"""The hours that a request passes by itself: a reminder a day before the end, and the end."""

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.bank_statements.consenting import end_consents, tell_tabs
from salestrekker_portal.domains.bank_statements.rules import CLIENTS_MOVE, REMIND_BEFORE
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.tables.bank_statements import StatementRequest, StatementState
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

S = StatementState


async def pass_milestones(session: WriteSession, request: StatementRequest) -> None:
    """A reminder a day before the end, and the end after 120 hours (I-04, L25)."""
    now = utc_now()
    deal = await existing(session, Deal, request.deal_id)
    if now >= request.expires_at:
        request.state, request.finished_at, request.return_hash = S.EXPIRED, now, ""
        request.due_at = now if request.refs_sealed else None
        await end_consents(session, request.id, "expired")
        await _record_the_end(session, deal, request)
        tell_tabs(session, request)
        return
    due = now >= request.expires_at - REMIND_BEFORE and request.reminded_at is None
    if due and request.state in CLIENTS_MOVE and deal.locked_at is None:
        request.reminded_at = now
        access = await existing(session, PortalAccess, request.access_id)
        if access.revoked_at is None:
            organisation = await existing(session, Organisation, deal.organisation_id)
            until = instant_words(request.expires_at, organisation.time_zone)
            notify(session, "bank_statements_due", organisation_id=organisation.id, recipient_id=access.id,
                   deal_id=deal.id, facts={"until": until})  # fmt: skip


async def _record_the_end(session: WriteSession, deal: Deal, request: StatementRequest) -> None:
    """The team is told from this row (N18)."""
    contact = await existing(session, Contact, request.contact_id)
    record(session, None, "bank_statements:expired", organisation_id=deal.organisation_id, deal_id=deal.id,
           contact=contact.name)  # fmt: skip
