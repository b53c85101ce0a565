"""Staff take all papers of a deal along at once, each in the folder of the person whom it is of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents.checks import kind_of, named_for
from salestrekker_portal.domains.documents.held import is_held
from salestrekker_portal.domains.documents.opening import note_openings
from salestrekker_portal.domains.documents.queries import documents_in, requests_in
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.documents import Document, StoredFile

OTHERS = "Other papers"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, kw_only=True)
class TakenPaper:
    """A paper and where it stands in the zip."""

    path: str
    document: Document
    file: StoredFile


@dataclass(frozen=True, kw_only=True)
class TakenPapers:
    """What is taken, oldest first, under which name; `left_out` are the names of those that nobody may open."""

    name: str
    papers: list[TakenPaper]
    left_out: list[str]


async def take_documents(session: WriteSession, actor: Actor, deal_id: UUID) -> TakenPapers:
    """Everything of the deal that may be opened; each is written down as opened, before anything is sent.

    Raises NotFound, for everybody but staff too.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DOCUMENT_READ)
    if not actor.is_staff:
        raise NotFound("deal")
    found = (await documents_in(session, actor, deal.id))[::-1]
    people = {contact.id: contact.name for _, contact in await applicants_of(session, deal.id)}
    asked_of = {each.id: each.contact_id for each in await requests_in(session, actor, deal.id)}
    readable = [(document, file) for document, file in found if not is_held(file)]
    await note_openings(session, actor, deal, [document for document, _ in readable])
    used: set[str] = set()
    papers = []
    for document, file in readable:
        asked = asked_of.get(document.request_id) if document.request_id else None
        whose = asked or document.contact_id
        folder = (folder_name(people.get(whose, "")) if whose else "") or OTHERS
        # A paper that was renamed may have lost what a lender's system knows it by.
        name = named_for(folder_name(document.name) or "Paper", kind_of(file.mime))
        path = unused_path(folder, name, used)
        papers.append(TakenPaper(path=path, document=document, file=file))
    held = [document.name for document, file in found if is_held(file)]
    return TakenPapers(name=f"{deal.reference}, documents.zip", papers=papers, left_out=held)


def folder_name(name: str) -> str:
    """A name that every system takes for a file or a folder, and that leads nowhere else. Pure."""
    return _NOT_IN_NAMES.sub("-", name).strip(" .")


def unused_path(folder: str, name: str, used: set[str]) -> str:
    """Where no earlier paper stands, whatever a system thinks of capitals. Pure."""
    stem, dot, end = name.rpartition(".")
    if not dot or not stem:
        stem, end = name, ""
    tries: Iterable[str] = (f"{stem}{f' ({number})' if number > 1 else ''}{dot if end else ''}{end}"
                            for number in range(1, len(used) + 2))  # fmt: skip
    path = next(path for each in tries if (path := f"{folder}/{each}").casefold() not in used)
    used.add(path.casefold())
    return path
