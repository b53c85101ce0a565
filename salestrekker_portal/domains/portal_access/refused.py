"""Who was turned away at a client's door, for the security log."""

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.domains.security_log.service import AtTheDoor, note
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.portal_access import PortalAccess


def note_refused_entry(session: WriteSession, access: PortalAccess | None, people: People | None, why: str) -> None:
    """For the firm, under the client's name: whose door it was, not who stood before it. `why` in a few words."""
    if access is None or people is None:
        note(session, "sign_in:pin_refused", organisation_id=None, refused=True, why=f"the link is {why}")
        return
    note(session, "sign_in:pin_refused", organisation_id=access.organisation_id, refused=True, deal_id=access.deal_id,
         by=AtTheDoor(portal=Portal.CLIENT, id=access.contact_id, name=people.contact.name), why=why)  # fmt: skip
