"""Which columns of the list of deals somebody sees, in which order and how wide: their own choice, kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import ScalarSelect, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.tables.organisations import ListColumns

LEAST_WIDTH, MOST_WIDTH = 56, 640


class DealColumn(StrEnum):
    """What a deal's line may show; the deal's name always stands first."""

    DEAL = "deal"
    STAGE = "stage"
    AMOUNT = "amount"
    DAYS = "days"
    OWNER = "owner"
    MOVE = "move"
    DOCUMENTS = "documents"
    LENDER = "lender"
    FINANCE_DUE = "finance_due"
    SETTLES = "settles"
    CLIENTS = "clients"
    PROFILE = "profile"
    PORTAL = "portal"
    LABELS = "labels"
    LVR = "lvr"
    LODGED = "lodged"
    APPROVED = "approved"
    REFERENCE = "reference"


@dataclass(frozen=True)
class ShownColumn:
    """A column that is shown; 0 is as wide as what stands in it, anything else pixels."""

    key: DealColumn
    width: int = 0


Columns = tuple[ShownColumn, ...]
STANDARD: Columns = tuple(ShownColumn(key) for key in list(DealColumn)[:10])


def columns_from(kept: object) -> Columns:
    """What was kept, as far as it still means something; the standard where nothing was."""
    if not isinstance(kept, list):
        return STANDARD
    known = {each.value for each in DealColumn}
    pairs = [pair for pair in kept if isinstance(pair, list) and len(pair) == 2 and pair[0] in known]
    widths = {DealColumn(key): _width(width) for key, width in reversed(pairs)}
    order = dict.fromkeys([DealColumn.DEAL, *(DealColumn(key) for key, _ in pairs)])
    return tuple(ShownColumn(key, widths.get(key, 0)) for key in order)


def shown_or_not(columns: Columns, key: DealColumn, on: bool) -> Columns:
    """With this column at the end, or without it. The deal's name stays."""
    others = tuple(each for each in columns if each.key is not key)
    if on or key is DealColumn.DEAL:
        return columns if len(others) < len(columns) else (*columns, ShownColumn(key))
    return others


def placed(columns: Columns, key: DealColumn, place: int) -> Columns:
    """With this column at a place, counted from 0; before the deal's name is none."""
    moving = [each for each in columns if each.key is key]
    if key is DealColumn.DEAL or not moving:
        return columns
    others = [each for each in columns if each.key is not key]
    at = min(max(1, place), len(others))
    return (*others[:at], *moving, *others[at:])


def as_wide(columns: Columns, key: DealColumn, width: int) -> Columns:
    """With this column so many pixels wide, within what can be read; 0 gives it what it needs."""
    return tuple(replace(each, width=_width(width)) if each.key is key else each for each in columns)


def _width(raw: object) -> int:
    return min(MOST_WIDTH, max(LEAST_WIDTH, raw)) if isinstance(raw, int) and raw > 0 else 0


def scope_of(query: str) -> str:
    """What stands for the filters of a saved view."""
    return hashlib.sha256(query.encode()).hexdigest()[:32]


def columns_kept(actor: Actor, scope: str) -> ScalarSelect:
    """This person's columns for these filters, or else for the list as such; part of a statement that reads more."""
    mine = (ListColumns.user_id == actor.id, ListColumns.organisation_id == actor.organisation_id)
    found = select(ListColumns.columns).where(*mine, ListColumns.scope.in_(("", scope)))
    return found.order_by(ListColumns.scope.desc()).limit(1).scalar_subquery()


async def change_columns(
    session: WriteSession, actor: Actor, scope: str, change: Callable[[Columns], Columns] | None
) -> Columns:
    """Keep what `change` makes of this person's columns; None takes the standard again. Raises NotPermitted, Invalid
    (`columns`)."""
    demand(actor, Permission.DEAL_WRITE)
    found = await session.scalars(
        select(ListColumns)
        .where(
            ListColumns.user_id == actor.id,
            ListColumns.organisation_id == actor.organisation_id,
            ListColumns.scope.in_(("", scope)),
        )
        .order_by(ListColumns.scope.desc())
        .with_for_update(key_share=True)
    )
    rows = list(found)
    row = next((each for each in rows if each.scope == scope), None)
    # A view begins with the columns of the list.
    before = columns_from(rows[0].columns if rows else None)
    after = STANDARD if change is None else change(before)
    if len(after) < 2:
        raise Invalid({"columns": "Leave one column besides the deal’s name."})
    kept = [[each.key.value, each.width] for each in after]
    if row is None:
        session.add(ListColumns(organisation_id=actor.organisation_id, user_id=actor.id, scope=scope, columns=kept))
    else:
        row.columns = kept
    return after
