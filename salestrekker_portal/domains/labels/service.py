"""The firm's labels: adding, renaming, deleting. The cards of deals that carry one follow (K-11)."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, func, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.figures import lines_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.labels import DealLabel, Label

MOST_LABELS = 200
NAME_LIMIT = 40


async def labels_with_use(session: ReadSession, actor: Actor) -> list[tuple[Label, int]]:
    """Every label by name, and how many deals carry it. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    rows = await session.execute(
        select(Label, func.count(DealLabel.deal_id))
        .outerjoin(DealLabel, DealLabel.label_id == Label.id)
        .where(Label.organisation_id == actor.organisation_id)
        .group_by(Label.id)
        .order_by(func.lower(Label.name))
    )
    return [(label, count) for label, count in rows]


async def add_label(session: WriteSession, actor: Actor, name: object) -> Label:
    """Raises NotPermitted, Invalid (`name`), Conflict (too many)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    label = Label(organisation_id=actor.organisation_id, name=await _free_name(session, actor, name, None))
    if len(await labels_of(session, actor.organisation_id)) >= MOST_LABELS:
        raise Conflict(f"A firm has at most {MOST_LABELS} labels. Delete one that you no longer use.")
    session.add(label)
    record(session, actor, "label:added", organisation_id=actor.organisation_id, name=label.name)
    await session.flush()
    return label


async def rename_label(
    session: WriteSession, actor: Actor, label_id: UUID, name: object, shown: Mapping[str, object] | None = None
) -> Label:
    """Rename it wherever it is used. Raises NotPermitted, NotFound, Invalid (`name`), Faster (`name`)."""
    label = await _mine(session, actor, label_id)
    carriers = await _carriers(session, label.id)
    # After the deals: that is the order of locks. Read anew, because it may have been renamed while this waited.
    await session.refresh(label, with_for_update=HOLD)
    trail = Trail(kinds=("label:renamed",), subject_id=label.id)
    kept = await on_top_of(session, actor, trail, shown=shown, now={"name": label.name}, typed={"name": name})
    label.name = await _free_name(session, actor, kept["name"], label.id)
    record(session, actor, "label:renamed", organisation_id=actor.organisation_id, subject_id=label.id, name=label.name)
    _redraw(session, carriers)
    return label


async def delete_label(session: WriteSession, actor: Actor, label_id: UUID) -> None:
    """Take it off every deal, then away. The deals stay. Raises NotPermitted, NotFound."""
    label = await _mine(session, actor, label_id)
    # Before the rows go: afterwards nobody knows which cards showed it.
    carriers = await _carriers(session, label.id)
    await session.execute(delete(DealLabel).where(DealLabel.label_id == label.id))
    record(session, actor, "label:deleted", organisation_id=actor.organisation_id, name=label.name)
    await session.delete(label)
    _redraw(session, carriers)


async def _mine(session: WriteSession, actor: Actor, label_id: UUID) -> Label:
    demand(actor, Permission.ORGANISATION_MANAGE)
    label = await session.get(Label, label_id)
    if label is None or label.organisation_id != actor.organisation_id:
        raise NotFound("label")
    return label


async def _free_name(session: ReadSession, actor: Actor, raw: object, own: UUID | None) -> str:
    name = clean(raw)
    if not name:
        raise Invalid({"name": "Give the label a name."})
    if len(name) > NAME_LIMIT:
        raise Invalid({"name": f"Use at most {NAME_LIMIT} characters. This has {len(name):,}."})
    for other in await labels_of(session, actor.organisation_id):
        # In Python and not by a constraint: the two databases fold letters beyond English differently.
        if other.id != own and other.name.casefold() == name.casefold():
            raise Invalid({"name": f"There is a label “{other.name}” already."})
    return name


async def _carriers(session: WriteSession, label_id: UUID) -> list[UUID]:
    return await hold_deals(session, select(DealLabel.deal_id).where(DealLabel.label_id == label_id))


def _redraw(session: WriteSession, deal_ids: list[UUID]) -> None:
    """The labels on these cards are written again."""
    for deal_id in deal_ids:
        lines_touched(session, deal_id, labels=True)
