"""Everything that the portal holds of one client and that is theirs to take away; nothing of anybody else."""

from dataclasses import dataclass, field
from datetime import datetime

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.documents.held import is_held
from salestrekker_portal.domains.documents.queries import visible_documents
from salestrekker_portal.domains.fact_find.export import Row, rows
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.portal_access.consent import consents_of
from salestrekker_portal.domains.portal_access.home import who_looked
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.documents import Document, StoredFile, UploaderKind
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.portal_access import ConsentRecord
from salestrekker_portal.tables.security_log import SecurityEvent

DOWNLOADS_AT_ONCE = 3
"""In a quarter of an hour."""
TOO_OFTEN = "You have just downloaded your data. Try again in 15 minutes."
MOST_BYTES = 500 * 1024 * 1024
MOST_MESSAGES = 2000
MOST_LOOKS = 2000


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """One client's own. `files` fit into one download; `left_out` are the names of those that did not."""

    name: str
    gathered_at: datetime
    answers: list[Row]
    messages: list[Note]
    consents: list[ConsentRecord]
    looks: list[SecurityEvent]
    files: list[tuple[Document, StoredFile]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


async def gather_own_data(session: WriteSession, actor: Actor) -> OwnData:
    """A client's own answers, messages, files, receipts and who looked; the download itself is recorded.

    Own answers are those about oneself and those of shared pages that this client may read. Of messages, what other
    applicants wrote is left out. Raises NotPermitted, and Conflict when it was done too often.
    """
    if not actor.is_client or actor.access_id is None or actor.deal_id is None:
        raise NotPermitted("Only clients download their data here.")
    if actor.is_preview:
        raise NotPermitted("This is a preview. Only the client downloads their data.")
    if not actor.consented:
        raise NotPermitted("Agree to the privacy disclosure first. Open your page again.")
    await count_try(session, f"own-data:{actor.access_id}", DOWNLOADS_AT_ONCE, TOO_OFTEN)
    whole = await read_whole(session, actor, actor.deal_id)
    files, left_out = await _files(session, actor)
    data = OwnData(
        name=actor.name,
        gathered_at=utc_now(),
        answers=rows(whole.context.asked_pages, whole.stored, whole.context.facts(NOBODY), subjects=[str(actor.id)]),
        messages=[
            note
            for note in await notes_of(session, actor, actor.deal_id, most=MOST_MESSAGES)
            if note.author_kind is not AuthorKind.CLIENT or note.author_id == actor.id
        ],
        consents=await consents_of(session, actor.access_id),
        looks=await who_looked(session, actor, most=MOST_LOOKS),
        files=files,
        left_out=left_out,
    )
    record(session, actor, "privacy:downloaded", organisation_id=actor.organisation_id, deal_id=actor.deal_id)
    return data


async def _files(session: WriteSession, actor: Actor) -> tuple[list[tuple[Document, StoredFile]], list[str]]:
    """What this client sent and can still open, newest first, until the download is full."""
    own = (Document.uploader_kind == UploaderKind.CLIENT) & (Document.uploader_id == actor.id)
    found = await session.execute(
        visible_documents(actor)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .add_columns(StoredFile)
        .where(Document.deal_id == actor.deal_id, own)
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    files, left_out, room = [], [], MOST_BYTES
    for document, file in found:
        if is_held(file) or file.size_bytes > room:
            left_out.append(document.name)
            continue
        files.append((document, file))
        room -= file.size_bytes
    return files, left_out
