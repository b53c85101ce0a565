"""Deals in a list that is read on and on: the newest first, from where the last page ended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.workflows import Stage, Workflow

MOST = 100

_COLUMNS = (
    Deal.id, Deal.reference, Deal.name, Deal.value_cents, Deal.loan_kind, Deal.created_at, Deal.stage_entered_at,
    Deal.expected_settlement_on, Deal.settled_on, Deal.locked_at, Deal.archived_at, Deal.clients_line,
    Deal.labels_line, Deal.portal_state, Deal.profile_pct, Deal.documents_asked, Deal.documents_in, Deal.move,
    Deal.owner_id, User.first_name,
    User.last_name, Deal.stage_id, Stage.name, Deal.workflow_id, Workflow.name, Deal.partner_id, Deal.summary,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedDeal:
    """One deal as a list knows it; the fields stand as in `_COLUMNS`. Amounts in cents, instants UTC."""

    id: UUID
    reference: str
    name: str
    value_cents: int
    loan_kind: str
    created_at: datetime
    stage_entered_at: datetime
    expected_settlement_on: date | None
    settled_on: date | None
    locked_at: datetime | None
    archived_at: datetime | None
    clients_line: str
    labels_line: str
    portal_state: str
    profile_pct: int
    documents_asked: int
    documents_in: int
    move: str
    owner_id: UUID
    owner_first_name: str
    owner_last_name: str
    stage_id: UUID
    stage: str
    workflow_id: UUID
    workflow: str
    partner_id: UUID | None
    summary: str

    @property
    def owner(self) -> str:
        return f"{self.owner_first_name} {self.owner_last_name}".strip()

    @property
    def state(self) -> str:
        """open, settled or archived."""
        if self.archived_at is not None:
            return "archived"
        return "settled" if self.locked_at is not None else "open"


async def deals_after(
    session: ReadSession, actor: Actor, *, after: UUID | None = None, stage_id: UUID | None = None, limit: int = 50
) -> list[ListedDeal]:
    """At most `limit` deals that came before the deal `after`, and one more as a sign that there is a next page.

    Ids are UUIDv7, so they stand in the order in which deals were added, and no row is met twice or left out while
    others are added. Raises NotPermitted.
    """
    demand(actor, Permission.DEAL_READ)
    found = _listed(actor)
    if after is not None:
        found = found.where(Deal.id < after)
    if stage_id is not None:
        found = found.where(Deal.stage_id == stage_id)
    rows = await session.execute(found.order_by(Deal.id.desc()).limit(min(limit, MOST) + 1))
    return [ListedDeal(*row) for row in rows]


async def deal_listed(session: ReadSession, actor: Actor, deal_id: UUID) -> ListedDeal:
    """One deal in the same shape. Raises NotFound (absent or hidden), NotPermitted."""
    demand(actor, Permission.DEAL_READ)
    row = (await session.execute(_listed(actor).where(Deal.id == deal_id))).one_or_none()
    if row is None:
        raise NotFound("deal")
    return ListedDeal(*row)


def _listed(actor: Actor) -> Select:
    joined = visible_deals(actor).join(User, User.id == Deal.owner_id).join(Stage, Stage.id == Deal.stage_id)
    return joined.join(Workflow, Workflow.id == Deal.workflow_id).with_only_columns(*_COLUMNS)
