"""What the page of one contact reads, who has been accessed already: deals, people around them, documents."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.different import said_different
from salestrekker_portal.domains.contacts.known import ENOUGH, same_marks
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.queries import visible_documents
from salestrekker_portal.domains.pipeline.stopping import status_words
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant
from salestrekker_portal.tables.documents import Document, DocumentRequest, StoredFile, UploaderKind
from salestrekker_portal.tables.merges import ContactMerge
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
BEFORE = aliased(PortalAccess)

MOST_DEALS, MOST_PEOPLE = 100, 200
FEW_DOCUMENTS, MOST_DOCUMENTS = 6, 300


@dataclass(frozen=True, kw_only=True)
class DealOfContact:
    """A deal and the contact's part in it. `state`: its stage, or how it ended. `partner` referred it; `access` is
    their way into it, while there is one, and `portal` says that in a word (`PORTAL_STATES` of the screens)."""

    deal: Deal
    role: ApplicantRole
    primary: bool
    state: str
    owner: str
    partner: Partner | None
    access: PortalAccess | None
    portal: str

    @property
    def is_open(self) -> bool:
        return self.deal.locked_at is None and self.deal.archived_at is None


@dataclass(frozen=True, kw_only=True)
class AroundContact:
    """Somebody who is in deals with a contact: which, and as what."""

    contact: Contact
    roles: dict[UUID, ApplicantRole]


@dataclass(frozen=True, kw_only=True)
class PaperOfContact:
    """A document that is theirs or about them, where it is, and the request that it answers."""

    document: Document
    file: StoredFile
    request: DocumentRequest | None
    deal: str


def their_deals(actor: Actor, contact_id: UUID) -> Select:
    """The ids of the deals of a contact that this person may see."""
    mine = visible_deals(actor).join(DealApplicant, DealApplicant.deal_id == Deal.id)
    return mine.where(DealApplicant.contact_id == contact_id).with_only_columns(Deal.id)


async def deals_of_contact(session: ReadSession, actor: Actor, contact_id: UUID) -> list[DealOfContact]:
    """Every deal of theirs, the newest first: at most `MOST_DEALS`, and one more as a sign that there are more.

    One statement.
    """
    theirs = (PortalAccess.deal_id == Deal.id, PortalAccess.contact_id == contact_id)
    ended = exists().where(BEFORE.deal_id == Deal.id, BEFORE.contact_id == contact_id, BEFORE.revoked_at.is_not(None))
    place = (PartnerMembership.partner_id == Partner.id, PartnerMembership.organisation_id == actor.organisation_id)
    rows = await session.execute(
        visible_deals(actor)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .join(Stage, Stage.id == Deal.stage_id)
        .join(User, User.id == Deal.owner_id)
        .outerjoin(Partner, Partner.id == Deal.partner_id)
        .outerjoin(PartnerMembership, and_(*place))
        .where(DealApplicant.contact_id == contact_id)
        .with_only_columns(
            Deal, DealApplicant, Stage, User.first_name, User.last_name, Partner, PartnerMembership, ended
        )
        .order_by(Deal.id.desc())
        .limit(MOST_DEALS + 1)
        # Of a deal one way in lives at a time.
        .outerjoin(PortalAccess, and_(*theirs, PortalAccess.revoked_at.is_(None)))
        .add_columns(PortalAccess)
    )
    return [_deal(*row) for row in rows]


def _deal(
    deal: Deal, part: DealApplicant, stage: Stage, first: str, last: str, partner: Partner | None,
    place: PartnerMembership | None, ended: bool, access: PortalAccess | None,
) -> DealOfContact:  # fmt: skip
    closed = deal.locked_at or deal.archived_at
    return DealOfContact(
        deal=deal,
        role=part.role,
        primary=part.position == 0,
        state=status_words(deal) if closed else stage.name,
        owner=f"{first} {last}".strip(),
        partner=as_known(partner, place) if partner and place else None,
        access=access,
        portal=_portal(access, ended, stage),
    )


def _portal(access: PortalAccess | None, ended: bool, stage: Stage) -> str:
    if access is None:
        return "revoked" if ended else "not_invited"
    if access.first_seen_at is None:
        return "invited"
    return "read_only" if stage.fact_find is FactFindMode.READ_ONLY else "active"


async def people_around(
    session: ReadSession, actor: Actor, contact: Contact
) -> tuple[list[AroundContact], list[Contact]]:  # fmt: skip
    """Who is in a deal with them; and who else looks like the same person: two of e-mail, mobile and name are theirs,
    no deal has both, and nobody said that they are two. One statement."""
    deals = their_deals(actor, contact.id)
    same = (Contact.organisation_id == actor.organisation_id, Contact.archived_at.is_(None))
    found = [select(DealApplicant.contact_id).where(DealApplicant.deal_id.in_(deals))]
    found += [
        # A switchboard's number can be that of many.
        select(select(Contact.id).where(*same, column == value).limit(50).subquery().c.id)
        for column, value in ((Contact.email, contact.email), (Contact.mobile, contact.mobile))
        if value
    ]
    who = union(*found).subquery()
    together = and_(DealApplicant.contact_id == Contact.id, DealApplicant.deal_id.in_(deals))
    rows = await session.execute(
        visible_contacts(actor)
        .join(who, who.c[0] == Contact.id)
        .outerjoin(DealApplicant, together)
        .where(Contact.id != contact.id)
        .where(or_(DealApplicant.deal_id.is_not(None), ~said_different(contact.id, Contact.id)))
        .with_only_columns(Contact, DealApplicant.deal_id, DealApplicant.role)
        .order_by(Contact.sort_key, Contact.id)
        .limit(MOST_PEOPLE)
    )
    people: dict[UUID, AroundContact] = {}
    alone: list[Contact] = []
    for each, deal_id, role in rows:
        if deal_id is None:
            alone.append(each)
        else:
            people.setdefault(each.id, AroundContact(contact=each, roles={})).roles[deal_id] = role
    return list(people.values()), [each for each in alone if _alike(contact, each)]


def _alike(one: Contact, other: Contact) -> bool:
    if one.kind is not other.kind or one.archived_at is not None or other.archived_at is not None:
        return False
    return len(same_marks(one, other)) >= ENOUGH


async def documents_of_contact(
    session: ReadSession, actor: Actor, contact_id: UUID, *, most: int = FEW_DOCUMENTS
) -> tuple[list[PaperOfContact], int]:
    """Files that they sent, or that are or were asked of them, in deals that this person may see; the newest, and how
    many there are in all. One statement."""
    sent = and_(Document.uploader_kind == UploaderKind.CLIENT, Document.uploader_id == contact_id)
    theirs = or_(Document.contact_id == contact_id, DocumentRequest.contact_id == contact_id, sent)
    rows = await session.execute(
        visible_documents(actor)
        .join(Deal, Deal.id == Document.deal_id)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .outerjoin(DocumentRequest, DocumentRequest.id == Document.request_id)
        .where(Document.deal_id.in_(their_deals(actor, contact_id)), theirs)
        .with_only_columns(Document, StoredFile, DocumentRequest, Deal.name, func.count().over())
        .order_by(Document.created_at.desc(), Document.id.desc())
        .limit(most)
    )
    found = rows.all()
    papers = [PaperOfContact(document=one, file=file, request=asked, deal=deal) for one, file, asked, deal, _ in found]
    return papers, found[0][-1] if found else 0


async def where_merged(session: ReadSession, actor: Actor, contact: Contact) -> UUID | None:
    """The contact that this one is merged into; None for one that stands for itself. One statement at most."""
    if contact.archived_at is None:
        return None
    into = select(ContactMerge.kept_id).where(
        ContactMerge.organisation_id == actor.organisation_id,
        ContactMerge.gone_id == contact.id,
        ContactMerge.undone_at.is_(None),
    )
    return await session.scalar(into.order_by(ContactMerge.created_at.desc()).limit(1))
