"""A client who is known: what they told for an earlier loan stands there already, and they say what is still true.

What depends on the loan is asked anew: what it is for, which kind, what may change, the credit history. What belongs
to a household is brought along when the same people apply together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.fact_find.bringing import bring_along
from salestrekker_portal.domains.fact_find.told import TOLD_AT
from salestrekker_portal.domains.questions.catalogue import every_page
from salestrekker_portal.domains.questions.vocabulary import Page, Scope, Section, scope_of, section_id
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.portal_access import PortalAccess

_PAGES = frozenset({
    "applicant", "income", "assets", "liabilities", "expenses", "insurance", "advisers",
    "entity", "business_assets", "business_liabilities",
})  # fmt: skip
# Of those pages, what is about the loan that is asked for.
_NOT = frozenset({"applicant.first_home", "assets.deposit", "expenses.household"})
_FEW_DEALS = 20


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The deal in which somebody answered last, whether the same people apply now, and whether they saw there what
    the others told.
    """

    deal_id: UUID
    same_people: bool
    saw_others: bool


async def bring_earlier(
    session: WriteSession, actor: Actor, deal: Deal, access: PortalAccess, before: PortalAccess | None
) -> bool:
    """Put what an invited client told for an earlier loan into the sections that nobody has begun for them.

    Only from deals that whoever invites may see. Asked once for each deal: a new invitation keeps what is there. At
    most five statements. Returns whether something was brought along: the profile is then to be counted.
    """
    if before is not None:
        access.told_earlier = dict(before.told_earlier)
        return False
    earlier = await _earlier(session, actor, deal, access.contact_id)
    if earlier is None:
        return False
    sections = brought_along(actor.country, access.section_ids, own_only=not earlier.same_people)
    for begun in await _begun(session, deal.id, access.contact_id):
        sections.pop(begun, None)
    told = await bring_along(session, earlier.deal_id, access, sections, own_only=not earlier.saw_others)
    access.told_earlier = {key: {TOLD_AT: at.isoformat()} for key, at in told.items()}
    return bool(told)


async def _earlier(session: WriteSession, actor: Actor, deal: Deal, contact_id: UUID) -> Earlier | None:
    """Their other deal in which they themselves answered last."""
    others = (
        visible_deals(actor)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .where(DealApplicant.contact_id == contact_id, Deal.id != deal.id)
        .order_by(Deal.created_at.desc())
        .limit(_FEW_DEALS)
        .with_only_columns(Deal.id)
    )
    saw = exists().where(
        PortalAccess.deal_id == Answer.deal_id,
        PortalAccess.contact_id == contact_id,
        PortalAccess.sees_other_applicants,
    )
    newest = (
        select(Answer.deal_id, saw)
        .where(Answer.deal_id.in_(others), Answer.author_id == contact_id)
        .group_by(Answer.deal_id)
        .order_by(func.max(Answer.answered_at).desc())
        .limit(1)
    )
    row = (await session.execute(newest)).one_or_none()
    if row is None:
        return None
    found, saw_others = row
    rows = await session.execute(
        select(DealApplicant.deal_id, DealApplicant.contact_id).where(DealApplicant.deal_id.in_((found, deal.id)))
    )
    people: dict[UUID, set[UUID]] = {}
    for where, who in rows:
        people.setdefault(where, set()).add(who)
    return Earlier(
        deal_id=found,
        same_people=people.get(found) == people.get(deal.id),
        saw_others=saw_others or people.get(found) == {contact_id},
    )


async def _begun(session: WriteSession, deal_id: UUID, contact_id: UUID) -> list[str]:
    """Sections in which somebody has answered here, of theirs or of everybody's."""
    begun = select(Answer.section_id).where(Answer.deal_id == deal_id, Answer.subject_id.in_((contact_id, NOBODY)))
    return list(await session.scalars(begun.distinct()))


def brought_along(country: str, asked: Iterable[str], *, own_only: bool) -> dict[str, tuple[Page, Section]]:
    """What is brought along of the sections that their flow asks (none: of all)."""
    wanted = frozenset(asked)
    return {
        section_id(page, section): (page, section)
        for page in every_page(country)
        for section in page.sections
        if page.key in _PAGES
        and section_id(page, section) not in _NOT
        and (not wanted or section_id(page, section) in wanted)
        and (not own_only or scope_of(page, section) is Scope.PER_APPLICANT)
    }
