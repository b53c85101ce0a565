"""Looking at clients' access: the facts behind the preflight, who is in, and the settings that apply."""

from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.compliance import versions_of_firm
from salestrekker_portal.domains.documents.held import HELD
from salestrekker_portal.domains.documents.rules import SLOTS
from salestrekker_portal.domains.notices.texts import PIN
from salestrekker_portal.domains.portal_access.client_words import merged, settings_rows, words_of
from salestrekker_portal.domains.portal_access.messages import People, pin_price
from salestrekker_portal.domains.portal_access.rules import ShareFacts
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot, StoredFile
from salestrekker_portal.tables.organisations import Membership, Organisation, PortalSettings, Role, User
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess, PortalLink
from salestrekker_portal.tables.workflows import FactFindMode, Stage


async def held_access(session: WriteSession, access_id: UUID | None) -> PortalAccess | None:
    """A client's access with its deal, both held, for whoever changes it."""
    await hold_deal(session, select(PortalAccess.deal_id).where(PortalAccess.id == access_id))
    return await session.get(PortalAccess, access_id, with_for_update=HOLD, populate_existing=True)


async def live_access(session: ReadSession, deal_id: UUID, contact_id: UUID) -> PortalAccess | None:
    """The access of one client to one deal that has not been revoked."""
    return (
        await session.scalars(
            select(PortalAccess).where(
                PortalAccess.deal_id == deal_id,
                PortalAccess.contact_id == contact_id,
                PortalAccess.revoked_at.is_(None),
            )
        )
    ).one_or_none()


async def latest_accesses(session: ReadSession, deal_id: UUID) -> dict[UUID, PortalAccess]:
    """The newest access of each contact of a deal, live or revoked."""
    rows = await session.scalars(
        select(PortalAccess).where(PortalAccess.deal_id == deal_id).order_by(PortalAccess.created_at, PortalAccess.id)
    )
    newest: dict[UUID, PortalAccess] = {}
    for access in rows:
        kept = newest.get(access.contact_id)
        if kept is None or kept.revoked_at is not None or access.revoked_at is None:
            newest[access.contact_id] = access
    return newest


async def accesses_elsewhere(
    session: ReadSession, contact: Contact, deal_id: UUID, *, most: int = 20
) -> list[tuple[PortalAccess, Deal]]:
    """A client's access to other deals of the firm, the newest of each deal, live ones first (S0-19)."""
    rows = await session.execute(
        select(PortalAccess, Deal)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .where(PortalAccess.contact_id == contact.id, PortalAccess.deal_id != deal_id)
        .order_by(PortalAccess.revoked_at.is_not(None), PortalAccess.created_at.desc())
        .limit(most)
    )
    newest: dict[UUID, tuple[PortalAccess, Deal]] = {}
    for access, deal in rows:
        newest.setdefault(deal.id, (access, deal))
    return list(newest.values())


async def live_link(session: ReadSession, access_id: UUID) -> PortalLink | None:
    """The link that works."""
    return (
        await session.scalars(
            select(PortalLink)
            .where(PortalLink.access_id == access_id, PortalLink.replaced_at.is_(None))
            .order_by(PortalLink.created_at.desc())
            .limit(1)
        )
    ).first()


async def settings_for(session: ReadSession, organisation_id: UUID, owner_id: UUID) -> PortalSettings:
    """The broker's own portal settings where they have some, the organisation's otherwise (S1-02).

    Look and feel only: what clients consent to is `privacy_of` the firm.
    """
    by_owner = await settings_rows(session, organisation_id, owner_id)
    return by_owner.get(owner_id) or by_owner.get(None) or PortalSettings(organisation_id=organisation_id)


async def privacy_of(session: ReadSession, organisation_id: UUID) -> PortalSettings:
    """The firm's settings, whose privacy disclosure holds for every broker's deals."""
    found = select(PortalSettings).where(
        PortalSettings.organisation_id == organisation_id, PortalSettings.user_id.is_(None)
    )
    return (await session.scalars(found)).one_or_none() or PortalSettings(organisation_id=organisation_id)


async def people_of(session: ReadSession, deal: Deal, contact_id: UUID) -> People:
    """Who is concerned by this client's access. Raises NotFound when they take no part in the deal."""
    applicants = await applicants_of(session, deal.id)
    everyone = [contact for _, contact in applicants]
    contact = next((each for each in everyone if each.id == contact_id), None)
    if contact is None:
        raise NotFound("client")
    return People(
        organisation=await existing(session, Organisation, deal.organisation_id),
        owner=await existing(session, User, deal.owner_id),
        contact=contact,
        deal=deal,
        everyone=tuple(everyone),
        roles={contact.id: each.role for each, contact in applicants},
    )


async def slots_of(session: ReadSession, deal_id: UUID) -> dict[Slot, Document]:
    """The newest document of each fixed purpose in a deal that clients can open."""
    rows = await session.scalars(
        select(Document)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .where(
            Document.deal_id == deal_id,
            Document.slot.is_not(None),
            Document.removed_at.is_(None),
            StoredFile.scanned.not_in(HELD),
        )
        .order_by(Document.created_at)
    )
    return {document.slot: document for document in rows if document.slot is not None}


async def askable_requests(session: ReadSession, deal_id: UUID) -> list[DocumentRequest]:
    """The deal's document requests that an invitation can ask for (S1-26)."""
    return list(
        await session.scalars(
            select(DocumentRequest)
            .where(
                DocumentRequest.deal_id == deal_id,
                DocumentRequest.withdrawn_at.is_(None),
                DocumentRequest.state != RequestState.NOT_NEEDED,
            )
            .order_by(DocumentRequest.position, DocumentRequest.created_at)
        )
    )


async def asked_count(session: ReadSession, access_id: UUID) -> int:
    """How many documents an invitation asked for."""
    asked = select(func.count()).where(AccessRequest.access_id == access_id, AccessRequest.left_out.is_(False))
    return int(await session.scalar(asked) or 0)


async def asked_ids(session: ReadSession, access_id: UUID) -> list[UUID]:
    """Which documents an invitation asked for."""
    asked = select(AccessRequest.request_id).where(
        AccessRequest.access_id == access_id, AccessRequest.left_out.is_(False)
    )
    return list(await session.scalars(asked))


async def share_facts(session: ReadSession, actor: Actor, people: People) -> ShareFacts:
    """What the preflight needs to know, in as few looks as possible."""
    deal, contact, organisation = people.deal, people.contact, people.organisation
    rows = await settings_rows(session, organisation.id, people.owner.id)
    privacy = rows.get(None) or PortalSettings(organisation_id=organisation.id)
    stage = await session.get(Stage, deal.stage_id)
    shared = await _who_shares(session, people)
    admin = None if actor.may(Permission.ORGANISATION_MANAGE) else await _an_admin(session, organisation.id)
    slots, firm = await slots_of(session, deal.id), organisation.id
    return ShareFacts(
        deal_id=str(deal.id),
        contact_id=str(contact.id),
        first_name=people.called,
        email=people.email,
        mobile=people.mobile,
        email_also_of=shared["email"],
        mobile_also_of=shared["mobile"],
        shares_knowingly=people.shares_knowingly,
        owner_name=people.owner.first_name,
        owner_is_actor=people.owner.id == actor.id,
        owner_mobile=people.owner.mobile,
        sms_enabled=organisation.sms_enabled,
        credits=await billing.balance(session, organisation.id),
        pin_price=pin_price(people, words_of(merged(rows), PIN)),
        privacy_mode=privacy.privacy_mode,
        privacy_url=privacy.privacy_url,
        country=organisation.country,
        slots={slot: document.name for slot, document in slots.items() if slot in SLOTS[organisation.country]},
        firm_slots={} if slots.keys() >= set(SLOTS[organisation.country]) else await versions_of_firm(session, firm),
        is_locked=deal.locked_at is not None,
        is_archived=deal.archived_at is not None,
        stage_name=stage.name if stage else "this stage",
        stage_edits=stage is None or stage.fact_find is FactFindMode.EDITABLE,
        may_share=actor.may(Permission.DEAL_SHARE),
        may_manage=actor.may(Permission.ORGANISATION_MANAGE),
        admin_name=admin.name if admin else "",
        admin_email=admin.email if admin else "",
    )


async def _who_shares(session: ReadSession, people: People) -> dict[str, str]:
    """The name of somebody else in the organisation with the same e-mail, and with the same mobile.

    The same name in another spelling is the same person, who was typed twice: nobody else reads along.
    """
    contact, names = people.contact, {"email": "", "mobile": ""}
    for field in names:
        value = getattr(people, field)
        if not value:
            continue
        others = await session.scalars(
            select(Contact)
            .where(
                Contact.organisation_id == contact.organisation_id,
                getattr(Contact, field) == value,
                Contact.id != contact.id,
                Contact.archived_at.is_(None),
                Contact.sort_key != contact.sort_key,
            )
            .limit(1)
        )
        names[field] = next((other.name for other in others), "")
    return names


async def _an_admin(session: ReadSession, organisation_id: UUID) -> User | None:
    return await session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.ADMIN,
            Membership.disabled_at.is_(None),
            Membership.waits_since.is_(None),
        )
        .order_by(Membership.created_at)
        .limit(1)
    )
