"""What a client's dashboard and privacy page tell: where the loan is up to, what is asked, who can see the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.partners_see import least_of
from salestrekker_portal.domains.documents.queries import requests_in, visible_documents
from salestrekker_portal.domains.fact_find.looking_again import LookAgain, to_look_at_again
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.signing_in.idle import limits_in, not_away
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotSignedIn
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, Deal, PartnersSee
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.security_log import SecurityEvent
from salestrekker_portal.tables.workflows import FactFindMode, Stage

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
ENTRY = aliased(PortalAccess)

# Who takes part in a loan that is another's.
BESIDE_THE_LOAN = (ApplicantRole.NON_BORROWING_SPOUSE, ApplicantRole.SECURITY_GUARANTOR,
                   ApplicantRole.SERVICING_GUARANTOR)  # fmt: skip
TO_DO = (RequestState.REQUESTED, RequestState.ASKED_AGAIN)
# What the team or a partner did that tells a client who looked at their file.
LOOKED = (
    "document:opened",
    "document:downloaded",
    "messages:read",
    "profile:opened",
    "profile:exported",
    "deal:opened",
    "portal_access:previewed",
)


@dataclass(frozen=True, kw_only=True)
class Home:
    """A client's own file at a glance. `stages` is empty where the brokerage does not show them (S1-03)."""

    deal: Deal
    organisation: Organisation
    owner: User
    access: PortalAccess
    stage: Stage
    # Of the person who is here: a company's contact person.
    first_name: str = ""
    others: list[Contact] = field(default_factory=list)
    # Everybody's part in the deal, by contact; how many of them have a way in.
    roles: Mapping[UUID, ApplicantRole] = field(default_factory=dict)
    inside: int = 1
    # They have answered something themselves: the deal's percent is everybody's.
    began: bool = False
    partners: list[Partner] = field(default_factory=list)
    partners_see: PartnersSee = PartnersSee.DATES
    stages: list[Stage] = field(default_factory=list)
    requests: list[DocumentRequest] = field(default_factory=list)
    look_again: list[LookAgain] = field(default_factory=list)

    @property
    def role(self) -> ApplicantRole:
        return self.roles.get(self.access.contact_id, ApplicantRole.CLIENT)

    @property
    def co_borrowers(self) -> list[Contact]:
        """The others whose loan it is: nobody who guarantees it, or is married to one of them."""
        return [each for each in self.others if self.roles.get(each.id) not in BESIDE_THE_LOAN]

    @property
    def also_for(self) -> int:
        """How many others they fill in for, who have no way in."""
        return max(len(self.co_borrowers) + 1 - self.inside, 0) if self.access.sees_other_applicants else 0

    @property
    def may_edit(self) -> bool:
        return self.stage.fact_find is FactFindMode.EDITABLE and self.deal.locked_at is None


async def home_of(session: ReadSession, actor: Actor) -> Home:
    """Everything that a client's dashboard shows, from their own access only. Raises NotSignedIn."""
    live = select(func.count()).where(ENTRY.deal_id == PortalAccess.deal_id, ENTRY.revoked_at.is_(None))
    inside = live.correlate(PortalAccess).scalar_subquery()
    began = exists().where(Answer.deal_id == PortalAccess.deal_id, Answer.author_id == PortalAccess.contact_id)
    found = await session.execute(
        # The firm and the owner come along, so that nobody has to ask for them again in this session.
        select(PortalAccess, Deal, Organisation, User, inside, began.correlate(PortalAccess))
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .join(Organisation, Organisation.id == Deal.organisation_id)
        .join(User, User.id == Deal.owner_id)
        .where(PortalAccess.id == actor.access_id)
    )
    row = found.one_or_none()
    if row is None:
        raise NotSignedIn()
    access, deal, _, _, ways_in, began_to = row
    people = await queries.people_of(session, deal, actor.id)
    settings = await queries.settings_for(session, deal.organisation_id, deal.owner_id)
    stages = list(
        await session.scalars(select(Stage).where(Stage.workflow_id == deal.workflow_id).order_by(Stage.position))
    )
    partners = await _partners(session, deal)
    return Home(
        deal=deal,
        organisation=people.organisation,
        owner=people.owner,
        access=access,
        stage=next(stage for stage in stages if stage.id == deal.stage_id),
        first_name=next((each.greeted for each in people.everyone if each.id == actor.id), ""),
        others=[contact for contact in people.everyone if contact.id != actor.id],
        roles=people.roles,
        inside=ways_in,
        began=began_to,
        partners=[partner for partner, _ in partners],
        partners_see=PartnersSee(partners[0][1]) if partners else PartnersSee.DATES,
        stages=stages if settings.show_status_bar else [],
        requests=await own_requests(session, actor),
        look_again=await to_look_at_again(session, deal, access.contact_id, people.organisation.country),
    )


async def own_requests(session: ReadSession, actor: Actor) -> list[DocumentRequest]:
    """The documents this client was asked for, by the invitation or later, that they may see and are needed."""
    if actor.deal_id is None:
        return []
    asked = await requests_in(session, actor, actor.deal_id)
    return [request for request in asked if request.state is not RequestState.NOT_NEEDED]


async def _partners(session: ReadSession, deal: Deal) -> list[tuple[Partner, int]]:
    """Each with what its clients let partners see of this deal."""
    place = (PartnerMembership.partner_id == Partner.id) & (PartnerMembership.organisation_id == deal.organisation_id)
    rows = await session.execute(
        select(Partner, PartnerMembership, least_of(deal.id))
        .join(DealPartner, DealPartner.partner_id == Partner.id)
        .join(PartnerMembership, place)
        .where(DealPartner.deal_id == deal.id)
        .order_by(DealPartner.shared_at)
    )
    return [(as_known(partner, known), sees) for partner, known, sees in rows]


async def who_looked(session: ReadSession, actor: Actor, *, most: int = 60) -> list[SecurityEvent]:
    """Who opened this client's file, newest first, from the security log.

    What others did with papers that this client may not see is left out, names and all; so is what they did with
    the other applicants' files where the facts name another applicant.
    """
    # Their own arrivals are listed too: somebody else's arrival under their name is what they would want to find.
    own_entries = (SecurityEvent.actor_id == actor.id) & (SecurityEvent.kind == "portal_access:signed_in")
    looked = or_(SecurityEvent.kind.in_(LOOKED), own_entries)
    rows = await session.scalars(
        select(SecurityEvent)
        .where(SecurityEvent.deal_id == actor.deal_id, SecurityEvent.refused.is_(False), looked)
        .order_by(SecurityEvent.created_at.desc(), SecurityEvent.id.desc())
        .limit(most)
    )
    known = visible_documents(actor).where(Document.deal_id == actor.deal_id).with_only_columns(Document.id)
    papers = {str(each) for each in await session.scalars(known)}
    return [row for row in rows if _concerns(row, actor, papers)]


def _concerns(row: SecurityEvent, actor: Actor, papers: set[str]) -> bool:
    by_another_client = row.actor_kind == "client" and row.actor_id != actor.id
    if by_another_client and not actor.sees_other_applicants:
        return False
    if row.kind.startswith("document:"):
        return row.facts.get("document") in papers
    return actor.sees_other_applicants or row.facts.get("contact_id") in (None, "", str(actor.id))


async def open_sessions(session: ReadSession, actor: Actor) -> list[PortalSession]:
    """Where this client is signed in, newest first."""
    return list(
        await session.scalars(
            select(PortalSession)
            .where(
                PortalSession.access_id == actor.access_id,
                PortalSession.ended_at.is_(None),
                PortalSession.expires_at > utc_now(),
                not_away(Portal.CLIENT, await limits_in(session, actor.organisation_id)),
            )
            .order_by(PortalSession.created_at.desc())
        )
    )
