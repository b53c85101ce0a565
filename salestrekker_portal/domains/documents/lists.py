"""The firm's own lists of documents to ask for, beside those that ship (L22)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, noting
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.documents import RequestList
from salestrekker_portal.tables.organisations import Country

MOST_LISTS, MOST_ITEMS = 50, 100
NAME_LIMIT = 120
ONE_FOR_ALL = "one for all"


async def own_lists(session: ReadSession, actor: Actor) -> list[RequestList]:
    """The firm's own, in order. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(RequestList).where(RequestList.organisation_id == actor.organisation_id)
    return list(await session.scalars(found.order_by(RequestList.position, RequestList.created_at)))


async def save_list(
    session: WriteSession,
    actor: Actor,
    list_id: UUID | None,
    *,
    name: object,
    lines: object,
    shown: Mapping[str, object] | None = None,
) -> RequestList:
    """Change a list, or add one when there is no id. `lines`: a document a line, as `items_from` reads them.

    Raises NotPermitted, NotFound, Conflict (too many), Invalid (`name`, `lines`), Faster for what somebody else
    changed since `shown`.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    typed: Mapping[str, object] = {"name": name, "lines": lines}
    kept = await _mine(session, actor, list_id) if list_id else None
    if kept is not None:
        await session.refresh(kept, with_for_update=HOLD)
        now = {"name": kept.name, "lines": lines_of(kept.items)}
        trail = Trail(kinds=("document_list:saved",), subject_id=kept.id)
        typed = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    wanted = _checked(**typed)
    kept = kept or await _added(session, actor)
    changed = [form for form, field in (("name", "name"), ("lines", "items")) if getattr(kept, field) != wanted[field]]
    kept.name, kept.items = wanted["name"], wanted["items"]
    session.add(kept)
    record(session, actor, "document_list:saved", organisation_id=actor.organisation_id, subject_id=kept.id,
           name=kept.name, fields=", ".join(changed))  # fmt: skip
    await session.flush()
    return kept


def _checked(*, name: object, lines: object) -> dict[str, Any]:
    """Name and items as they will be kept. Raises Invalid."""
    title, errors, items = clean(name), {}, []
    if not title:
        errors["name"] = "Give the list a name."
    elif len(title) > NAME_LIMIT:
        errors["name"] = f"Use at most {NAME_LIMIT} characters. This has {len(title):,}."
    with noting(errors):
        items = items_from(lines)
    if errors:
        raise Invalid(errors)
    return {"name": title, "items": items}


async def delete_list(session: WriteSession, actor: Actor, list_id: UUID) -> None:
    """Deals that asked for its documents keep their requests. Raises NotPermitted, NotFound."""
    kept = await _mine(session, actor, list_id)
    record(session, actor, "document_list:deleted", organisation_id=actor.organisation_id, name=kept.name)
    await session.delete(kept)


def items_from(raw: object) -> list[dict[str, object]]:
    """Documents from lines "Name | why it is asked for | one for all". Raises Invalid (`lines`)."""
    rows = [line for line in clean(raw, lines=True).split("\n") if line.strip()]
    if not rows:
        raise Invalid({"lines": "Write at least one document, each on a line of its own."})
    if len(rows) > MOST_ITEMS:
        raise Invalid({"lines": f"A list has at most {MOST_ITEMS} documents. This has {len(rows):,}."})
    items = []
    for number, row in enumerate(rows, start=1):
        parts = [part.strip() for part in row.split("|")]
        if len(parts) > 3:
            raise Invalid({"lines": f"Line {number}: use at most two | marks. This line has {len(parts) - 1}."})
        name, why, each = [*parts, "", ""][:3]
        if not name or len(name) > 160 or len(why) > 400:
            raise Invalid({"lines": f"Line {number}: a name of at most 160 characters, a reason of at most 400."})
        items.append({"name": name, "why": why, "each": each.casefold() != ONE_FOR_ALL})
    return items


def lines_of(items: list[dict]) -> str:
    """Documents as they are typed: the opposite of `items_from`."""
    rows = []
    for item in items:
        parts = [item["name"], item.get("why", ""), "" if item.get("each", True) else ONE_FOR_ALL]
        while parts[-1] == "":
            parts.pop()
        rows.append(" | ".join(parts))
    return "\n".join(rows)


async def _added(session: WriteSession, actor: Actor) -> RequestList:
    lists = await own_lists(session, actor)
    if len(lists) >= MOST_LISTS:
        raise Conflict(f"A firm has at most {MOST_LISTS} lists of its own. Delete one that you no longer use.")
    return RequestList(
        organisation_id=actor.organisation_id, country=Country(actor.country), name="", position=len(lists)
    )


async def _mine(session: WriteSession, actor: Actor, list_id: UUID) -> RequestList:
    demand(actor, Permission.ORGANISATION_MANAGE)
    kept = await session.get(RequestList, list_id)
    if kept is None or kept.organisation_id != actor.organisation_id:
        raise NotFound("list")
    return kept
