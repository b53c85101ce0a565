"""Rows about bank statements for tests; see factories.py."""

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.bank_statements.rules import REMIND_BEFORE, VALID, new_reference
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.bank_statements import Provider, StatementRequest, StatementState
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.portal_access import PortalAccess


async def make_statement_request(session: WriteSession, access: PortalAccess, by: User, **facts) -> StatementRequest:
    """Somebody asked for six months of bank statements just now, through the invented bank."""
    now = utc_now()
    request = StatementRequest(
        **{
            "organisation_id": access.organisation_id,
            "deal_id": access.deal_id,
            "contact_id": access.contact_id,
            "access_id": access.id,
            "asked_by": by.id,
            "provider": Provider.DEMONSTRATION,
            "reference": new_reference(),
            "state": StatementState.SENT,
            "sent_at": now,
            "expires_at": now + VALID,
            "due_at": now + VALID - REMIND_BEFORE,
            **facts,
        }
    )
    session.add(request)
    await session.flush()
    return request
