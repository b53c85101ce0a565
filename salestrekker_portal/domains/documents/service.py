"""Files in a deal: sent, taken back, filed under a request, named, labelled and shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.access.quotas import count_file, demand_room_today
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.arriving import NewFile, keep_row
from salestrekker_portal.domains.documents.conditions import demand_few_drafts, demand_partners_may_add, takes_part
from salestrekker_portal.domains.documents.following import document_changed, file_left
from salestrekker_portal.domains.documents.held import CLOSED
from salestrekker_portal.domains.documents.queries import access_document, access_request, file_of
from salestrekker_portal.domains.documents.rules import (
    ACCEPTED_ALREADY,
    LATER_SLOTS,
    NAME_LIMIT,
    SLOTS,
    UPLOADER,
    checked_words,
    demand_open,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot
from salestrekker_portal.tables.organisations import Country

AUDIENCES = ("client", "partner")


@dataclass(frozen=True, kw_only=True)
class FilePlace:
    """Where a file goes. Without a request it stands by itself, about `contact_id` or nobody in particular.

    `with_note`: it goes with a note that its sender is writing, and is theirs alone until that is sent.
    """

    deal_id: UUID
    request_id: UUID | None = None
    contact_id: UUID | None = None
    with_note: bool = False


async def check_upload(session: ReadSession, actor: Actor, place: FilePlace) -> tuple[Deal, DocumentRequest | None]:
    """Whether this person may put a file there now. Raises NotFound, NotPermitted, Conflict."""
    deal = await access_deal(session, actor, place.deal_id, Permission.DOCUMENT_UPLOAD)
    if actor.is_partner:
        # First: that a deal is settled or put away is not theirs to learn where its clients keep it to themselves.
        await demand_partners_may_add(session, actor.organisation_id, deal.id)
    demand_open(actor, deal)
    await demand_room_today(session, actor)
    if actor.is_client and not actor.consented:
        raise NotPermitted("Agree to the privacy disclosure first. Open your page again.")
    request = None
    if place.with_note:
        await demand_few_drafts(session, actor, deal.id)
    elif place.request_id is not None:
        request = await access_request(session, actor, place.request_id, Permission.DOCUMENT_UPLOAD)
        if request.deal_id != deal.id:
            raise NotFound("document request")
        if request.state is RequestState.ACCEPTED and not actor.is_staff:
            raise Conflict(ACCEPTED_ALREADY)
    if place.contact_id is not None and not await takes_part(session, deal.id, place.contact_id):
        raise NotFound("client")
    return deal, request


async def accept_upload(session: WriteSession, actor: Actor, place: FilePlace, file: NewFile) -> Document:
    """File what arrived: the file, the document, the request's state, the deal's figures.

    A file with a virus is filed too, closed to everybody, and answers no request.
    Raises NotFound, NotPermitted and Conflict like `check_upload`: much may have changed while it was on its way.
    """
    deal, request = await check_upload(session, actor, place)
    await count_file(session, actor, file.size)
    stored = await keep_row(session, deal.organisation_id, file)
    own = actor.id if actor.is_client else None
    document = Document(
        deal_id=deal.id,
        file_id=stored.id,
        name=file.name[:NAME_LIMIT],
        request_id=request.id if request else None,
        contact_id=request.contact_id if request else (own or (place.contact_id if actor.is_staff else None)),
        uploader_kind=UPLOADER[actor.portal],
        uploader_id=actor.id,
        uploader_name=actor.name,
    )
    closed = stored.scanned in CLOSED
    if place.with_note and not closed:
        document.drafted_at = utc_now()
        session.add(document)
        return document
    session.add(document)
    if request is not None and not closed:
        request.state = RequestState.UPLOADED
    record(session, actor, "document:uploaded", organisation_id=deal.organisation_id, deal_id=deal.id,
           subject_id=document.id, name=document.name, closed=closed or None)  # fmt: skip
    if closed:
        record(session, None, "document:closed_off", organisation_id=deal.organisation_id, deal_id=deal.id,
               subject_id=document.id, name=document.name, found=stored.scan_found)  # fmt: skip
    deal_touched(session, deal.id)
    return document


async def move_document(session: WriteSession, actor: Actor, document_id: UUID, request_id: UUID | None) -> None:
    """File a document under another request of its deal, or under none. Raises NotFound, NotPermitted, Conflict."""
    deal, document = await _mine(session, actor, document_id, Permission.DOCUMENT_REVIEW)
    target = None
    if request_id is not None:
        target = await access_request(session, actor, request_id, Permission.DOCUMENT_REVIEW)
        if target.deal_id != deal.id:
            raise NotFound("document request")
    if document.request_id == request_id:
        return
    source = await session.get(DocumentRequest, document.request_id) if document.request_id else None
    document.request_id = request_id
    if target is not None:
        document.contact_id = target.contact_id
        if target.state is not RequestState.ACCEPTED:
            target.state = RequestState.UPLOADED
    await file_left(session, source)
    await document_changed(session, actor, deal, "document:moved", document, to=target.name if target else "no request")


async def rename_document(
    session: WriteSession,
    actor: Actor,
    document_id: UUID,
    name: object,
    shown: Mapping[str, object] | None = None,
) -> None:
    """Give a document another name. Raises Invalid (`name`), NotFound, NotPermitted, Conflict, Faster (`name`)."""
    deal, document = await _mine(session, actor, document_id, Permission.DOCUMENT_REVIEW)
    before, trail = document.name, Trail(kinds=("document:renamed",), subject_id=document.id)
    kept = await on_top_of(session, actor, trail, shown=shown, now={"name": before}, typed={"name": name})
    document.name = checked_words(kept["name"], "name", least="Give the document a name.", limit=NAME_LIMIT)
    if document.name != before:
        await document_changed(session, actor, deal, "document:renamed", document, before=before)


async def label_document(session: WriteSession, actor: Actor, document_id: UUID, slot: Slot | None) -> None:
    """Say that this is the deal's credit guide, say; the check before an invitation then passes (S1-21, L29).

    Clients read labelled documents before they agree, so labelling one shares it: it takes the right to share.
    Raises Invalid (`slot`), NotFound, NotPermitted, Conflict, and FileHeld in quarantine.
    """
    deal, document = await _mine(session, actor, document_id, Permission.DOCUMENT_SHARE)
    country = Country(actor.country)
    if slot is not None and slot not in (*SLOTS[country], *LATER_SLOTS[country]):
        raise Invalid({"slot": "That label is for the other country. Choose one of the list."})
    if document.slot == slot:
        return
    if slot is not None:
        await file_of(session, document)
    document.slot, document.slot_version = slot, ""
    # An assessment is given to a client who asks for it (s 120), and not by itself.
    if slot is not None and slot is not Slot.PRELIMINARY_ASSESSMENT:
        document.shared_with_client_at = document.shared_with_client_at or utc_now()
    await document_changed(
        session, actor, deal, "document:labelled", document, label=slot.value if slot else "no label"
    )


async def share_document(session: WriteSession, actor: Actor, document_id: UUID, *, audience: str, on: bool) -> None:
    """Share a document with "client" or "partner", or stop sharing it; that is allowed on a settled deal too.

    Raises NotFound, NotPermitted, Invalid, Conflict.
    """
    document = await access_document(session, actor, document_id, Permission.DOCUMENT_SHARE)
    deal = await access_deal(session, actor, document.deal_id, Permission.DOCUMENT_SHARE)
    if audience not in AUDIENCES:
        raise Invalid({"audience": "Choose the client or the partner."})
    if on:
        demand_open(actor, deal)
    elif audience == "client" and document.slot in SLOTS[Country(actor.country)]:
        raise Conflict("Clients must be able to read this: it is one of the documents they agree to. Remove its label.")
    if document.note_id is not None:
        raise Conflict("It was sent with a note and has the note’s readers. Share the note, or stop sharing it.")
    if (getattr(document, f"shared_with_{audience}_at") is not None) == on:
        return
    if on:
        await file_of(session, document)
    setattr(document, f"shared_with_{audience}_at", utc_now() if on else None)
    kind = "document:shared" if on else "document:unshared"
    await document_changed(session, actor, deal, kind, document, audience=f"the {audience}")


def is_own(actor: Actor, document: Document) -> bool:
    """Whether this person sent it."""
    return document.uploader_id == actor.id and document.uploader_kind is UPLOADER[actor.portal]


async def _mine(
    session: WriteSession, actor: Actor, document_id: UUID, permission: Permission
) -> tuple[Deal, Document]:
    document = await access_document(session, actor, document_id, permission)
    deal = await access_deal(session, actor, document.deal_id, permission)
    if not actor.is_staff:
        raise NotPermitted(REFUSALS[Permission.DOCUMENT_REVIEW])
    demand_open(actor, deal)
    return deal, document
