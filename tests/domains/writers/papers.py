"""What is done to a deal's documents and to the requests for them."""

from sqlalchemy import select

from salestrekker_portal.domains.chasing import chasers, pausing
from salestrekker_portal.domains.documents.arriving import NewFile
from salestrekker_portal.domains.documents.ports import Scan, ScanOutcome
from salestrekker_portal.domains.documents.quarantine import settle_check
from salestrekker_portal.domains.documents.removing import put_back_document, remove_document, remove_own_upload
from salestrekker_portal.domains.documents.requests import (
    add_request,
    add_requests_from_list,
    put_back_request,
    withdraw_request,
)
from salestrekker_portal.domains.documents.review import (
    accept_request,
    ask_again,
    mark_not_needed,
    reopen_request,
    say_it_does_not_apply,
)
from salestrekker_portal.domains.documents.sending import send_requests
from salestrekker_portal.domains.documents.service import (
    FilePlace,
    accept_upload,
    label_document,
    move_document,
    rename_document,
    share_document,
)
from salestrekker_portal.domains.documents.standard_lists import STANDARD_LISTS
from salestrekker_portal.domains.documents.taking import take_documents
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot, UploaderKind
from salestrekker_portal.tables.organisations import Country
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()
S = RequestState


def file_named(text: str, **facts) -> NewFile:
    name = f"{text}.pdf"
    return NewFile(key=f"{new_id()}/{text}", name=name, mime="application/pdf", size=9, sha256="0" * 64, **facts)


@all_of(Document.name)
async def client_uploads(session, scene, text):
    asked = await scene.request(session, S.REQUESTED, S.ASKED_AGAIN, S.UPLOADED, text=text)
    place = FilePlace(deal_id=scene.deal.id, request_id=asked.id)
    await accept_upload(session, scene.kim, place, file_named(text))


@all_of(Document.name)
async def broker_uploads(session, scene, text):
    await accept_upload(session, scene.bob, FilePlace(deal_id=scene.deal.id), file_named(text))


@all_of(Document.name)
async def uploads_into_quarantine(session, scene, text):
    """The scanner is away while it arrives; later it finds a virus, or none."""
    asked = await scene.request(session, S.REQUESTED, S.ASKED_AGAIN, S.UPLOADED, text=text)
    file = file_named(text, scanned="unreached")
    await accept_upload(session, scene.kim, FilePlace(deal_id=scene.deal.id, request_id=asked.id), file)


@all_of()
async def scanner_answers(session, scene, text):
    document = await scene.document(session, Document.request_id.is_not(None), text=text)
    outcome = (ScanOutcome.CLEAN, ScanOutcome.INFECTED)[int(text[-1]) % 2]
    await settle_check(session, document.file_id, Scan(outcome=outcome, sentence="It has one."))


@all_of(DocumentRequest.name)
async def asks_for_a_document(session, scene, text):
    contact = (scene.kim_contact.id, None, scene.lee_contact.id)[int(text[-1]) % 3]
    await add_request(session, scene.alice, scene.deal.id, name=text, contact_id=contact)


@all_of()
async def asks_from_a_list(session, scene, text):
    lists = STANDARD_LISTS[Country.AU]
    key = lists[int(text[-1]) % len(lists)].key
    await add_requests_from_list(session, scene.bob, scene.deal.id, key, contact_ids=[scene.kim_contact.id])


@all_of(after=("asks_for_a_document",))
async def sends_requests(session, scene, text):
    await send_requests(session, scene.alice, scene.deal.id)


@all_of()
async def withdraws_a_request(session, scene, text):
    asked = await scene.request(session, text=text)
    await withdraw_request(session, scene.alice, asked.id)


@all_of()
async def accepts(session, scene, text):
    asked = await scene.request(session, S.UPLOADED, text=text)
    await accept_request(session, scene.alice, asked.id)


@all_of(DocumentRequest.reason, Activity.facts)
async def asks_again(session, scene, text):
    asked = await scene.request(session, S.UPLOADED, S.ACCEPTED, S.NOT_NEEDED, text=text)
    await ask_again(session, scene.bob, asked.id, text)


@all_of(DocumentRequest.reason, Activity.facts)
async def marks_as_not_needed(session, scene, text):
    asked = await scene.request(session, text=text)
    await mark_not_needed(session, scene.alice, asked.id, text)


@all_of(DocumentRequest.reason, Activity.facts)
async def says_it_does_not_apply(session, scene, text):
    asked = await scene.request(session, S.REQUESTED, S.ASKED_AGAIN, text=text)
    await say_it_does_not_apply(session, scene.kim, asked.id, text)


@all_of()
async def takes_all_papers_along(session, scene, text):
    await take_documents(session, scene.bob, scene.deal.id)


@all_of()
async def needs_it_after_all(session, scene, text):
    asked = await scene.request(session, S.NOT_NEEDED, text=text)
    await reopen_request(session, scene.alice, asked.id)


@all_of()
async def files_elsewhere(session, scene, text):
    document = await scene.document(session, Document.drafted_at.is_(None), text=text)
    target = await scene.request(session, text=text) if int(text[-1]) % 3 else None
    await move_document(session, scene.alice, document.id, target.id if target else None)


@all_of(Document.name, Activity.facts)
async def renames_a_document(session, scene, text):
    document = await scene.document(session, Document.drafted_at.is_(None))
    await rename_document(session, scene.alice, document.id, text)


@all_of()
async def labels_a_document(session, scene, text):
    document = await scene.document(session, Document.drafted_at.is_(None), text=text)
    slot = (None, Slot.CREDIT_GUIDE, Slot.PRIVACY_DISCLOSURE)[int(text[-1]) % 3]
    await label_document(session, scene.alice, document.id, slot)


@all_of()
async def shares_a_document(session, scene, text):
    document = await scene.document(session, Document.slot.is_(None), Document.drafted_at.is_(None), text=text)
    audience = ("client", "partner")[int(text[-1]) % 2]
    await share_document(session, scene.alice, document.id, audience=audience, on=bool(int(text[-1]) % 3))


@all_of()
async def client_takes_a_file_back(session, scene, text):
    own = Document.uploader_kind == UploaderKind.CLIENT
    document = await scene.document(session, own, Document.drafted_at.is_(None), text=text)
    await remove_own_upload(session, scene.kim, document.id)


@all_of()
async def broker_removes_a_file(session, scene, text):
    document = await scene.document(session, Document.drafted_at.is_(None), Document.slot.is_(None), text=text)
    await remove_document(session, scene.alice, document.id)


@all_of(after=("withdraws_a_request",))
async def puts_a_request_back(session, scene, text):
    gone = DocumentRequest.withdrawn_at.is_not(None)
    asked = await one_of(session, select(DocumentRequest).where(DocumentRequest.deal_id == scene.deal.id, gone))
    await put_back_request(session, scene.alice, asked.id)


@all_of(after=("broker_removes_a_file",))
async def puts_a_file_back(session, scene, text):
    gone = Document.removed_at.is_not(None)
    document = await one_of(session, select(Document).where(Document.deal_id == scene.deal.id, gone))
    await put_back_document(session, scene.alice, document.id)


@all_of()
async def reminds_a_client(session, scene, text):
    await chasers.chase_now(session, scene.bob, scene.kim_access.id)


@all_of()
async def pauses_reminders_of_a_deal(session, scene, text):
    await pausing.pause_deal(session, scene.alice, scene.deal.id, on=text[-1:] not in "02468")


@all_of()
async def pauses_reminders_of_a_request(session, scene, text):
    request = await scene.request(session, text=text)
    await pausing.pause_request(session, scene.bob, request.id, on=text[-1:] not in "02468")
