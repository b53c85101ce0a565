"""What a filter offers, and what the things are called that an address filters by."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.insights.chosen import BoardFilter
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.names import by_name
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.organisations import Membership, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.workflows import Stage, Workflow

MOST_PARTNERS = 500


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen, by id, in the order of the list."""

    people: list[tuple[UUID, str]]
    labels: list[tuple[UUID, str]]
    partners: list[tuple[UUID, str]]
    lenders: list[str]


@dataclass(frozen=True)
class Called:
    """The names of what a filter names by its id; "" for what isn't the firm's or isn't named."""

    owner: str = ""
    label: str = ""
    partner: str = ""
    stage: str = ""


async def choices_for(session: ReadSession, actor: Actor, stages: list[Stage]) -> Choices:
    """The firm's people, labels and partners, and the lenders of a workflow's deals. Four statements.

    Raises NotPermitted.
    """
    demand(actor, Permission.DEAL_WRITE)
    people = await working_here(session, actor.organisation_id)
    labels = await labels_of(session, actor.organisation_id)
    partners = await session.execute(
        _partners(actor)
        .where(PartnerMembership.removed_at.is_(None))
        .order_by(Partner.first_name, Partner.last_name)
        .limit(MOST_PARTNERS)
    )
    return Choices(
        people=[(user.id, user.name) for user in people],
        labels=[(label.id, label.name) for label in labels],
        partners=[(each.id, each.name) for each in by_name(as_known(account, place) for account, place in partners)],
        lenders=await _lenders(session, actor, stages),
    )


async def called(session: ReadSession, actor: Actor, chosen: BoardFilter) -> Called:
    """What the filter's owner, label, partner and stage are called. One statement, and one for a partner; none where
    it names none."""
    partner = await _partner(session, actor, chosen.partner_id) if chosen.partner_id else ""
    if not (chosen.owner_id or chosen.label_id or chosen.stage_id):
        return Called(partner=partner)
    firm = actor.organisation_id
    owner = (
        select(User.first_name + " " + User.last_name)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == chosen.owner_id, Membership.organisation_id == firm, Membership.waits_since.is_(None))
    )
    label = select(Label.name).where(Label.id == chosen.label_id, Label.organisation_id == firm)
    stage = (
        select(Stage.name)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Stage.id == chosen.stage_id, Workflow.organisation_id == firm)
    )
    names = select(*(each.scalar_subquery() for each in (owner, label, stage)))
    said = [(each or "").strip() for each in (await session.execute(names)).one()]
    return Called(owner=said[0], label=said[1], stage=said[2], partner=partner)


async def _partner(session: ReadSession, actor: Actor, partner_id: UUID) -> str:
    row = (await session.execute(_partners(actor).where(Partner.id == partner_id))).one_or_none()
    if row is None:
        return ""
    account, place = row
    return as_known(account, place).name


def _partners(actor: Actor) -> Select[Partner, PartnerMembership]:
    """With their place in the firm, which says whether their own name may be read."""
    joined = select(Partner, PartnerMembership).join(PartnerMembership, PartnerMembership.partner_id == Partner.id)
    return joined.where(PartnerMembership.organisation_id == actor.organisation_id)


async def _lenders(session: ReadSession, actor: Actor, stages: list[Stage]) -> list[str]:
    """From the lines of the cards, an index alone: each lender once."""
    if not stages:
        return []
    lines = await session.scalars(
        select(Deal.lender_line)
        .where(Deal.organisation_id == actor.organisation_id, Deal.workflow_id == stages[0].workflow_id)
        .where(Deal.archived_at.is_(None), Deal.lender_line != "")
        .distinct()
    )
    return sorted({lender for line in lines for lender in line.split(", ")}, key=str.casefold)
