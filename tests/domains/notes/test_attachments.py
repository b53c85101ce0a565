"""Files that go with notes: a draft is its sender's alone, then the file has the readers of its note, always."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import queries as documents
from salestrekker_portal.domains.documents import service as filing
from salestrekker_portal.domains.notes import attachments, service
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.documents import Document
from tests.domains.documents.world import lock, messages, upload

pytestmark = pytest.mark.usefixtures("database")


async def draft(actor, deal, name="Letter.pdf", **facts) -> Document:
    return await upload(actor, deal, name=name, with_note=True, **facts)


async def write(actor, deal, files, text="See the letter.", **audience):
    async with transaction() as session:
        return await service.add_note(session, actor, deal.id, text, files=[each.id for each in files], **audience)


async def share(actor, deal, note, audience, on):
    async with transaction() as session:
        await service.share_note(session, actor, deal.id, note.id, audience=audience, on=on)


async def files(actor, deal) -> list[str]:
    """What this person finds under Documents."""
    async with reading() as session:
        return [document.name for document, _ in await documents.documents_in(session, actor, deal.id)]


async def in_thread(actor, deal, note) -> list[str]:
    async with reading() as session:
        return [document.name for document, _ in (await attachments.files_of_notes(session, actor, deal.id)).of(note)]


async def test_a_draft_is_its_senders_alone_and_arrives_with_the_message(cast):
    letter = await draft(cast.kim, cast.deal)
    assert await files(cast.alice, cast.deal) == await files(cast.kim, cast.deal) == []
    assert await messages("notice.client_uploaded") == []
    async with reading() as session:
        for actor, count in ((cast.kim, 1), (cast.alice, 0), (cast.bob, 0), (replace(cast.sam, id=new_id()), 0)):
            assert len((await attachments.files_of_notes(session, actor, cast.deal.id)).drafts) == count
        with pytest.raises(NotFound):
            await documents.access_document(session, cast.alice, letter.id)
    note = await write(cast.kim, cast.deal, [letter])
    assert await files(cast.alice, cast.deal) == await files(cast.kim, cast.deal) == ["Letter.pdf"]
    assert await in_thread(cast.alice, cast.deal, note) == ["Letter.pdf"]


async def test_s3_04_a_file_is_shared_and_unshared_with_its_note(cast):
    note = await write(cast.alice, cast.deal, [await draft(cast.alice, cast.deal)])
    assert await files(cast.kim, cast.deal) == await files(cast.priya, cast.deal) == []
    await share(cast.alice, cast.deal, note, "client", True)
    assert await files(cast.kim, cast.deal) == await in_thread(cast.kim, cast.deal, note) == ["Letter.pdf"]
    await share(cast.alice, cast.deal, note, "partner", True)
    assert await files(cast.priya, cast.deal) == ["Letter.pdf"]
    await share(cast.alice, cast.deal, note, "client", False)
    assert await files(cast.kim, cast.deal) == [] and await files(cast.priya, cast.deal) == ["Letter.pdf"]


async def test_a_files_readers_can_not_differ_from_its_notes(cast):
    letter = await draft(cast.alice, cast.deal)
    await write(cast.alice, cast.deal, [letter])
    with pytest.raises(Conflict, match="sent with a note"):
        async with transaction() as session:
            await filing.share_document(session, cast.alice, letter.id, audience="client", on=True)


async def test_a_message_to_one_client_takes_its_file_to_that_client_only(cast):
    seeing = [replace(each, sees_other_applicants=True) for each in (cast.kim, cast.sam)]
    letter = await draft(cast.alice, cast.deal)
    await write(cast.alice, cast.deal, [letter], with_client=True, contact_id=cast.kim_contact.id)
    assert await files(seeing[0], cast.deal) == ["Letter.pdf"] and await files(seeing[1], cast.deal) == []


async def test_what_a_client_keeps_from_the_others_stays_kept_with_its_file(cast):
    note = await write(cast.kim, cast.deal, [await draft(cast.kim, cast.deal)])
    for sam in (cast.sam, replace(cast.sam, sees_other_applicants=True)):
        assert await files(sam, cast.deal) == await in_thread(sam, cast.deal, note) == []
    seen = replace(cast.kim, sees_other_applicants=True)
    await write(seen, cast.deal, [await draft(seen, cast.deal, "Both.pdf")])
    assert await files(replace(cast.sam, sees_other_applicants=True), cast.deal) == ["Both.pdf"]
    assert await files(cast.sam, cast.deal) == []


async def test_s4_12_and_13_partners_and_brokers_send_each_other_files_with_notes(cast):
    note = await write(cast.priya, cast.deal, [await draft(cast.priya, cast.deal, "Contract.pdf")])
    assert await in_thread(cast.alice, cast.deal, note) == ["Contract.pdf"] and await files(cast.kim, cast.deal) == []
    back = await write(cast.alice, cast.deal, [await draft(cast.alice, cast.deal)], with_partner=True)
    assert await in_thread(cast.priya, cast.deal, back) == ["Letter.pdf"]


async def test_other_peoples_drafts_and_documents_are_not_attached(cast):
    kims, filed = await draft(cast.kim, cast.deal), await upload(cast.alice, cast.deal)
    elsewhere = await draft(cast.mallory, cast.other_deal)
    for stolen in (kims, filed, elsewhere):
        with pytest.raises(NotFound):
            await write(cast.alice, cast.deal, [stolen])
    for actor in (cast.alice, cast.sam, cast.priya, cast.mallory):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await attachments.discard_draft(session, actor, cast.deal.id, kims.id)
    assert await files(cast.alice, cast.deal) == ["Payslip.pdf"]


async def test_no_words_are_needed_with_a_file_and_something_is_needed_without(cast):
    await write(cast.kim, cast.deal, [await draft(cast.kim, cast.deal)], text="  ")
    with pytest.raises(Invalid):
        await write(cast.kim, cast.deal, [], text="  ")


async def test_ten_files_a_message_and_none_on_a_settled_deal(cast):
    for number in range(10):
        await draft(cast.kim, cast.deal, f"{number}.pdf")
    with pytest.raises(Conflict, match="at most 10"):
        await draft(cast.kim, cast.deal)
    await lock(cast.deal)
    with pytest.raises(Conflict, match="settled"):
        await draft(cast.alice, cast.deal)


async def test_a_virus_is_not_sent_along_but_the_brokerage_knows_of_it(cast):
    await draft(cast.kim, cast.deal, scanned="infected")
    async with reading() as session:
        assert (await attachments.files_of_notes(session, cast.kim, cast.deal.id)).drafts == []
    assert await files(cast.alice, cast.deal) == ["Letter.pdf"]
