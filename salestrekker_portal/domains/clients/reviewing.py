"""Looking through what a client answered: a page is approved, or a section is sent back to them with a note."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import deal_topic, profile_topic, record, touch
from salestrekker_portal.domains.fact_find.outline import find_stop, stops, title_of
from salestrekker_portal.domains.fact_find.reach import Applicant, Reader, may_write_subject
from salestrekker_portal.domains.fact_find.reopening import opened_for_clients
from salestrekker_portal.domains.fact_find.reviewed import review_key
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.questions.vocabulary import Page, Section, section_id
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.fact_find import NOBODY

NOTE_LIMIT = 500
NOBODY_ANSWERS = "Nobody who can answer this has a way into the portal. Share the deal with them first."
ONLY_BROKERS = "Clients don’t see this section: it is yours to answer."


async def approve_answers(
    session: WriteSession, actor: Actor, deal_id: UUID, page_key: str, subject: UUID, *, approved: bool
) -> None:
    """Say that a page of answers is looked through and good, or not after all. Raises NotFound, NotPermitted, Conflict.

    Whatever is changed there afterwards is counted beside it. What was asked again on an approved page is settled.
    """
    whole = await _of_team(session, actor, deal_id)
    stop = find_stop(stops(whole, all_whole=True), page_key, subject)
    deal, key = whole.context.deal, review_key(stop.page.key, stop.subject)
    over = {key}
    if approved:
        copies = whole.copies_on(stop.page.key, stop.subject)
        over |= {review_key(section_id(copy.page, copy.section), copy.subject) for copy in copies}
    kept = {each: said for each, said in deal.answers_reviewed.items() if each not in over}
    deal.answers_reviewed = kept | ({key: {"by": actor.name, "at": utc_now().isoformat()}} if approved else {})
    kind, title = "profile:approved" if approved else "profile:unapproved", title_of(whole, stop.page, stop.subject)
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, section=title)
    touch(session, profile_topic(deal.id))


async def send_back(
    session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, subject: UUID, note: object
) -> None:
    """Ask a client to look at one section again: they get the note as a message, once, and read it above the section.

    Who is told is whoever may answer there, and nobody else. They may change the section, whatever the stage locks and
    whether or not they have handed it in. Raises Invalid (`note`), NotFound, NotPermitted, Conflict when the deal is
    settled or nobody could answer.
    """
    words = _checked(note)
    whole = await _of_team(session, actor, deal_id)
    page, section = whole.context.section(full_id)
    if subject not in {copy.subject for copy in whole.copies if copy.section is section and copy.page.key == page.key}:
        raise NotFound("section")
    if section.is_brokers:
        raise Conflict(ONLY_BROKERS)
    told = _who_answers(whole, page, section, subject)
    if not told:
        raise Conflict(NOBODY_ANSWERS)
    deal = whole.context.deal
    # Who may not see the others reads it above a copy of their own.
    own = [each.id for each in told if subject == NOBODY and not each.sees_others and not section.repeats]
    asked = {"by": actor.name, "at": utc_now().isoformat(), "note": words}
    there = {"to": [str(each.id) for each in told if each.id not in own]}
    deal.answers_reviewed = (
        deal.answers_reviewed
        | {review_key(full_id, subject): asked | there}
        | {review_key(full_id, each): asked | {"to": [str(each)]} for each in own}
    )
    if whole.context.locks_clients:
        deal.reopened = opened_for_clients(deal, full_id)
    everybody = len(told) == sum(each.answers_alone for each in whole.context.applicants)
    for reader in [None] if subject == NOBODY and everybody else told:
        text = f"About “{section.title}” in {_whose(whole, subject, reader)}: {words}"
        await add_note(session, actor, deal.id, text, with_client=True, contact_id=reader.id if reader else None)
    record(session, actor, "profile:sent_back", organisation_id=deal.organisation_id, deal_id=deal.id,
           section=section.title)  # fmt: skip
    touch(session, profile_topic(deal.id), deal_topic(deal.id))


def _who_answers(whole: Whole, page: Page, section: Section, subject: UUID) -> list[Applicant]:
    """Who may change this copy of a section in the portal: whose it is, or who fills it in for somebody without a way
    in. Of what is everybody's, those who see the others; all, where nobody does and each has a copy of their own.
    """
    inside = [each for each in whole.context.applicants if each.answers_alone]
    owner = whole.context.applicant(subject) if subject != NOBODY else None
    found = [each for each in inside if may_write_subject(_as_reader(each), page, section, owner)]
    return found or (inside if subject == NOBODY else [])


def _as_reader(applicant: Applicant) -> Reader:
    return Reader(contact_id=applicant.id, sees_others=applicant.sees_others)


def _whose(whole: Whole, subject: UUID, reader: Applicant | None) -> str:
    if reader is None or subject in (NOBODY, reader.id):
        return "your answers"
    return f"{whole.context.applicant(subject).first_name}’s answers"


async def _of_team(session: WriteSession, actor: Actor, deal_id: UUID) -> Whole:
    whole = await read_whole(session, actor, deal_id)
    if not whole.context.reader.is_staff:
        raise NotFound("section")
    demand(actor, Permission.DEAL_WRITE)
    if whole.context.lock_reason:
        raise Conflict(whole.context.lock_reason)
    return whole


def _checked(raw: object) -> str:
    words = clean(raw, lines=True)
    if not words:
        raise Invalid({"note": "Say what they should look at again."})
    if len(words) > NOTE_LIMIT:
        raise Invalid({"note": f"Use at most {NOTE_LIMIT} characters. This has {len(words):,}."})
    return words
