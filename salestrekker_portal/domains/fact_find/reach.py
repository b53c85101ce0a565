"""Whose answers a person may see and change: pure rules over who is asking and how they were let in.

A client who may not see the others keeps a copy of their own of every shared question, and of shared lists
sees the items that they own a part of or added themselves. Sensitive pages belong to their subject alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.domains.questions.roles import Role
from salestrekker_portal.domains.questions.vocabulary import KEEP_PRIVATE, Page, Party, Scope, Section, scope_of
from salestrekker_portal.tables.fact_find import NOBODY


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Somebody in the deal. `answers_alone` means that they have their own way into the portal; `sees_others` that
    they see the other applicants there.
    """

    id: UUID
    name: str
    first_name: str
    role: str
    answers_alone: bool
    party: Party = Party.PERSON
    sees_others: bool = False


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who is asking, as far as answers go. Staff have no `contact_id`."""

    contact_id: UUID | None
    sees_others: bool
    role: str = Role.CLIENT
    # What nobody has divided is theirs in part.
    shares: bool = True
    # They have a household of their own.
    lives_apart: bool = False

    @property
    def is_staff(self) -> bool:
        return self.contact_id is None


def may_read_subject(reader: Reader, page: Page, section: Section, subject: UUID) -> bool:
    """Whether this person may read this copy of a section."""
    if reader.is_staff or subject == reader.contact_id:
        return True
    if subject == NOBODY:
        # The shared copy; without sight of the others only its list items, filtered one by one.
        return reader.sees_others or section.repeats
    # Sensitive pages stay with their subject even between those who see each other.
    return reader.sees_others and not (page.sensitive or section.sensitive)


def may_write_subject(reader: Reader, page: Page, section: Section, subject: Applicant | None) -> bool:
    """Whether this person may change this copy. `subject` None is the shared copy.

    Another applicant's page is theirs once they have their own way in; until then a couple may fill it in together.
    """
    if not may_read_subject(reader, page, section, subject.id if subject else NOBODY):
        return False
    if reader.is_staff or subject is None or subject.id == reader.contact_id:
        return True
    return not subject.answers_alone


def copy_for(reader: Reader, page: Page, section: Section, wanted: UUID | None) -> UUID:
    """The copy of a section that this person works on: an applicant's, or the shared one (NOBODY)."""
    if scope_of(page, section) is Scope.PER_APPLICANT:
        return wanted or reader.contact_id or NOBODY
    if reader.is_staff:
        return wanted or NOBODY
    if scope_of(page, section) is Scope.HOUSEHOLD and reader.sees_others:
        # The deal's household, one's own, or that of somebody who has no way in: whichever is on the screen.
        return wanted or (reader.contact_id if reader.lives_apart else None) or NOBODY
    if reader.sees_others or section.repeats:
        return NOBODY
    return reader.contact_id or NOBODY


def flag_copy_for(reader: Reader, page: Page, section: Section, wanted: UUID | None) -> UUID:
    """Where "nothing to add" is kept: a statement about a filtered list is the reader's own."""
    copy = copy_for(reader, page, section, wanted)
    if copy == NOBODY and not reader.is_staff and not reader.sees_others:
        return reader.contact_id or NOBODY
    return copy


def may_see_item(
    reader: Reader, section: Section, subject: UUID, shares: Mapping[str, float] | None, made_by: UUID | None
) -> bool:
    """Whether an item is this person's to see: on their own page, theirs in part, or made by them."""
    if reader.is_staff or reader.sees_others or reader.contact_id in (subject, made_by):
        return True
    if shares is None and section.owned:
        # Nobody has divided it: what staff entered is the borrowers' together, what another client did is theirs.
        return made_by is None and reader.shares
    return bool(shares and shares.get(str(reader.contact_id)))


def is_hidden_from(reader: Reader, subject: UUID, answers: Mapping[str, str]) -> bool:
    """Whether the subject kept this section between them and the broker."""
    if reader.is_staff or subject in (NOBODY, reader.contact_id):
        return False
    return answers.get(KEEP_PRIVATE) == "yes"
