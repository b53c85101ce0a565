"""Everything of the firm that a few words name: people, deals, notes, files and partners, forgiving one slip."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.documents.queries import visible_documents
from salestrekker_portal.domains.pipeline.stopping import status_words
from salestrekker_portal.domains.search.index import TRIGRAM, subjects_like, subjects_with
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.names import folded, folded_whole, name_needles, needles, slips_between, sought
from salestrekker_portal.kernel.text import clean, shortened
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.workflows import Stage

LEAST_LETTERS, MOST_LETTERS = 2, 80
# Of each kind: shown, looked at before they are ordered, and looked at for a slip.
SHOWN, LOOKED_AT, NEAR = 6, 40, 120
_NAMED = ("contact", "deal")
_FILED = ("document",)
_WRITTEN = ("note", *_FILED)


class HitKind(StrEnum):
    PERSON = "person"
    DEAL = "deal"
    NOTE = "note"
    DOCUMENT = "document"
    PARTNER = "partner"


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """One thing: `title` names it, `note` tells it from others of the name, `deal_id` is where it is."""

    kind: HitKind
    id: UUID
    title: str
    note: str = ""
    deal_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found, kind by kind. `near`: nothing was exactly so, and these are names that a slip leads to."""

    hits: tuple[SearchHit, ...] = ()
    near: bool = False


async def find_everything(session: ReadSession, actor: Actor, typed: object) -> Findings:
    """What the words name, of what this person may see. Nothing before two letters; at most eight statements.

    Raises NotPermitted.
    """
    demand(actor, Permission.CONTACT_READ)
    words = needles(clean(typed)[:MOST_LETTERS])
    if len(clean(typed)) < LEAST_LETTERS or not words:
        return Findings()
    # Two letters stand in every second note, so those are looked for in names only.
    kinds = _NAMED + _WRITTEN if max(map(len, words)) >= TRIGRAM else _NAMED
    wanted = dict.fromkeys(kinds, words) | {"contact": name_needles(clean(typed)[:MOST_LETTERS])}
    ids = await subjects_with(session, actor.organisation_id, wanted, each=LOOKED_AT)
    people = await _people(session, actor, ids["contact"], words)
    deals = await _deals(session, actor, ids["deal"], [each.id for each in people], words)
    partners = await _partners(session, actor, words)
    notes = await _notes(session, actor, ids.get("note", []))
    files = await _documents(session, actor, ids.get("document", []))
    near = False
    if not people and not deals and not partners:
        close = await _close(session, actor, words)
        people, deals = await _near(session, actor, close[_NAMED], words)
        files = files or await _documents(session, actor, close[_FILED], words)
        near = bool(people or deals or (files and not ids.get("document")))
    return Findings(hits=(*people, *deals, *notes, *files, *partners), near=near)


async def _people(session: ReadSession, actor: Actor, ids: list[UUID], words: list[str]) -> list[SearchHit]:
    if not ids:
        return []
    rows = list(
        await session.scalars(visible_contacts(actor).where(Contact.id.in_(ids), Contact.archived_at.is_(None)))
    )
    rows.sort(key=lambda each: (_distance(each.name, words), each.sort_key))
    return [_person(each) for each in rows[:SHOWN]]


def _person(contact: Contact) -> SearchHit:
    return SearchHit(kind=HitKind.PERSON, id=contact.id, title=contact.name, note=contact.email or contact.mobile or "")


async def _deals(
    session: ReadSession, actor: Actor, ids: list[UUID], people: list[UUID], words: list[str]
) -> list[SearchHit]:
    """Deals by their name or number, and those of the people who were found."""
    if not ids and not people:
        return []
    theirs = select(DealApplicant.deal_id).where(DealApplicant.contact_id.in_(people))
    named = Deal.id.in_(ids)
    rows = await session.execute(
        visible_deals(actor)
        .where(or_(named, Deal.id.in_(theirs)) if people else named)
        .join(Stage, Stage.id == Deal.stage_id)
        .with_only_columns(Deal, Stage.name)
        .order_by(Deal.id.desc())
        .limit(LOOKED_AT)
    )
    # Open ones first: an old application of the same people is seldom the one that is meant.
    found = sorted(rows, key=lambda row: (bool(row[0].locked_at or row[0].archived_at), _distance(row[0].name, words)))
    return [_deal(deal, stage) for deal, stage in found[:SHOWN]]


def _deal(deal: Deal, stage: str) -> SearchHit:
    state = status_words(deal) if deal.locked_at or deal.archived_at else stage
    return SearchHit(
        kind=HitKind.DEAL, id=deal.id, deal_id=deal.id, title=deal.name, note=f"{state}, {deal.reference}"
    )  # fmt: skip


async def _notes(session: ReadSession, actor: Actor, ids: list[UUID]) -> list[SearchHit]:
    if not ids:
        return []
    rows = await session.execute(
        visible_deals(actor)
        .join(Note, Note.deal_id == Deal.id)
        .where(Note.id.in_(ids), Note.removed_at.is_(None))
        .with_only_columns(Note, Deal.name)
        .order_by(Note.created_at.desc())
        .limit(SHOWN)
    )
    return [
        SearchHit(kind=HitKind.NOTE, id=note.id, deal_id=note.deal_id, title=shortened(note.text, 90), note=deal)
        for note, deal in rows
    ]


async def _documents(
    session: ReadSession, actor: Actor, ids: list[UUID], near: list[str] | None = None
) -> list[SearchHit]:
    """The newest first. `near`: only those whose names are a slip away from these words, the nearest first."""
    if not ids:
        return []
    rows = await session.execute(
        visible_documents(actor)
        .join(Deal, Deal.id == Document.deal_id)
        .where(Document.id.in_(ids))
        .with_only_columns(Document, Deal.name)
        .order_by(Document.created_at.desc())
        .limit(SHOWN if near is None else NEAR)
    )
    found = list(rows)
    if near is not None:
        alike = [row for row in found if _is_near(row[0].name, near)]
        found = sorted(alike, key=lambda row: _distance(row[0].name, near))[:SHOWN]
    return [
        SearchHit(kind=HitKind.DOCUMENT, id=each.id, deal_id=each.deal_id, title=each.name, note=deal)
        for each, deal in found
    ]


async def _partners(session: ReadSession, actor: Actor, words: list[str]) -> list[SearchHit]:
    """A firm has some dozens: they are read, and looked through here."""
    rows = await session.execute(
        select(Partner, PartnerMembership)
        .join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
        .where(PartnerMembership.organisation_id == actor.organisation_id, PartnerMembership.removed_at.is_(None))
        .order_by(Partner.last_name)
        .limit(1000)
    )
    found = []
    for row in rows:
        each = as_known(*row)
        known = folded_whole(f"{each.name} {each.firm}") + folded_whole(each.email)
        if all(sought(word) in known for word in words):
            found.append(SearchHit(kind=HitKind.PARTNER, id=each.id, title=each.name, note=each.firm or each.email))
    return found[:SHOWN]


async def _close(session: ReadSession, actor: Actor, words: list[str]) -> dict[tuple[str, ...], list[UUID]]:
    """What looks like the longest word: people and deals, and apart from them files, which are many."""
    return await subjects_like(session, actor.organisation_id, (_NAMED, _FILED), max(words, key=len), most=NEAR)


async def _near(
    session: ReadSession, actor: Actor, close: list[UUID], words: list[str]
) -> tuple[list[SearchHit], list[SearchHit]]:
    """Those people and deals whose names are one slip away from each word, two from one of six letters or more."""
    if not close:
        return [], []
    rows = list(
        await session.scalars(visible_contacts(actor).where(Contact.id.in_(close), Contact.archived_at.is_(None)))
    )
    rows_alike = sorted(
        (each for each in rows if _is_near(each.name, words)), key=lambda each: _distance(each.name, words)
    )
    people = [_person(each) for each in rows_alike[:SHOWN]]
    deals = await _deals(session, actor, close, [each.id for each in people], words)
    theirs = {each.id for each in deals if _is_near(each.title, words)}
    if people:
        kept = select(DealApplicant.deal_id).where(DealApplicant.contact_id.in_([each.id for each in people]))
        theirs |= set(await session.scalars(kept))
    return people, [each for each in deals if each.id in theirs]


def _is_near(name: str, words: list[str]) -> bool:
    """Whether each word of three letters or more is in the name but for its slips."""
    known = _words_of(name)
    return all(
        any(_slips(word, each) <= (2 if len(word) >= 6 else 1) for each in known)
        for word in words
        if len(word) >= TRIGRAM
    )


def _distance(name: str, words: list[str]) -> int:
    """How many slips lie between what was typed and the nearest words of a name, or their beginnings."""
    known = _words_of(name) or [""]
    return sum(min(_slips(word, each) for each in known) for word in words)


def _words_of(name: str) -> list[str]:
    return list({*folded(name).split(), *(folded_whole(word) for word in name.split())} - {""})


def _slips(word: str, whole: str) -> int:
    """Between a word and the beginning of another that is about as long: names are seldom typed to their end."""
    lengths = {len(whole), *range(max(1, len(word) - 1), min(len(whole), len(word) + 1) + 1)}
    return min(slips_between(word, whole[:length]) for length in lengths)
