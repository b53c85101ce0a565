"""Compliance documents over HTTP: a new version up by `POST /files`, one down by `GET /compliance/<id>`."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.documents.compliance import file_of_version
from salestrekker_portal.domains.documents.held import FileHeld
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable, StoreUnreachable
from salestrekker_portal.domains.security_log.refusals import note_refusal
from salestrekker_portal.kernel.errors import DomainError, NotFound, NotSignedIn
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.routes.downloads import serve_file
from salestrekker_portal.tables.access import Portal

FIELD = "compliance"


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
            name = f"{document.name} {document.version}.{file.mime.rsplit('/')[-1]}"
            return await serve_file(request, files(), file, name)
        except FileUnreadable as refusal:
            return PlainTextResponse(refusal.message, 500)
        except StoreUnreachable as refusal:
            return PlainTextResponse(refusal.message, 503)
        except FileHeld as held:
            return PlainTextResponse(held.message, 423)
        except DomainError as refusal:
            await note_refusal(refusal, f"/{FIELD}")
            return PlainTextResponse(NotFound("file").message, 404)

    return get
