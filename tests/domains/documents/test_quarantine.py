"""Files that wait for their virus check or did not pass it: closed to everybody, asked about again, removable."""

import pytest
from sqlalchemy import select

from salestrekker_portal.adapters.scanner_clamd import ClamdScanner
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import queries, removing, requests, review, sending, service
from salestrekker_portal.domains.documents.compliance import add_version
from salestrekker_portal.domains.documents.held import FileHeld
from salestrekker_portal.domains.documents.quarantine import check_waiting
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot, StoredFile
from tests.adapters.twins.clamd import EICAR, ENCRYPTED, Clamd, ClamdFault
from tests.domains.documents.world import give_links, lock, messages, new_file, outsiders, upload
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def clamd():
    twin = Clamd()
    await twin.start()
    yield twin
    await twin.stop()


@pytest.fixture
def files(tmp_path):
    return LocalFiles(tmp_path / "files", b"a secret for the tests only")


async def asked(cast) -> DocumentRequest:
    await give_links(cast)
    async with transaction() as session:
        request = await requests.add_request(
            session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id
        )
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    return request


async def waiting(cast, files, content: bytes, request=None) -> Document:
    """Kim's file, taken while the scanner was away."""
    document = await upload(cast.kim, cast.deal, request, scanned="unreached")
    async with transaction() as session:
        async with files.open_writer(cast.deal.organisation_id, max_bytes=10_000) as writer:
            await writer.write(content)
            stored = await writer.finish()
        (await session.get(StoredFile, document.file_id)).storage_key = stored.key
    return document


async def now(table, row):
    async with reading() as session:
        return await session.get(table, row.id)


async def opened(actor, document):
    async with reading() as session:
        return await queries.file_of(session, await queries.access_document(session, actor, document.id))


async def test_a_waiting_file_opens_once_the_scanner_is_back(cast, files, clamd):
    request = await asked(cast)
    document = await waiting(cast, files, b"a payslip", request)
    assert (await now(DocumentRequest, request)).state is RequestState.UPLOADED
    for actor in (cast.alice, cast.kim):
        with pytest.raises(FileHeld, match="We are checking this file"):
            await opened(actor, document)
    with pytest.raises(Conflict, match="being checked"):
        async with transaction() as session:
            await review.accept_request(session, cast.alice, request.id)
    clamd.faults = [ClamdFault.HANGS_UP_AT_ONCE]
    scanner = ClamdScanner(clamd.address)
    assert await check_waiting(lambda: files, scanner) == 0
    assert await check_waiting(lambda: files, scanner) == 1
    assert await check_waiting(lambda: files, scanner) == 0
    assert (await opened(cast.alice, document)).scanned == "clean"


@pytest.mark.parametrize(("content", "outcome"), [(EICAR, "infected"), (ENCRYPTED, "uncheckable")])
async def test_a_virus_found_later_closes_the_file_and_asks_the_client_again(cast, files, clamd, content, outcome):
    request = await asked(cast)
    document = await waiting(cast, files, content, request)
    assert await check_waiting(lambda: files, ClamdScanner(clamd.address)) == 1
    file, request = await now(StoredFile, await _file(document)), await now(DocumentRequest, request)
    assert file.scanned == outcome and file.scan_found
    assert request.state is RequestState.ASKED_AGAIN and "nobody can open it" in request.reason
    assert len(await messages("notice.document_asked_again")) == 1
    with pytest.raises(FileHeld):
        await opened(cast.alice, document)
    async with reading() as session:
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.deal_id == cast.deal.id)))
    assert kinds.count("document:closed_off") == 1


async def _file(document: Document) -> StoredFile:
    async with reading() as session:
        return await session.get(StoredFile, document.file_id)


async def test_an_infected_upload_answers_nothing_and_tells_nobody_that_it_arrived(cast):
    request = await asked(cast)
    document = await upload(cast.kim, cast.deal, request, scanned="infected")
    assert (await now(DocumentRequest, request)).state is RequestState.REQUESTED
    assert await messages("notice.client_uploaded") == []
    with pytest.raises(Conflict, match="Nothing has been uploaded"):
        async with transaction() as session:
            await review.accept_request(session, cast.alice, request.id)
    async with reading() as session:
        assert [each.id for each, _ in await queries.documents_in(session, cast.alice, cast.deal.id)] == [document.id]


async def test_what_is_in_quarantine_is_not_shared_labelled_or_put_into_use(cast):
    document = await upload(cast.kim, cast.deal, scanned="unreached")
    for call in (
        lambda s: service.share_document(s, cast.alice, document.id, audience="partner", on=True),
        lambda s: service.label_document(s, cast.alice, document.id, Slot.CREDIT_GUIDE),
    ):
        with pytest.raises(FileHeld):
            async with transaction() as session:
                await call(session)
    with pytest.raises(Conflict, match="no clean bill"):
        async with transaction() as session:
            await add_version(session, cast.alice, Slot.CREDIT_GUIDE, new_file(scanned="unreached"))


async def test_the_brokerage_removes_it_even_from_a_settled_deal(cast):
    bad, good = await upload(cast.kim, cast.deal, scanned="infected"), await upload(cast.kim, cast.deal)
    await lock(cast.deal)
    async with transaction() as session:
        await removing.remove_document(session, cast.bob, bad.id)
    assert (await now(Document, bad)).removed_at is not None
    with pytest.raises(Conflict, match="settled"):
        async with transaction() as session:
            await removing.remove_document(session, cast.alice, good.id)


@pytest.mark.parametrize(("who", "outcome"), outsiders())
async def test_only_the_brokerage_removes_what_others_sent(cast, who, outcome):
    document = await upload(cast.kim, cast.deal, scanned="infected")
    with pytest.raises((outcome, NotPermitted, NotFound)):
        async with transaction() as session:
            await removing.remove_document(session, getattr(cast, who), document.id)
    assert (await now(Document, document)).removed_at is None
