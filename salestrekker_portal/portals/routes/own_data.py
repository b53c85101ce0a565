"""`POST /portal/my-data`: a client's own data as a zip, for people (HTML) and for software (JSON), with their files."""

import json
from collections.abc import AsyncIterator, Callable
from html import escape
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable
from salestrekker_portal.domains.fact_find.export import to_json
from salestrekker_portal.domains.insights.own_data import OwnData, gather_own_data
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import DomainError, NotFound, NotSignedIn
from salestrekker_portal.portals.client.privacy.words import look_words
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import forbidden, see
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.portals.http.requests import is_same_origin
from salestrekker_portal.portals.http.zip_stream import ZipEntry, after, once, zip_stream
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.downloads import content_disposition
from salestrekker_portal.tables.access import Portal

FILE_NAME = "my-data.zip"


def own_data_route(files: Callable[[], FileStore]) -> Callable:
    """The handler; the store is made when the first download comes."""

    @posted_again("each download is written down, and gives the same person their own data")
    async def download(request: Request) -> Response:
        if not is_same_origin(request):
            return forbidden()
        actor = await actor_in(Portal.CLIENT, request.headers.get("cookie", ""))
        if actor is None:
            return see("/portal/ended")
        if not actor.consented:
            return see("/portal/consent")
        try:
            async with transaction() as session:
                data = await gather_own_data(session, actor)
        except DomainError as refusal:
            return flash.back("/portal/privacy", {"": refusal.message})
        headers = {
            "content-disposition": content_disposition(FILE_NAME, inline=False),
            "cache-control": "private, no-store",
        }
        pieces = zip_stream(_entries(request, data, files(), actor.time_zone))
        return StreamingResponse(pieces, headers=headers, media_type="application/zip")

    return download


async def _entries(request: Request, data: OwnData, files: FileStore, zone: str) -> AsyncIterator[ZipEntry]:
    at, missing, used = data.gathered_at, list(data.left_out), set()
    for document, file in data.files:
        # The download of many files takes a while, and access may end in the middle of it.
        if await actor_in(Portal.CLIENT, request.headers.get("cookie", "")) is None:
            raise NotSignedIn()
        pieces = files.read(file.storage_key)
        try:
            first = await anext(pieces, b"")
        except (NotFound, FileUnreadable):
            missing.append(document.name)
            continue
        name = _unused(f"documents/{document.name}", used)
        yield ZipEntry(name=name, content=after(first, pieces), at=document.created_at)
    told = json.dumps(as_json(data, zone, missing), ensure_ascii=False, indent=2).encode()
    yield ZipEntry(name="my-data.json", content=once(told), at=at, packed=False)
    page = as_html(data, zone, missing).encode()
    yield ZipEntry(name="my-data.html", content=once(page), at=at, packed=False)


def _unused(name: str, used: set[str]) -> str:
    """A name that no earlier file of the zip has, whatever a system thinks of capitals."""
    path, number, tried = PurePosixPath(name), 1, name
    while tried.casefold() in used:
        number += 1
        tried = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    used.add(tried.casefold())
    return tried


def as_json(data: OwnData, zone: str, missing: list[str]) -> dict:
    """Plain values for other software; instants are UTC."""
    return {
        "name": data.name,
        "gathered_at": data.gathered_at.isoformat(),
        "answers": to_json(data.answers),
        "messages": [
            {"by": note.author_name, "at": note.created_at.isoformat(), "text": note.text} for note in data.messages
        ],
        "documents": [
            {"name": document.name, "sent_at": document.created_at.isoformat(), "bytes": file.size_bytes}
            for document, file in data.files
        ],
        "documents_not_included": missing,
        "agreed": [
            {"at": each.agreed_at.isoformat(), "from": each.from_address, "documents": each.documents}
            for each in data.consents
        ],
        "who_looked": [
            {"who": who, "what": what, "at": row.created_at.isoformat()}
            for row, (who, what) in ((row, look_words(row)) for row in data.looks)
        ],
    }


def as_html(data: OwnData, zone: str, missing: list[str]) -> str:
    """A page that opens without us. Everything that somebody typed is escaped."""
    parts = [_table("Your answers", [(_where(row), row.words) for row in data.answers])]
    parts.append(
        _table(
            "Messages",
            [(f"{note.author_name}, {instant_words(note.created_at, zone)}", note.text) for note in data.messages],
        )
    )
    files = [(document.name, f"sent {instant_words(document.created_at, zone)}") for document, _ in data.files]
    parts.append(_table("Documents that you sent", files + [(name, "not in this download") for name in missing]))
    parts.append(
        _table(
            "What you agreed to",
            [
                (instant_words(each.agreed_at, zone), ", ".join(str(one.get("name", "")) for one in each.documents))
                for each in data.consents
            ],
        )
    )
    looks = [(instant_words(row.created_at, zone), " ".join(look_words(row))) for row in data.looks]
    parts.append(_table("Who has seen what", looks))
    head = (
        '<!doctype html><html lang="en-AU"><meta charset="utf-8"><title>Your data</title>'
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
        "padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ccc;white-space:pre-line;overflow-wrap:anywhere}"
        "th{width:40%;font-weight:500}</style>"
    )
    title = f"<h1>Data of {escape(data.name)}</h1><p>As of {escape(instant_words(data.gathered_at, zone))}.</p>"
    return head + title + "".join(parts) + "</html>"


def _where(row) -> str:
    return ", ".join(part for part in (row.page, row.person, row.section, row.item, row.label) if part)


def _table(title: str, pairs: list[tuple[str, str]]) -> str:
    lines = "".join(f'<tr><th scope="row">{escape(one)}</th><td>{escape(two)}</td></tr>' for one, two in pairs)
    return f"<h2>{escape(title)}</h2>" + (f"<table>{lines}</table>" if lines else "<p>Nothing.</p>")
