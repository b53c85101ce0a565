"""Compliance documents over HTTP: a new version up by `POST /files`, one down by `GET /compliance/<id>`."""

from collections.abc import Callable, Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession, reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.documents.checks import MIME
from salestrekker_portal.domains.documents.compliance import add_version, checked_slot, file_of_version
from salestrekker_portal.domains.documents.held import FileHeld
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable
from salestrekker_portal.domains.documents.service import NewFile
from salestrekker_portal.domains.documents.signatures import Kind
from salestrekker_portal.kernel.errors import DomainError, NotFound, NotSignedIn
from salestrekker_portal.portals.downloads import FileToServe, serve_file
from salestrekker_portal.portals.gate import actor_in
from salestrekker_portal.portals.parse import uuid_from
from salestrekker_portal.portals.uploads import UploadGrant
from salestrekker_portal.tables.access import Portal

FIELD = "compliance"
_KINDS = {mime: kind for kind, mime in MIME.items()}


def grant_for(actor: Actor, fields: Mapping[str, str]) -> UploadGrant:
    """Leave for a new version of the document that the field names. Raises NotPermitted, Invalid."""
    checked_slot(actor, fields.get(FIELD))
    return UploadGrant(actor.organisation_id, about=None, max_bytes=settings().file_limit_mb * 1024 * 1024)


async def keep_version(session: WriteSession, actor: Actor, fields: Mapping[str, str], file: NewFile) -> UUID:
    """Put the file that arrived into use."""
    return (await add_version(session, actor, checked_slot(actor, fields.get(FIELD)), file)).id


def open_version(files: Callable[[], FileStore]):
    """The route that shows a version to the firm's own staff."""

    async def get(request: Request) -> Response:
        try:
            actor = await actor_in(Portal.BROKER, request.headers.get("cookie", ""))
            if actor is None:
                raise NotSignedIn()
            async with reading() as session:
                document_id = uuid_from(request.path_params["document_id"], "file")
                document, file = await file_of_version(session, actor, document_id)
            shown = FileToServe(
                key=file.storage_key,
                name=f"{document.name} {document.version}.{file.mime.rsplit('/')[-1]}",
                kind=_KINDS.get(file.mime, Kind.TEXT),
                mime=file.mime,
                size=file.size_bytes,
            )
            return await serve_file(request, files(), shown)
        except FileUnreadable as refusal:
            return PlainTextResponse(refusal.message, 500)
        except FileHeld as held:
            return PlainTextResponse(held.message, 423)
        except DomainError:
            return PlainTextResponse(NotFound("file").message, 404)

    return get
