"""A broker takes the fact find with them: all of it, a person's or a household's, as JSON, CSV or PDF."""

import json
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.fact_find.document import Document, document_of
from salestrekker_portal.domains.fact_find.paper import as_csv, as_pdf
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY

KINDS = {"json": "application/json", "csv": "text/csv", "pdf": "application/pdf"}
HOUSEHOLD = "household"


@dataclass(frozen=True, kw_only=True)
class FactFindFile:
    """What is taken: bytes with a name and a kind (of KINDS), and the deal that it is of."""

    name: str
    kind: str
    content: bytes
    organisation_id: UUID
    deal_id: UUID
    whose: str


async def fact_find_file(session: ReadSession, actor: Actor, deal_id: UUID, kind: str, of: str = "") -> FactFindFile:
    """`of` is a contact's id, or "household"; blank for everybody. Three statements.

    For staff and the firm's own programs: raises NotFound for everybody else, for another kind, and for somebody who is
    not in the deal.
    """
    whole = await read_whole(session, actor, deal_id)
    if not whole.context.reader.is_staff or kind not in KINDS:
        raise NotFound("deal")
    made, whose = fact_find_document(whole, of)
    deal = whole.context.deal
    title = f"{deal.reference} fact find" + (f", {whose}" if whose else "")
    if kind == "json":
        content = json.dumps(made, ensure_ascii=False, indent=2).encode()
    elif kind == "csv":
        content = as_csv(made).encode()
    else:
        under = f"{deal.name}. Made by {actor.name}, {instant_words(utc_now(), actor.time_zone)}."
        content = as_pdf(title, under, made, language=f"en-{actor.country}")
    return FactFindFile(
        name=f"{title}.{kind}", kind=kind, content=content, organisation_id=deal.organisation_id, deal_id=deal.id,
        whose=whose,
    )  # fmt: skip


def fact_find_document(whole: Whole, of: str = "") -> tuple[Document, str]:
    """The document, and of whom it is in words. Raises NotFound for somebody who is not in the deal."""
    people, whose = _people(whole, of)
    made = document_of(
        whole.context.asked_pages, whole.stored, whole.context.facts(NOBODY), whole.position,
        households=whole.households, people=people,
    )  # fmt: skip
    deal = whole.context.deal
    return {
        "format": made["format"],
        "deal": {"id": str(deal.id), "reference": deal.reference, "name": deal.name, "loan_kind": deal.loan_kind},
        "of": whose or None,
        **made,
    }, whose


def _people(whole: Whole, of: str) -> tuple[frozenset[str] | None, str]:
    if not of:
        return None, ""
    if of == HOUSEHOLD:
        return frozenset(whole.household), "the household"
    for each in whole.context.applicants:
        if str(each.id) == of:
            return frozenset({of}), each.name
    raise NotFound("applicant")


def whose_to_take(whole: Whole) -> list[dict[str, str]]:
    """The choices beside everybody: the household where it is not simply everybody, and each person."""
    people = [{"value": str(each.id), "label": each.name} for each in whole.context.applicants]
    if len(people) < 2:
        return []
    household = [{"value": HOUSEHOLD, "label": "The household"}] if len(whole.household) > 1 else []
    return household + people


def record_taken(session: WriteSession, actor: Actor, taken: FactFindFile) -> None:
    """Who took whose answers, in the deal's history. Written before anything is sent."""
    record(
        session, actor, "profile:exported", organisation_id=taken.organisation_id, deal_id=taken.deal_id,
        kind_of_file=taken.kind.upper(), whose=taken.whose or "everybody",
    )  # fmt: skip
