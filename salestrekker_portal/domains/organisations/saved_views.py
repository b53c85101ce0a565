"""Views of the board that people keep under a name: their own, and those that they share with the firm."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from salestrekker_portal.database.session import ReadSession, WriteSession, is_writing
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.merging import said
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.organisations import SavedView

MOST_VIEWS = 50
VIEW_LIMIT = 80


async def views_for(session: ReadSession, actor: Actor) -> list[SavedView]:
    """One's own and those of the firm, by name. One statement. Raises NotPermitted."""
    demand(actor, Permission.DEAL_WRITE)
    found = select(SavedView).where(*_seen(actor), SavedView.removed_at.is_(None))
    return list(await session.scalars(found.order_by(func.lower(SavedView.name), SavedView.id).limit(4 * MOST_VIEWS)))


def view_form(view: SavedView | None) -> dict[str, str]:
    """What the form shows of a view, by its fields."""
    if view is None:
        return {"name": "", "shared": ""}
    return {"name": view.name, "shared": "on" if view.shared_at else ""}


def may_change_view(actor: Actor, view: SavedView) -> bool:
    """One's own, or as an admin one of the firm's."""
    return view.user_id == actor.id or actor.may(Permission.ORGANISATION_MANAGE)


async def add_view(session: WriteSession, actor: Actor, query: str, typed: Mapping[str, object]) -> SavedView:
    """Keep an address under a name (`view_form`), one's own until it is shared.

    Raises NotPermitted, Conflict (too many), Invalid (`name`).
    """
    demand(actor, Permission.DEAL_WRITE)
    own = select(func.count()).where(
        SavedView.organisation_id == actor.organisation_id,
        SavedView.user_id == actor.id,
        SavedView.removed_at.is_(None),
    )
    if int(await session.scalar(own) or 0) >= MOST_VIEWS:
        raise Conflict(f"You keep {MOST_VIEWS} views already. Delete one first.")
    view = SavedView(
        organisation_id=actor.organisation_id, user_id=actor.id, name=_checked(typed.get("name")), query=query,
        shared_at=utc_now() if said(typed.get("shared")) else None,
    )  # fmt: skip
    session.add(view)
    _tell(session, actor, view, "view:kept")
    return view


async def change_view(
    session: WriteSession, actor: Actor, view_id: UUID, typed: Mapping[str, object], shown: Mapping[str, object]
) -> SavedView:
    """Another name, or for others too. Raises NotFound, NotPermitted, Invalid (`name`), Faster."""
    view = await _mine(session, actor, view_id)
    trail = Trail(kinds=("view:changed",), subject_id=view.id)
    kept = await on_top_of(session, actor, trail, shown=shown, now=view_form(view), typed=typed)
    name, shared = _checked(kept.get("name")), bool(said(kept.get("shared")))
    changed = [
        field for field, other in (("name", name != view.name), ("shared", shared != bool(view.shared_at))) if other
    ]
    view.name = name
    if "shared" in changed:
        view.shared_at = utc_now() if shared else None
    if changed:
        _tell(session, actor, view, "view:changed", fields=", ".join(changed))
    return view


async def delete_view(session: WriteSession, actor: Actor, view_id: UUID) -> SavedView:
    """Off everybody's list; `put_back_view` undoes it. Raises NotFound, NotPermitted."""
    view = await _mine(session, actor, view_id)
    view.removed_at = utc_now()
    _tell(session, actor, view, "view:deleted")
    return view


async def put_back_view(session: WriteSession, actor: Actor, view_id: UUID) -> SavedView:
    """Take a deletion back. Raises NotFound (none such was deleted), NotPermitted."""
    view = await _mine(session, actor, view_id, removed=True)
    view.removed_at = None
    _tell(session, actor, view, "view:put_back")
    return view


async def view_to_change(session: ReadSession, actor: Actor, view_id: UUID) -> SavedView:
    """For the form. Raises NotFound, NotPermitted."""
    return await _mine(session, actor, view_id)


def _seen(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    theirs = or_(SavedView.user_id == actor.id, SavedView.shared_at.is_not(None))
    return (SavedView.organisation_id == actor.organisation_id, theirs)


async def _mine(session: ReadSession, actor: Actor, view_id: UUID, *, removed: bool = False) -> SavedView:
    demand(actor, Permission.DEAL_WRITE)
    gone = SavedView.removed_at.is_not(None) if removed else SavedView.removed_at.is_(None)
    found = select(SavedView).where(*_seen(actor), SavedView.id == view_id, gone)
    held = found.with_for_update(key_share=True) if is_writing(session) else found
    view = (await session.scalars(held)).one_or_none()
    if view is None:
        raise NotFound("view")
    if not may_change_view(actor, view):
        raise NotPermitted("This view is a colleague’s. They or an admin can change it.")
    return view


def _checked(raw: object) -> str:
    name = clean(raw)
    if not name:
        raise Invalid({"name": "Give the view a name."})
    if len(name) > VIEW_LIMIT:
        raise Invalid({"name": f"Use at most {VIEW_LIMIT} characters. This has {len(name):,}."})
    return name


def _tell(session: WriteSession, actor: Actor, view: SavedView, kind: str, **facts: Any) -> None:
    record(session, actor, kind, organisation_id=actor.organisation_id, subject_id=view.id, name=view.name, **facts)
