"""Files over plain HTTP: `POST /files` for all three portals, `GET /files/<document id>`.

Which portal a file is sent from is a field of the form, and that portal's cookie alone says who it is. A file is
served to whoever of the people signed in on this browser may see it; otherwise it is not there.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache, partial
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.intentions import Repeated
from salestrekker_portal.domains.access.previews import PREVIEW_ONLY
from salestrekker_portal.domains.documents import opening, queries
from salestrekker_portal.domains.documents.arriving import NewFile
from salestrekker_portal.domains.documents.compliance import add_version, checked_slot
from salestrekker_portal.domains.documents.held import FileHeld
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable, Scanner, StoreUnreachable
from salestrekker_portal.domains.documents.service import FilePlace, accept_upload, check_upload, is_own
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError, Invalid, NotFound, NotPermitted, NotSignedIn
from salestrekker_portal.portals.http.posted import carries_intention
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.routes import compliance_files, upload_once
from salestrekker_portal.portals.routes.deal_documents import deal_documents_route
from salestrekker_portal.portals.routes.downloads import serve_file
from salestrekker_portal.portals.routes.own_data import own_data_route
from salestrekker_portal.portals.routes.upload_once import Stored
from salestrekker_portal.portals.routes.uploads import UploadGrant, Uploads
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.documents import Document, StoredFile

MEGABYTE = 1024 * 1024
Keep = Callable[[WriteSession, Actor, NewFile], Awaitable[UUID]]
"""Write a file that arrived down where it belongs; the id of what shows it."""


def file_routes(files: Callable[[], FileStore], scanner: Callable[[], Scanner]) -> Sequence[Route]:
    """The routes; the store and the scanner are made when the first file comes or goes."""

    @cache
    def uploads() -> Uploads:
        return Uploads(files=files(), scanner=scanner(), authorise=authorise)

    @carries_intention
    async def send(request: Request) -> Response:
        return await uploads().receive_upload(request)

    async def open_file(request: Request) -> Response:
        return await _open_file(request, files())

    return (
        Route("/files", send, methods=["POST"]),
        Route("/files/{document_id}", open_file, methods=["GET"]),
        Route("/portal/my-data", own_data_route(files), methods=["POST"]),
        Route("/deals/documents", deal_documents_route(files), methods=["POST"]),
        Route("/compliance/{document_id}", compliance_files.open_version(files), methods=["GET"]),
    )


async def authorise(request: Request, fields: Mapping[str, str]) -> UploadGrant | Stored:
    """Leave for one file: `portal`, and `deal` and `request` where they apply, name its place. Raises DomainError."""
    actor = await _sender(request, fields)
    before = await upload_once.stored_before(actor, fields)
    if before is not None:
        return before
    if compliance_files.FIELD in fields:
        checked_slot(actor, fields[compliance_files.FIELD])
        keep: Keep = partial(_keep_version, fields[compliance_files.FIELD])
    else:
        place = _place(actor, fields)
        async with reading() as session:
            await check_upload(session, actor, place)
        keep = partial(_keep_document, place)

    async def accept(file: NewFile) -> UUID | Stored:
        return await _accept(request, fields, actor.organisation_id, keep, file)

    return UploadGrant(actor.organisation_id, accept, settings().file_limit_mb * MEGABYTE)


async def _accept(
    request: Request, fields: Mapping[str, str], organisation_id: UUID, keep: Keep, file: NewFile
) -> UUID | Stored:
    """Record the file. Who sends it is asked again: access may have ended while the file was on its way."""
    actor = await _sender(request, fields)
    # Signed in to another firm in the same browser while the file was on its way.
    if actor.organisation_id != organisation_id:
        raise NotFound("deal")
    try:
        async with transaction() as session:
            await upload_once.keep_try(session, actor, fields)
            id_ = await keep(session, actor, file)
            await upload_once.keep_stored(session, actor, fields, id_, file.refusal)
    except Repeated:
        return await upload_once.stored_before(actor, fields) or Stored("")
    return id_


async def _keep_document(place: FilePlace, session: WriteSession, actor: Actor, file: NewFile) -> UUID:
    return (await accept_upload(session, actor, place, file)).id


async def _keep_version(slot: str, session: WriteSession, actor: Actor, file: NewFile) -> UUID:
    return (await add_version(session, actor, checked_slot(actor, slot), file)).id


async def _sender(request: Request, fields: Mapping[str, str]) -> Actor:
    try:
        portal = Portal(fields.get("portal", ""))
    except ValueError:
        raise Invalid({"portal": "Open the page again and send the file from there."}) from None
    actor = await actor_in(portal, request.headers.get("cookie", ""), previews=True)
    if actor is None:
        raise NotSignedIn()
    if actor.is_preview:
        raise NotPermitted(PREVIEW_ONLY)
    return actor


def _place(actor: Actor, fields: Mapping[str, str]) -> FilePlace:
    """A client's deal is the one they were let into, whatever the form says."""
    deal_id = actor.deal_id if actor.is_client else uuid_from(fields.get("deal"), "deal")
    request_id = uuid_from(fields["request"], "document request") if fields.get("request") else None
    contact_id = uuid_from(fields["contact"], "client") if fields.get("contact") and actor.is_staff else None
    with_note = fields.get("with") == "note"
    return FilePlace(deal_id=deal_id, request_id=request_id, contact_id=contact_id, with_note=with_note)


async def _open_file(request: Request, files: FileStore) -> Response:
    try:
        actor, document, file = await _visible_file(request)
        answer = await serve_file(request, files, file, document.name)
    except FileUnreadable as refusal:
        return PlainTextResponse(refusal.message, 500)
    except StoreUnreachable as refusal:
        return PlainTextResponse(refusal.message, 503)
    except FileHeld as held:
        return PlainTextResponse(held.message, 423)
    except DomainError as refusal:
        await note_refusal(refusal, "/files")
        # One answer for absent, hidden and forbidden: an address can be guessed, and must tell nothing.
        return PlainTextResponse(NotFound("file").message, 404)
    # A HEAD is a browser looking ahead, and nobody opens their own paper in the sense of the client's page.
    if request.method == "GET" and not is_own(actor, document):
        async with transaction() as session:
            await opening.note_opening(session, actor, document)
    return answer


async def _visible_file(request: Request) -> tuple[Actor, Document, StoredFile]:
    """The document for whichever of the people signed in here may see it. Raises NotFound."""
    document_id = uuid_from(request.path_params["document_id"], "file")
    cookies = request.headers.get("cookie", "")
    for portal in Portal:
        actor = await actor_in(portal, cookies)
        if actor is None:
            continue
        async with reading() as session:
            try:
                document = await queries.access_document(session, actor, document_id)
            except DomainError:
                continue
            return actor, document, await queries.file_of(session, document)
    raise NotFound("file")
