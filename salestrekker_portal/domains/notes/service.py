"""Writing on a deal: to the team, to clients, to the partner; and how far each has read."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.quotas import count_message
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic, record, touch
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_on_the_board
from salestrekker_portal.domains.notes.attachments import attach, follow_note
from salestrekker_portal.domains.notes.queries import unread_count, visible_notes
from salestrekker_portal.domains.notes.telling import tell_of_note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.notes import AuthorKind, Note, ThreadRead
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.partners import DealPartner

MOST_LETTERS = 4000
AUTHOR = {Portal.BROKER: AuthorKind.USER, Portal.CLIENT: AuthorKind.CLIENT, Portal.PARTNER: AuthorKind.PARTNER}


async def add_note(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    text: object,
    *,
    with_client: bool = False,
    with_partner: bool = False,
    contact_id: UUID | None = None,
    important: bool = False,
    files: Sequence[UUID] = (),
    tell: Collection[UUID] = (),
    with_lead: bool = False,
) -> Note:
    """Write on a deal. The team chooses who reads it before saving; a client's or partner's note reaches the team.

    `contact_id` keeps a shared note to one client. `files` are drafts of the same person; with some, no words are
    needed. `tell` are colleagues who get a notice of it. `with_lead`: the news of a partner's lead brings it along.
    Raises Invalid (`text`, `tell`), NotFound or NotPermitted.
    """
    deal = await access_deal(session, actor, deal_id, Permission.NOTE_WRITE)
    note = _begun(actor, deal, checked_note(text, may_be_empty=bool(files)))
    await count_message(session, actor)
    if actor.is_staff:
        note.important = important
        await _read_by(session, actor, deal, note, with_client, with_partner, contact_id)
    elif actor.is_partner:
        await _partners_may_write(session, actor.organisation_id)
    session.add(note)
    await attach(session, actor, deal, note, files)
    record(session, actor, "note:added", organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=note.id,
           with_client=note.shared_with_client_at is not None,
           with_partner=note.shared_with_partner_at is not None, with_lead=with_lead or None)  # fmt: skip
    if tell:
        await session.flush()
        await tell_of_note(session, actor, deal, note, tell)
    await _tell_partners(session, deal.id)
    return note


def _begun(actor: Actor, deal: Deal, text: str) -> Note:
    """A note as its writer's portal has it: what clients and partners write is shared with themselves."""
    now = utc_now()
    return Note(
        deal_id=deal.id,
        author_kind=AUTHOR[actor.portal],
        author_id=actor.id,
        author_name=actor.name,
        text=text,
        shared_with_client_at=now if actor.is_client else None,
        shared_with_partner_at=now if actor.is_partner else None,
        # Who can't see the others isn't read by them either.
        contact_id=actor.id if actor.is_client and not actor.sees_other_applicants else None,
    )


async def _read_by(
    session: WriteSession,
    actor: Actor,
    deal: Deal,
    note: Note,
    with_client: bool,
    with_partner: bool,
    contact_id: UUID | None,
) -> None:
    """Who outside the team reads a note of the team's."""
    if not (with_client or with_partner):
        return
    demand(actor, Permission.NOTE_SHARE)
    demand_on_the_board(deal)
    note.shared_with_client_at = utc_now() if with_client else None
    note.shared_with_partner_at = utc_now() if with_partner else None
    note.contact_id = await _applicant(session, deal.id, contact_id) if with_client else None


def add_system_note(session: WriteSession, deal_id: UUID, text: str) -> Note:
    """What the portal itself writes into a deal, for the team."""
    note = Note(deal_id=deal_id, author_kind=AuthorKind.SYSTEM, author_name="Portal", text=text)
    session.add(note)
    return note


def checked_note(raw: object, *, may_be_empty: bool) -> str:
    """What somebody wrote. Raises Invalid (`text`)."""
    text = clean(raw, lines=True)
    if not text and not may_be_empty:
        raise Invalid({"text": "Write something first."})
    if len(text) > MOST_LETTERS:
        raise Invalid({"text": f"Use at most {MOST_LETTERS:,} characters. This has {len(text):,}."})
    return text


async def _applicant(session: WriteSession, deal_id: UUID, contact_id: UUID | None) -> UUID | None:
    if contact_id is None:
        return None
    takes_part = await session.scalar(
        select(DealApplicant.id).where(DealApplicant.deal_id == deal_id, DealApplicant.contact_id == contact_id)
    )
    if takes_part is None:
        raise NotFound("client")
    return contact_id


async def _partners_may_write(session: WriteSession, organisation_id: UUID) -> None:
    allowed = await session.scalar(
        select(PartnerPortalSettings.can_add_notes).where(PartnerPortalSettings.organisation_id == organisation_id)
    )
    if allowed is False:
        raise NotPermitted("This brokerage has switched off notes from partners. Call your broker instead.")


async def note_of_mine(session: WriteSession, actor: Actor, deal_id: UUID, note_id: UUID) -> tuple[Deal, Note]:
    """A note that this person may read, with its deal, which is held. Raises NotFound, NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.NOTE_WRITE)
    # Read anew under the hold: what this session had seen of the note before may be somebody's words ago.
    found = visible_notes(actor, deal_id).where(Note.id == note_id).execution_options(populate_existing=True)
    note = (await session.scalars(found)).one_or_none()
    if note is None:
        raise NotFound("note")
    return deal, note


async def share_note(session: WriteSession, actor: Actor, deal_id: UUID, note_id: UUID, *, audience: str, on: bool):
    """Share a note with "client" or "partner", or stop sharing it. What its author wrote stays theirs to read.

    The files that were sent with it have the same readers, always.
    """
    deal, note = await note_of_mine(session, actor, deal_id, note_id)
    demand(actor, Permission.NOTE_SHARE)
    if audience not in ("client", "partner"):
        raise Invalid({"audience": "Choose the client or the partner."})
    # Pressed twice: no second message, and no second line on the timeline.
    if (getattr(note, f"shared_with_{audience}_at") is not None) == on:
        return
    if on:
        demand_on_the_board(deal)
    setattr(note, f"shared_with_{audience}_at", utc_now() if on else None)
    await follow_note(session, note)
    kind = "note:shared" if on else "note:unshared"
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, subject_id=note.id,
           audience=audience)  # fmt: skip
    await _tell_partners(session, deal.id)


async def mark_important(session: WriteSession, actor: Actor, deal_id: UUID, note_id: UUID, *, on: bool) -> None:
    """Put a note where nobody misses it. The team's mark; clients and partners don't see it."""
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage marks notes.")
    _, note = await note_of_mine(session, actor, deal_id, note_id)
    note.important = on
    touch(session, deal_topic(deal_id))


async def mark_read(session: WriteSession, actor: Actor, deal_id: UUID) -> int:
    """This person has now read the thread; returns how many notes were new to them.

    When the team reads what a client wrote, the client's privacy page can say so.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    fresh = await unread_count(session, actor, deal_id)
    # Nothing new, so nothing is written: this runs each time somebody looks at the thread.
    if not fresh:
        return 0
    of_clients = await unread_count(session, actor, deal_id, by=AuthorKind.CLIENT)
    mark = await session.scalar(
        select(ThreadRead).where(ThreadRead.deal_id == deal_id, ThreadRead.reader_id == actor.id)
    )
    if mark is None:
        session.add(ThreadRead(deal_id=deal_id, reader_id=actor.id, read_at=utc_now()))
    else:
        mark.read_at = utc_now()
    if actor.is_staff and of_clients:
        record(session, actor, "messages:read", organisation_id=deal.organisation_id, deal_id=deal.id)
    else:
        touch(session, deal_topic(deal_id))
    return fresh


async def _tell_partners(session: WriteSession, deal_id: UUID) -> None:
    partners = await session.scalars(select(DealPartner.partner_id).where(DealPartner.deal_id == deal_id))
    touch(session, *[partner_topic(partner_id) for partner_id in partners])
