"""Who of a file is known already: to the firm, or from an earlier row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.contacts.known import Marked, is_like
from salestrekker_portal.domains.contacts.rules import ContactFacts
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.imports import DataImport, ImportRow, RowState


def key_of(name_key: str, number: str | None) -> str:
    """By which a deal is found: its folded name, or within one file its number; "" for none."""
    return f"#{number}" if number else name_key


@dataclass
class KnownMark:
    """Somebody by their e-mail, mobile and name; `deals` are the keys of their deals, as `key_of` makes them."""

    marks: Marked
    contact: Contact | None = None
    row: int = 0
    deals: set[str] = field(default_factory=set)

    def has(self, name_key: str, number: str | None) -> bool:
        """Whether they are in this deal; nobody who comes with none has anything new."""
        return not name_key or name_key in self.deals or key_of(name_key, number) in self.deals

    def words(self, deal_key: str) -> str:
        """Why a row about them holds nothing new."""
        who = f"You know {self.contact.name} already" if self.contact else f"The same person as in row {self.row}"
        return f"{who}, with a deal of this name." if deal_key else f"{who}."


class KnownPeople:
    """Those who may be meant by a batch of rows; who is found in it is added, so that the next row finds them."""

    def __init__(self, known: Iterable[KnownMark]) -> None:
        self._by_mark: dict[str, list[KnownMark]] = defaultdict(list)
        for each in known:
            self.add(each)

    def add(self, known: KnownMark) -> None:
        for mark in (known.marks.email, known.marks.mobile):
            if mark:
                self._by_mark[mark].append(known)

    def like(self, facts: ContactFacts) -> list[KnownMark]:
        """Who this must be, contacts of the firm first: two of e-mail, mobile and name are the same."""
        found = {id(each): each for mark in (facts.email, facts.mobile) if mark for each in self._by_mark[mark]}
        return sorted(
            (each for each in found.values() if is_like(facts, each.marks)), key=lambda each: not each.contact
        )


async def people_for(
    session: ReadSession, file: DataImport, facts: Sequence[ContactFacts], earlier: ImportRow | None = None
) -> KnownPeople:
    """Contacts of the firm with their open deals, and with `earlier` those of rows before it in its file."""
    emails = [each.email for each in facts if each.email]
    mobiles = [each.mobile for each in facts if each.mobile]
    mine = select(Contact).where(Contact.organisation_id == file.organisation_id, Contact.archived_at.is_(None))
    # One question for each of the two indexes: with OR, SQLite reads the whole firm.
    contacts = {each.id: each for each in await session.scalars(mine.where(Contact.email.in_(emails)))}
    contacts |= {each.id: each for each in await session.scalars(mine.where(Contact.mobile.in_(mobiles)))}
    known = {each.id: KnownMark(each, contact=each) for each in contacts.values()}
    deals = await session.execute(
        select(DealApplicant.contact_id, Deal.name_key, ImportRow.deal_number)
        .join(Deal, Deal.id == DealApplicant.deal_id)
        .outerjoin(ImportRow, (ImportRow.deal_id == Deal.id) & (ImportRow.import_id == file.id))
        .where(DealApplicant.contact_id.in_(list(known)), Deal.archived_at.is_(None))
    )
    for contact_id, name_key, number in deals:
        known[contact_id].deals.add(key_of(name_key, number))
    return KnownPeople([*known.values(), *(await _in_the_file(session, emails, mobiles, earlier) if earlier else [])])


async def _in_the_file(
    session: ReadSession, emails: list[str], mobiles: list[str], before: ImportRow
) -> list[KnownMark]:
    mine = select(ImportRow).where(
        ImportRow.import_id == before.import_id,
        ImportRow.number < before.number,
        ImportRow.state.in_([RowState.GOOD, RowState.KNOWN]),
    )
    rows = {each.id: each for each in await session.scalars(mine.where(ImportRow.email.in_(emails)))}
    rows |= {each.id: each for each in await session.scalars(mine.where(ImportRow.mobile.in_(mobiles)))}
    return [KnownMark(each, row=each.number, deals=deals_of(each)) for each in rows.values()]


def deals_of(row: ImportRow) -> set[str]:
    """The deal that a row comes with, as one or none."""
    return {key_of(row.deal_key, row.deal_number)} - {""}
