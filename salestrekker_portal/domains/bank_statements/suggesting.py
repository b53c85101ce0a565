"""Suggestions for the comments of the expenses, which the broker takes over one by one. Amounts are never touched.

Ruled for I-06: the request does not wait for the household, because that would cost the client a day; taking over a
suggestion does, because a comment has to belong to somebody's household.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.bank_statements.categories import SECTIONS
from salestrekker_portal.domains.bank_statements.papers import expense_words
from salestrekker_portal.domains.bank_statements.queries import access_statement_request, summaries_of
from salestrekker_portal.domains.bank_statements.summary import suggested_comment, with_suggestion
from salestrekker_portal.domains.documents.rules import demand_open
from salestrekker_portal.domains.fact_find.service import Place, save_answer
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.bank_statements import StatementRequest
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.portal_access import PortalAccess

HOUSEHOLD = "expenses.household"
HOUSEHOLD_FIRST = "Say first who is in the household, under Expenses: the comments belong to it."


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One comment. `present` is what the comment says now; `taken`: the suggestion is in it already."""

    key: str
    name: str
    text: str
    present: str
    taken: bool


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """The suggestions of one request. `household`: somebody has said who lives together."""

    suggestions: list[Suggestion]
    household: bool


async def suggestions_of(session: ReadSession, request: StatementRequest, summary: dict) -> Suggested:
    """What the averages suggest for a request that the caller has accessed already."""
    contact = await existing(session, Contact, request.contact_id)
    name = contact.called
    subject, household = await _copy(session, request)
    present = await _comments(session, request.deal_id, subject)
    made = []
    for row in summary["expenses"]:
        if row["key"] not in SECTIONS:
            continue
        text = suggested_comment(row, summary, name)
        said = present.get(row["key"], "")
        made.append(
            Suggestion(key=row["key"], name=expense_words(row["key"]), text=text, present=said, taken=text in said)
        )
    return Suggested(suggestions=made, household=household)


async def accept_suggestion(session: WriteSession, actor: Actor, request_id: UUID, key: str) -> str:
    """Write one suggestion into the comment of its expense, after what stands there; returns the comment.

    Raises NotFound, NotPermitted, Conflict (no household yet, settled deal).
    """
    if not actor.is_staff:
        raise NotPermitted("Only the brokerage takes over suggestions.")
    request = await access_statement_request(session, actor, request_id, Permission.PROFILE_WRITE)
    deal = await existing(session, Deal, request.deal_id)
    demand_open(actor, deal)
    summary = (await summaries_of(session, [request])).get(request.id)
    if summary is None:
        raise NotFound("summary")
    # Worked out again, not taken from the page: the browser names which one, never what it says.
    suggested = await suggestions_of(session, request, summary)
    chosen = next((each for each in suggested.suggestions if each.key == key), None)
    if chosen is None:
        raise NotFound("suggestion")
    if not suggested.household:
        raise Conflict(HOUSEHOLD_FIRST)
    subject, _ = await _copy(session, request)
    comment = with_suggestion(chosen.present, chosen.text)
    place = Place(
        section_id=f"expenses.{SECTIONS[key]}",
        field_key=f"{key}_comment",
        subject_id=subject if subject != NOBODY else None,
    )
    await save_answer(session, actor, deal.id, place, comment)
    record(session, actor, "bank_statements:comment_taken", organisation_id=deal.organisation_id, deal_id=deal.id,
           name=chosen.name)  # fmt: skip
    return comment


async def _copy(session: ReadSession, request: StatementRequest) -> tuple[UUID, bool]:
    """Whose copy of the expenses: the client's own where they answer apart from the others, else the shared one."""
    access = await session.get(PortalAccess, request.access_id)
    rows = await session.execute(
        select(Answer.subject_id, Answer.raw).where(
            Answer.deal_id == request.deal_id, Answer.section_id == HOUSEHOLD, Answer.field_key == "members"
        )
    )
    households = {subject for subject, raw in rows if raw.strip()}
    own = request.contact_id
    if own in households and not (access is not None and access.sees_other_applicants):
        return own, True
    return NOBODY, NOBODY in households


async def _comments(session: ReadSession, deal_id: UUID, subject: UUID) -> dict[str, str]:
    rows = await session.execute(
        select(Answer.field_key, Answer.raw).where(
            Answer.deal_id == deal_id,
            Answer.subject_id == subject,
            Answer.section_id.in_({f"expenses.{section}" for section in SECTIONS.values()}),
            # The underscore is a wildcard to LIKE unless it is escaped.
            Answer.field_key.like("%\\_comment", escape="\\"),
        )
    )
    return {key.removesuffix("_comment"): raw for key, raw in rows}
