"""Everything that one person may read of a fact find, read once, with what follows from it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find import stored as pure
from salestrekker_portal.domains.fact_find.context import ProfileContext, profile_context
from salestrekker_portal.domains.fact_find.homes import household_of
from salestrekker_portal.domains.fact_find.lines import Line, lines
from salestrekker_portal.domains.fact_find.position import Position, position
from salestrekker_portal.domains.fact_find.progress import Progress, SectionProgress, progress
from salestrekker_portal.domains.fact_find.queries import Copy, all_copies
from salestrekker_portal.domains.fact_find.told import is_open
from salestrekker_portal.domains.questions.answers import is_asked
from salestrekker_portal.domains.questions.vocabulary import Page, Scope, Section, scope_of, section_id
from salestrekker_portal.tables.fact_find import NOBODY, HeldAnswer

# (section id, subject, item, field key)
Spot = tuple[str, UUID, UUID, str]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """All copies that somebody may read, in order. Facts, progress and totals follow from them."""

    context: ProfileContext
    copies: tuple[Copy, ...]
    held: dict[Spot, HeldAnswer]
    _facts: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def stored(self) -> dict[tuple[str, str], pure.Filled]:
        """As the pure rules want it. A client's own copy of a shared section stands in the shared one's place
        for them; for staff it does while nobody has begun the shared one.
        """
        found: dict[tuple[str, str], pure.Filled] = {}
        for copy in self.copies:
            full_id, filled = section_id(copy.page, copy.section), copy.filled
            if copy.subject != NOBODY:
                found[full_id, str(copy.subject)] = filled
            if copy.subject == NOBODY or self._stands_for_all(copy):
                shared = found.get((full_id, pure.NOBODY))
                if shared is None or not shared.started:
                    found[full_id, pure.NOBODY] = filled
        return found

    def _stands_for_all(self, copy: Copy) -> bool:
        """A copy of somebody who may not see the others, where one of everybody would be."""
        if scope_of(copy.page, copy.section) is Scope.PER_APPLICANT:
            return False
        own_household = copy.page.scope is Scope.HOUSEHOLD and copy.subject in self.context.apart
        return not own_household or not (self.context.reader.is_staff or self.context.reader.sees_others)

    def facts(self, subject: UUID) -> dict[str, Any]:
        """What conditions, rules and lists of choices look at while this subject's answers are read."""
        if subject not in self._facts:
            key = str(subject) if subject != NOBODY else pure.NOBODY
            self._facts[subject] = pure.facts_for(self.context.facts(subject), self.stored, key)
        return self._facts[subject]

    @cached_property
    def _deal_facts(self) -> dict[str, Any]:
        return self.context.facts(NOBODY)

    def subjects(self) -> list[str]:
        """The applicants whose pages this person is asked to fill in: their own, and of those who have no way in."""
        reader = self.context.reader
        if reader.is_staff:
            return [str(each.id) for each in self.context.applicants]
        return [
            str(each.id)
            for each in self.context.applicants
            if each.id == reader.contact_id or (reader.sees_others and not each.answers_alone)
        ]

    @cached_property
    def progress(self) -> Progress:
        """Where everything stands that is this person's to fill in."""
        return self._progress(self.subjects())

    @cached_property
    def readable_progress(self) -> Progress:
        """Where everything stands that this person may read, other applicants' pages included."""
        everyone = [contact for contact, _ in self._deal_facts["applicants"]]
        return self._progress(everyone)

    def _progress(self, subjects: list[str]) -> Progress:
        asked = self.context.asked_pages
        found = progress(
            asked, self.stored, self._deal_facts, subjects=subjects, households=self.households,
            unconfirmed=self._unconfirmed,
        )  # fmt: skip
        return Progress(tuple(each for each in found.sections if self._may_read(each)))

    @cached_property
    def _sections(self) -> dict[str, tuple[Page, Section]]:
        pages = self.context.asked_pages
        return {section_id(page, section): (page, section) for page in pages for section in page.sections}

    def _may_read(self, copy: SectionProgress) -> bool:
        """Nobody is told that something is missing on a page that they may not open: a couple may fill in together,
        and each one's papers and declarations are still their own. What is of nobody alone is everybody's: of who may
        not see the others, their own copy stands there (`stored`)."""
        if not copy.subject:
            return True
        return reach.may_read_subject(self.context.reader, *self._sections[copy.section_id], UUID(copy.subject))

    @cached_property
    def _unconfirmed(self) -> frozenset[tuple[str, str]]:
        """(section id, subject) of what was told for an earlier loan and not confirmed."""
        return frozenset(
            (key, subject)
            for contact, told in self.context.told_earlier.items()
            for key, each in told.items()
            if is_open(each)
            for subject in (str(contact), pure.NOBODY)
        )

    @cached_property
    def households(self) -> tuple[str, ...]:
        """Whose living expenses this person is asked about; NOBODY for the deal's household."""
        return tuple(str(each) if each != NOBODY else pure.NOBODY for each in self.context.households)

    @property
    def household(self) -> list[str]:
        """Who is in it."""
        return household_of(self.stored, self._deal_facts)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every amount that this person may read, as it is counted."""
        return lines(self.context.asked_pages, self.stored, self._deal_facts, households=self.households)

    @cached_property
    def position(self) -> Position:
        """The broker's figures, of the same lines."""
        return position(self.context.asked_pages, self.stored, self._deal_facts, self.lines)

    def copies_on(self, page_key: str, subject: UUID) -> list[Copy]:
        """The copies on one person's page, or on a shared one (NOBODY), that are asked now."""
        found = []
        for copy in self.copies:
            if copy.page.key == page_key and self._is_of(copy, subject) and self._asked(copy.section, copy.subject):
                found.append(copy)
        return found

    def _is_of(self, copy: Copy, subject: UUID) -> bool:
        if scope_of(copy.page, copy.section) is Scope.PER_APPLICANT:
            return copy.subject == subject
        if copy.page.scope is Scope.HOUSEHOLD and (self.context.reader.is_staff or self.context.reader.sees_others):
            return copy.subject == subject if subject != NOBODY else copy.subject not in self.context.apart
        if copy.page.scope is not Scope.PER_APPLICANT:
            return True
        # Shared, on a page about one person: for those of whom it is asked.
        return subject == NOBODY or self.context.asks_of(self.context.applicant(subject), copy.page, copy.section)

    def _asked(self, section: Section, subject: UUID) -> bool:
        if section.is_brokers and not self.context.reader.is_staff:
            return False
        return section.when is None or is_asked(section, self.facts(subject))


async def read_whole(session: ReadSession, actor: Actor, deal_id: UUID) -> Whole:
    """Four statements; three for staff. Raises NotFound and NotPermitted as `profile_context` does."""
    context = await profile_context(session, actor, deal_id)
    copies = await all_copies(session, context)
    return Whole(context=context, copies=tuple(copies), held=await _held(session, actor))


async def _held(session: ReadSession, actor: Actor) -> dict[Spot, HeldAnswer]:
    if actor.access_id is None:
        return {}
    rows = await session.scalars(select(HeldAnswer).where(HeldAnswer.access_id == actor.access_id))
    return {(held.section_id, held.subject_id, held.item_id, held.field_key): held for held in rows}
