"""The deal behind a fact find, as one person meets it: who is in it, what may be changed, which questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from salestrekker_portal.database.session import ReadSession, WriteSession, is_writing
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.holding import hold_for_answers
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.fact_find.homes import households, together
from salestrekker_portal.domains.fact_find.known import ASKED_WHILE_UNKNOWN
from salestrekker_portal.domains.fact_find.locking import lock_reason, locks_clients
from salestrekker_portal.domains.fact_find.reach import Applicant, Reader
from salestrekker_portal.domains.fact_find.readers import TICKED, applicant_in, reader_of, told_earlier_of
from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.domains.questions.flows import apply_flow, loan_of, with_companions
from salestrekker_portal.domains.questions.roles import OUTSIDE_THE_HOUSEHOLD, Role, asks, pages_asked
from salestrekker_portal.domains.questions.vocabulary import Page, Party, Scope, Section, section_id
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import Stage


@dataclass(frozen=True, kw_only=True)
class ProfileContext:
    """What every reading and writing of answers starts from. `lock_reason` is empty while editing is open."""

    actor: Actor
    reader: Reader
    deal: Deal
    applicants: tuple[Applicant, ...]
    section_ids: frozenset[str] | None
    lock_reason: str
    today: date
    # Whom somebody ticked as the deal's household, as it is kept; blank for nobody.
    household_typed: str = ""
    # The deal's stage locks clients' answers, whoever is asking.
    locks_clients: bool = False
    # What the applicants whose way in this person knows of told for an earlier loan, by contact and section.
    told_earlier: Mapping[UUID, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def people(self) -> tuple[Applicant, ...]:
        """The applicants who are persons."""
        return tuple(each for each in self.applicants if each.party is Party.PERSON)

    @property
    def pages(self) -> tuple[Page, ...]:
        """What this deal asks, as far as it concerns this person: of their own kind, and of those they may see."""
        sees_all = self.reader.is_staff or self.reader.sees_others
        kinds = {each.party for each in self.applicants if sees_all or each.id == self.reader.contact_id}
        found = pages_for(self.actor.country, frozenset(kinds or {Party.PERSON}), loan_of(self.deal.loan_kind))
        own = next((each for each in self.applicants if each.id == self.reader.contact_id), None)
        if self.reader.is_staff or own is None:
            return found
        return pages_asked(own.role, found, company=own.party is Party.COMPANY)

    def asks_of(self, applicant: Applicant, page: Page, section: Section) -> bool:
        """Whether a section is asked of an applicant, given their part in the deal."""
        return asks(applicant.role, page.key, section.key, company=applicant.party is Party.COMPANY)

    @property
    def asked_pages(self) -> tuple[Page, ...]:
        """The pages with only the sections that this person's flow asks, in the order of the catalogue."""
        if self.section_ids is None:
            return self.pages
        return apply_flow(self.pages, [each for each in section_ids_of(self.pages) if each in self.section_ids])

    @property
    def apart(self) -> tuple[UUID, ...]:
        """People with a household of their own: they answer what it spends in a copy of the living expenses."""
        return tuple(each for each in self._every_household if each != NOBODY)

    @property
    def _every_household(self) -> tuple[UUID, ...]:
        people = {str(each.id): each for each in self.people}
        own = {contact for contact, each in people.items() if each.role in OUTSIDE_THE_HOUSEHOLD}
        shared = together(list(people), self.household_typed, own)
        spending = [contact for contact, each in people.items() if asks(each.role, "expenses", "general")]
        return tuple(UUID(each) if each else NOBODY for each in households(shared, spending))

    @property
    def households(self) -> tuple[UUID, ...]:
        """The households whose spending this person is asked about: NOBODY is the deal's, others are a person's own."""
        reader = self.reader
        if reader.is_staff:
            return self._every_household
        if reader.contact_id in self.apart and reader.sees_others:
            return (reader.contact_id,) if reader.contact_id else ()
        if not reader.sees_others:
            return (NOBODY,)
        return (NOBODY, *(each for each in self.apart if not self.applicant(each).answers_alone))

    def for_who_lives_apart(self) -> "ProfileContext":
        """The same, for a reader with a household of their own."""
        apart = self.reader.contact_id in self.apart
        return replace(self, reader=replace(self.reader, lives_apart=True)) if apart else self

    def applicant(self, contact_id: UUID) -> Applicant:
        """An applicant of this deal. Raises NotFound."""
        for each in self.applicants:
            if each.id == contact_id:
                return each
        raise NotFound("applicant")

    def asked(self, page: Page, section: Section) -> bool:
        """Whether the flow chosen for this client asks this section."""
        return self.section_ids is None or section_id(page, section) in self.section_ids

    def is_reopened(self, full_id: str) -> bool:
        """Whether a broker opened this section for clients while the deal is in its stage."""
        return self.deal.reopened.get(full_id) == str(self.deal.stage_id)

    def lock_of(self, full_id: str) -> str:
        """Why this section can't be changed now; empty while it can."""
        is_open = self.deal.locked_at is None and self.deal.archived_at is None
        return "" if is_open and self.is_reopened(full_id) else self.lock_reason

    def section(self, full_id: str) -> tuple[Page, Section]:
        """A section that this person may be asked. Raises NotFound for all others (oracle 10)."""
        for page in self.pages:
            for section in page.sections:
                if section_id(page, section) == full_id and self.asked(page, section):
                    return page, section
        raise NotFound("section")

    def facts(self, subject: UUID) -> dict[str, Any]:
        """The facts that conditions and rules look at, as this person may know them."""
        known = self.applicants
        if not self.reader.is_staff and not self.reader.sees_others:
            known = tuple(each for each in known if each.id == self.reader.contact_id)
        return {
            **ASKED_WHILE_UNKNOWN,
            "today": self.today,
            "country": self.actor.country,
            "audience": "broker" if self.reader.is_staff else "client",
            "contact_id": str(subject) if subject != NOBODY else None,
            "loan": loan_of(self.deal.loan_kind),
            "applicants": tuple((str(each.id), each.name) for each in known),
            "parties": {str(each.id): each.party for each in known if each.party is not Party.PERSON},
            "roles": {str(each.id): each.role for each in known if each.role != Role.CLIENT},
            "own_households": tuple(str(each.id) for each in known if each.role in OUTSIDE_THE_HOUSEHOLD),
            "applicant_count": len(self.people),
            "asked_sections": self.section_ids,
        }

    def subjects(self, page: Page, section: Section) -> tuple[UUID, ...]:
        """Every copy of a section that a complete profile has."""
        if (section.scope or page.scope) is Scope.PER_APPLICANT:
            return tuple(
                each.id
                for each in self.applicants
                if page.party in (None, each.party) and self.asks_of(each, page, section)
            )
        return (NOBODY,) if self._asks_somebody(page, section) else ()

    def _asks_somebody(self, page: Page, section: Section) -> bool:
        """Whether a shared section that stands on a page about one person is asked of anybody whom the reader sees."""
        if page.scope is not Scope.PER_APPLICANT:
            return True
        sees_all = self.reader.is_staff or self.reader.sees_others
        known = [each for each in self.applicants if sees_all or each.id == self.reader.contact_id]
        return not known or any(self.asks_of(each, page, section) for each in known)


async def profile_context(session: ReadSession, actor: Actor, deal_id: UUID) -> ProfileContext:
    """One statement. In a transaction one more: the deal is held, and its profile counted afterwards.

    Raises NotFound when the deal is not this person's, NotPermitted for partners.
    """
    if is_writing(session):
        await hold_for_answers(WriteSession(session), visible_deals(actor).where(Deal.id == deal_id))
    rows = await _rows(session, actor, deal_id)
    if not rows:
        raise NotFound("deal")
    demand(actor, Permission.PROFILE_READ)
    deal, mode, stage_name = rows[0][0], rows[0][1], rows[0][2]
    accesses = [row[5] for row in rows if row[5] is not None]
    own = next((each for each in accesses if each.id == actor.access_id), None)
    if actor.is_client and own is None:
        raise NotFound("deal")
    applicants = tuple(applicant_in(row) for row in rows if row[4] is not None)
    context = ProfileContext(
        actor=actor,
        reader=reader_of(actor, applicants),
        deal=deal,
        applicants=applicants,
        section_ids=frozenset(with_companions(own.section_ids)) if own is not None and own.section_ids else None,
        lock_reason=lock_reason(actor, deal, mode, stage_name),
        today=local(utc_now(), actor.time_zone).date(),
        household_typed=rows[0][6] or "",
        locks_clients=locks_clients(deal, mode),
        told_earlier=told_earlier_of(actor, accesses),
    )
    return context.for_who_lives_apart()


async def _rows(session: ReadSession, actor: Actor, deal_id: UUID) -> list[Any]:
    """The deal with its stage, once for each applicant with their way in."""
    found = await session.execute(
        visible_deals(actor)
        .where(Deal.id == deal_id)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(DealApplicant, DealApplicant.deal_id == Deal.id)
        .outerjoin(Contact, Contact.id == DealApplicant.contact_id)
        .outerjoin(
            PortalAccess,
            (PortalAccess.deal_id == Deal.id)
            & (PortalAccess.contact_id == Contact.id)
            & PortalAccess.revoked_at.is_(None),
        )
        .add_columns(Stage.fact_find, Stage.client_name, DealApplicant.role, Contact, PortalAccess, TICKED)
        .order_by(DealApplicant.position, DealApplicant.created_at)
        .execution_options(populate_existing=is_writing(session))
    )
    return list(found.all())
