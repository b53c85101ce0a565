"""`POST /deals/documents`: staff take all papers of a deal along, as a zip that is written while it is sent."""

from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable
from salestrekker_portal.domains.documents.taking import TakenPapers, take_documents
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Busy, DomainError, NoRoom, NotFound, NotSignedIn
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.http.requests import is_same_origin, small_form
from salestrekker_portal.portals.http.zip_stream import ZipEntry, after, once, zip_stream
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.routes.downloads import content_disposition
from salestrekker_portal.tables.access import Portal

NOT_HERE = "Not in this download.txt"


def deal_documents_route(files: Callable[[], FileStore]) -> Callable:
    """The handler; the store is made when the first download comes."""

    @posted_again("each download is written down, and gives the same person the same papers")
    async def take(request: Request) -> Response:
        if not is_same_origin(request):
            return forbidden()
        actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
        if actor is None:
            return see("/sign-in")
        form = await small_form(request) or {}
        try:
            async with transaction() as session:
                taken = await take_documents(session, actor, uuid_from(form.get("deal"), "deal"))
        except (Busy, NoRoom):
            raise
        except DomainError as refusal:
            await note_refusal(refusal, request.url.path)
            return PlainTextResponse(NotFound("deal").message, 404)
        headers = {
            "content-disposition": content_disposition(taken.name, inline=False),
            "cache-control": "private, no-store",
            "x-content-type-options": "nosniff",
        }
        pieces = zip_stream(_entries(request, taken, files()))
        return StreamingResponse(pieces, headers=headers, media_type="application/zip")

    return take


async def _entries(request: Request, taken: TakenPapers, files: FileStore) -> AsyncIterator[ZipEntry]:
    missing = list(taken.left_out)
    for paper in taken.papers:
        # The download of many files takes a while, and somebody may be signed out in the middle of it.
        if await actor_in(Portal.BROKER, request.headers.get("cookie", "")) is None:
            raise NotSignedIn()
        pieces = files.read(paper.file.storage_key)
        try:
            first = await anext(pieces, b"")
        except (NotFound, FileUnreadable):
            missing.append(paper.document.name)
            continue
        yield ZipEntry(name=paper.path, content=after(first, pieces), at=paper.document.created_at)
    if missing:
        yield ZipEntry(name=NOT_HERE, content=once("\n".join(missing).encode()), at=utc_now(), packed=False)
