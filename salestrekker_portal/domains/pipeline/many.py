"""The same done to many deals at once, and taken back for all of them.

One transaction in all: a press is done once and whole, a crash in between leaves nothing half done, and Undo knows
every deal. What one deal refuses (settled, gone, somebody is typing) is said of that deal, and the others are done: use
cases refuse before they write anything.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.figures import lines_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.deals.queries import access_deal, visible_deals
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.labels.queries import labels_of, labels_on, put_labels
from salestrekker_portal.domains.organisations.people import demand_member
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.tasks.service import add_task, remove_task
from salestrekker_portal.domains.workflows.queries import access_stage
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid, NotFound
from salestrekker_portal.tables.deals import Deal

MOST = 200


@dataclass(frozen=True)
class Back:
    """How one deal is put back: what was done, what it is now, what it was, and below which deal."""

    deed: str
    deal_id: UUID
    now: UUID
    was: UUID | None = None
    above: UUID | None = None


@dataclass(frozen=True)
class Refused:
    """A deal to which nothing was done, and why, in a sentence."""

    deal_id: UUID
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done, in order, with the way back; `same` had it already."""

    back: list[Back]
    refused: list[Refused]
    same: int = 0


# Does it to one deal, given the one that was done before; None when the deal had it already.
Deed = Callable[[UUID, UUID | None], Awaitable[Back | None]]


async def move_many(
    session: WriteSession, actor: Actor, deal_ids: Sequence[UUID], stage_id: UUID, *, except_for: Mapping[UUID, str]
) -> Done:
    """On top of a stage, in the order given. `except_for`: deals that had better not move now, and why.

    Raises NotFound (stage), NotPermitted, Invalid (too many), Conflict (all refused for one reason).
    """
    demand(actor, Permission.DEAL_MOVE)
    await access_stage(session, actor.organisation_id, stage_id)

    async def deed(deal_id: UUID, last: UUID | None) -> Back | None:
        if deal_id in except_for:
            raise Conflict(except_for[deal_id])
        deal = await access_deal(session, actor, deal_id, Permission.DEAL_MOVE)
        if deal.stage_id == stage_id and deal.archived_at is None and deal.locked_at is None:
            return None
        moved = await move_deal(session, actor, deal_id, stage_id, last)
        return Back("move", deal_id, stage_id, moved.from_stage_id, moved.from_above_id)

    return await _each(session, actor, deal_ids, deed)


async def give_many(session: WriteSession, actor: Actor, deal_ids: Sequence[UUID], owner_id: UUID) -> Done:
    """Another owner. Raises NotFound (person), NotPermitted, Invalid, Conflict."""
    demand(actor, Permission.DEAL_WRITE)
    await demand_member(session, actor.organisation_id, owner_id)

    async def deed(deal_id: UUID, last: UUID | None) -> Back | None:
        was = await give_deal(session, actor, deal_id, owner_id)
        return Back("owner", deal_id, owner_id, was) if was is not None else None

    return await _each(session, actor, deal_ids, deed)


async def label_many(
    session: WriteSession, actor: Actor, deal_ids: Sequence[UUID], label_id: UUID, *, on: bool
) -> Done:
    """Put a label on, or take it off. Raises NotFound (label), NotPermitted, Invalid, Conflict."""
    demand(actor, Permission.DEAL_WRITE)
    if label_id not in {label.id for label in await labels_of(session, actor.organisation_id)}:
        raise NotFound("label")

    async def deed(deal_id: UUID, last: UUID | None) -> Back | None:
        changed = await label_deal(session, actor, deal_id, label_id, on=on)
        return Back("label-on" if on else "label-off", deal_id, label_id) if changed else None

    return await _each(session, actor, deal_ids, deed)


async def task_for_many(
    session: WriteSession, actor: Actor, deal_ids: Sequence[UUID], *, title: object, due: object
) -> Done:
    """The same task on each deal, for each deal's owner. Raises NotPermitted, Invalid (`title`, `due`), Conflict."""
    demand(actor, Permission.DEAL_WRITE)

    async def deed(deal_id: UUID, last: UUID | None) -> Back | None:
        deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
        task = await add_task(session, actor, title=title, due=due, deal_id=deal_id, owner_id=deal.owner_id)
        return Back("task", deal_id, task.id)

    return await _each(session, actor, deal_ids, deed)


async def undo_many(session: WriteSession, actor: Actor, back: Sequence[Back]) -> Done:
    """Put everything back as it was, the last first. What somebody changed since stays, and is said.

    Raises NotPermitted, Conflict (nothing could be put back).
    """
    ways = {each.deal_id: each for each in back}

    async def deed(deal_id: UUID, last: UUID | None) -> Back | None:
        way = ways[deal_id]
        if way.deed == "move" and way.was is not None:
            await move_deal(session, actor, deal_id, way.was, way.above, only_from=way.now)
        elif way.deed == "owner" and way.was is not None:
            await give_deal(session, actor, deal_id, way.was, only_from=way.now)
        elif way.deed == "task":
            await remove_task(session, actor, way.now)
        else:
            await label_deal(session, actor, deal_id, way.now, on=way.deed == "label-off")
        return way

    return await _each(session, actor, [each.deal_id for each in reversed(back)], deed)


async def give_deal(
    session: WriteSession, actor: Actor, deal_id: UUID, owner_id: UUID, *, only_from: UUID | None = None
) -> UUID | None:
    """Make somebody who works here the deal's owner; who it was, None when it is so already.

    Raises NotFound, NotPermitted, Conflict (settled, archived; or another owner than `only_from`).
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    demand_open(deal)
    if only_from is not None and deal.owner_id != only_from:
        raise Conflict("Somebody has given this deal to another owner since.")
    if only_from is not None:
        # Whoever it was may have left the firm in between.
        await demand_member(session, deal.organisation_id, owner_id)
    was = deal.owner_id
    if was == owner_id:
        return None
    deal.owner_id = owner_id
    _tell(session, actor, deal, "owner_id")
    return was


async def label_deal(session: WriteSession, actor: Actor, deal_id: UUID, label_id: UUID, *, on: bool) -> bool:
    """Put one label on a deal or take it off, and leave the others; whether that changed anything.

    Raises NotFound (deal, label), NotPermitted, Conflict (settled, archived).
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE)
    demand_open(deal)
    worn = {label.id for label in await labels_on(session, deal.id)}
    if (label_id in worn) is on:
        return False
    labels = await put_labels(session, deal.organisation_id, deal.id, worn ^ {label_id})
    lines_touched(session, deal.id, labels=True, label_names=[label.name for label in labels])
    _tell(session, actor, deal, "labels_line")
    return True


async def _each(session: WriteSession, actor: Actor, deal_ids: Sequence[UUID], deed: Deed) -> Done:
    """Hold all, then do it to one after the other. Raises Invalid, Conflict."""
    wanted = list(dict.fromkeys(deal_ids))
    if not wanted:
        raise Invalid({"deals": "Choose at least one deal."})
    if len(wanted) > MOST:
        raise Invalid({"deals": f"Choose at most {MOST} deals at once."})
    names = await _held(session, actor, wanted)
    back: list[Back] = []
    refused: list[Refused] = []
    same = 0
    for deal_id in wanted:
        try:
            way = await deed(deal_id, back[-1].deal_id if back else None)
        except Invalid:  # what was typed, which is wrong for all of them
            raise
        except DomainError as refusal:
            refused.append(Refused(deal_id, names.get(deal_id, "A deal"), refusal.message))
            continue
        back, same = ([*back, way], same) if way is not None else (back, same + 1)
    whys = {each.why for each in refused}
    if len(whys) == 1 and not back and not same:
        raise Conflict(whys.pop())
    return Done(back=back, refused=refused, same=same)


async def _held(session: WriteSession, actor: Actor, deal_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those that this person may see, all of them held in the one order."""
    mine = visible_deals(actor).where(Deal.id.in_(deal_ids))
    await hold_deals(session, mine.with_only_columns(Deal.id))
    return {row.id: row.name for row in await session.execute(mine.with_only_columns(Deal.id, Deal.name))}


def _tell(session: WriteSession, actor: Actor, deal: Deal, field: str) -> None:
    record(session, actor, "deal:changed", organisation_id=deal.organisation_id, deal_id=deal.id, fields=field)
    board_changed(session, deal.organisation_id, deal.id, placed=True)
