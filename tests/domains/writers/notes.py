"""What is written on a deal, and who reads along."""

from salestrekker_portal.domains.notes.attachments import discard_draft
from salestrekker_portal.domains.notes.editing import edit_note
from salestrekker_portal.domains.notes.service import add_note, mark_important, mark_read, share_note
from salestrekker_portal.domains.partners.sharing import share_deal_with_partner, stop_sharing_deal
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notes import AuthorKind, Note, NoteVersion
from tests.domains.writers.scene import Collected

all_of = Collected()


@all_of(Note.text)
async def writes_a_note(session, scene, text):
    await add_note(session, scene.alice, scene.deal.id, text, with_client=bool(int(text[-1]) % 2))


@all_of(Note.text)
async def client_writes_a_message(session, scene, text):
    await add_note(session, scene.kim, scene.deal.id, text)


@all_of(Note.text)
async def client_sends_a_file(session, scene, text):
    draft = await scene.document(session, Document.drafted_at.is_not(None), text=text)
    await add_note(session, scene.kim, scene.deal.id, text, files=[draft.id])


@all_of()
async def client_drops_a_draft(session, scene, text):
    draft = await scene.document(session, Document.drafted_at.is_not(None), text=text)
    await discard_draft(session, scene.kim, scene.deal.id, draft.id)


@all_of(Note.text, NoteVersion.text, after=("writes_a_note",))
async def changes_the_words_of_a_note(session, scene, text):
    own = (
        Note.author_id == scene.alice.id,
        Note.shared_with_client_at.is_(None),
        Note.shared_with_partner_at.is_(None),
    )
    note = await scene.note(session, *own)
    await edit_note(session, scene.alice, scene.deal.id, note.id, text)


@all_of(Note.text)
async def tells_a_colleague_of_a_note(session, scene, text):
    await add_note(session, scene.alice, scene.deal.id, text, tell=[scene.bob.id])


@all_of()
async def shares_a_note(session, scene, text):
    note = await scene.note(session, Note.author_kind == AuthorKind.USER, text=text)
    audience = ("client", "partner")[int(text[-1]) % 2]
    await share_note(session, scene.alice, scene.deal.id, note.id, audience=audience, on=bool(int(text[-1]) % 3))


@all_of()
async def marks_a_note(session, scene, text):
    note = await scene.note(session, text=text)
    await mark_important(session, scene.bob, scene.deal.id, note.id, on=bool(int(text[-1]) % 2))


@all_of()
async def reads_the_messages(session, scene, text):
    await mark_read(session, scene.alice, scene.deal.id)


@all_of()
async def shares_with_a_partner(session, scene, text):
    await share_deal_with_partner(session, scene.alice, scene.deal.id, scene.cast.priya_partner.id)


@all_of()
async def stops_sharing_with_a_partner(session, scene, text):
    await stop_sharing_deal(session, scene.alice, scene.deal.id, scene.cast.priya_partner.id)
