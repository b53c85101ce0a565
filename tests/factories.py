"""Rows for tests, with sensible defaults; every function adds to the session and returns the row.

They write tables directly, so that a test of one domain does not depend on the services of another.
"""

from functools import cache
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.passwords import _hasher
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant
from salestrekker_portal.tables.documents import ComplianceDocument, Document, Slot, StoredFile, UploaderKind
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.organisations import (
    Country,
    Membership,
    Organisation,
    PartnerPortalSettings,
    PortalSettings,
    Role,
    User,
)
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

PASSWORD = "correct horse battery"
STAGES = (
    ("New enquiry", FactFindMode.EDITABLE, 20),
    ("Fact find", FactFindMode.EDITABLE, 40),
    ("Preparing", FactFindMode.EDITABLE, 60),
    ("Lodged", FactFindMode.READ_ONLY, 75),
    ("Conditional", FactFindMode.READ_ONLY, 90),
    ("Settlement", FactFindMode.READ_ONLY, 100),
)


@cache
def password_hash() -> str:
    """The hash of PASSWORD, worked out once."""
    return _hasher.hash(PASSWORD)


async def make_organisation(session: WriteSession, **facts) -> Organisation:
    """A brokerage in New South Wales with SMS on and both settings rows."""
    facts = {"name": "Harbour Finance", "short_code": "HF", "country": Country.AU, **facts}
    zone = "Pacific/Auckland" if facts["country"] is Country.NZ else "Australia/Sydney"
    firm = Organisation(**{"time_zone": zone, "sms_enabled": True, "phone": "+61240001000", **facts})
    session.add(firm)
    await session.flush()
    session.add(PortalSettings(organisation_id=firm.id))
    session.add(PartnerPortalSettings(organisation_id=firm.id))
    session.add(SmsCreditEntry(organisation_id=firm.id, credits=100, reason="Test allowance"))
    await session.flush()
    return firm


async def make_user(session: WriteSession, firm: Organisation, role: Role, **facts) -> User:
    """A member of staff who can sign in with PASSWORD."""
    user = User(**{"mobile": "+61491570006", "password_hash": password_hash(), **facts})
    session.add(user)
    await session.flush()
    session.add(Membership(user_id=user.id, organisation_id=firm.id, role=role))
    await session.flush()
    return user


async def make_workflow(
    session: WriteSession, firm: Organisation, name: str = "Home loans"
) -> tuple[Workflow, list[Stage]]:
    """A workflow with the six STAGES; the fact find is read-only from Lodged on."""
    workflow = Workflow(organisation_id=firm.id, name=name)
    session.add(workflow)
    await session.flush()
    stages = [
        Stage(
            workflow_id=workflow.id,
            name=each,
            client_name=each,
            position=position,
            fact_find=mode,
            probability_pct=likely,
        )
        for position, (each, mode, likely) in enumerate(STAGES)
    ]
    session.add_all(stages)
    await session.flush()
    return workflow, stages


async def make_contact(session: WriteSession, firm: Organisation, first_name: str, last_name: str, **facts) -> Contact:
    """A person; a company when `company_name` is given."""
    kind = ContactKind.COMPANY if facts.get("company_name") else ContactKind.PERSON
    contact = Contact(
        **{"organisation_id": firm.id, "kind": kind, "first_name": first_name, "last_name": last_name, **facts}
    )
    session.add(contact)
    await session.flush()
    return contact


async def make_deal(
    session: WriteSession, firm: Organisation, stage: Stage, owner: User, *contacts: Contact, **facts
) -> Deal:
    """A deal at the foot of a stage, with the contacts as clients in order."""
    deal = Deal(
        **{
            "organisation_id": firm.id,
            "workflow_id": stage.workflow_id,
            "stage_id": stage.id,
            "owner_id": owner.id,
            "name": "Nguyen purchase",
            "reference": f"{firm.short_code}-2026-{new_id().int % 10000:04d}",
            "rank": rank.between(None, None),
            "value_cents": 640_000_00,
            "clients_line": ", ".join(contact.name for contact in contacts),
            **facts,
        }
    )
    session.add(deal)
    await session.flush()
    for position, contact in enumerate(contacts):
        await add_applicant(session, deal, contact, position=position)
    return deal


async def add_applicant(session: WriteSession, deal: Deal, contact: Contact, **facts) -> DealApplicant:
    """One more person in the deal, as a client unless told otherwise."""
    applicant = DealApplicant(
        **{"deal_id": deal.id, "contact_id": contact.id, "role": ApplicantRole.CLIENT, "position": 0, **facts}
    )
    session.add(applicant)
    await session.flush()
    return applicant


async def make_access(session: WriteSession, deal: Deal, contact: Contact, granted_by: User, **facts) -> PortalAccess:
    """A client's way in, PIN passed and consent given."""
    now = utc_now()
    access = PortalAccess(
        **{
            "deal_id": deal.id,
            "contact_id": contact.id,
            "organisation_id": deal.organisation_id,
            "granted_by": granted_by.id,
            "invited_email": facts.get("other_email") or contact.email,
            "invited_mobile": facts.get("other_mobile") or contact.mobile,
            "pin_hash": "0" * 64,
            "first_seen_at": now,
            "consented_at": now,
            **facts,
        }
    )
    session.add(access)
    await session.flush()
    return access


async def make_partner(session: WriteSession, *firms: Organisation, **facts) -> Partner:
    """A partner of the firms who can sign in with PASSWORD."""
    partner = Partner(**{"password_hash": password_hash(), "firm": "Coastline Realty", **facts})
    session.add(partner)
    await session.flush()
    for firm in firms:
        session.add(PartnerMembership(partner_id=partner.id, organisation_id=firm.id))
    await session.flush()
    return partner


async def let_partner_follow(session: WriteSession, deal: Deal, partner: Partner) -> None:
    """The partner may follow the deal from now on."""
    session.add(DealPartner(deal_id=deal.id, partner_id=partner.id, shared_at=utc_now()))
    await session.flush()


async def make_label(session: WriteSession, firm: Organisation, name: str) -> Label:
    label = Label(organisation_id=firm.id, name=name)
    session.add(label)
    await session.flush()
    return label


async def make_file(session: WriteSession, organisation_id: UUID, **facts) -> StoredFile:
    """A stored file's row; there are no bytes behind it."""
    key = str(new_id())
    file = StoredFile(
        **{
            "organisation_id": organisation_id,
            "storage_key": key,
            "size_bytes": 1200,
            "sha256": "0" * 64,
            "mime": "application/pdf",
            **facts,
        }
    )
    session.add(file)
    await session.flush()
    return file


async def make_document(session: WriteSession, deal: Deal, by: User, name: str = "Payslip.pdf", **facts) -> Document:
    """A document in a deal, put there by staff, shared with nobody unless told otherwise."""
    file = await make_file(session, deal.organisation_id)
    document = Document(
        **{
            "deal_id": deal.id,
            "file_id": file.id,
            "name": name,
            "uploader_kind": UploaderKind.USER,
            "uploader_id": by.id,
            "uploader_name": by.name,
            **facts,
        }
    )
    session.add(document)
    await session.flush()
    return document


async def make_compliance_document(session: WriteSession, firm: Organisation, slot: Slot) -> ComplianceDocument:
    """The firm's own version of a fixed document."""
    file = await make_file(session, firm.id)
    document = ComplianceDocument(
        organisation_id=firm.id, slot=slot, version="4", name=slot.value.replace("_", " ").capitalize(), file_id=file.id
    )
    session.add(document)
    await session.flush()
    return document
