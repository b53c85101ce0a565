"""Letting chasers rest, of a deal or of one request, and going on."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.documents.queries import access_request
from salestrekker_portal.domains.documents.sending import open_deal
from salestrekker_portal.tables.chasing import ChasePause

EVERYTHING = "everything"


async def pause_deal(session: WriteSession, actor: Actor, deal_id: UUID, *, on: bool) -> None:
    """Remind nobody of this deal, or again. Raises NotFound, NotPermitted, Conflict (locked or archived)."""
    deal = await open_deal(session, actor, deal_id)
    await _pause(session, actor, deal.organisation_id, deal.id, None, EVERYTHING, on)


async def pause_request(session: WriteSession, actor: Actor, request_id: UUID, *, on: bool) -> str:
    """Remind nobody of this document, or again; its name. Raises NotFound, NotPermitted, Conflict."""
    request = await access_request(session, actor, request_id, Permission.REQUEST_MANAGE)
    deal = await open_deal(session, actor, request.deal_id)
    await _pause(session, actor, deal.organisation_id, deal.id, request.id, request.name, on)
    return request.name


async def _pause(
    session: WriteSession,
    actor: Actor,
    organisation_id: UUID,
    deal_id: UUID,
    request_id: UUID | None,
    what: str,
    on: bool,
) -> None:
    mine = select(ChasePause).where(ChasePause.deal_id == deal_id, ChasePause.request_id == request_id)
    rows = list(await session.scalars(mine))
    if bool(rows) is on:
        return
    for row in rows:
        await session.delete(row)
    if on:
        session.add(ChasePause(deal_id=deal_id, request_id=request_id, by_name=actor.name))
    kind = "chase:paused" if on else "chase:resumed"
    record(session, actor, kind, organisation_id=organisation_id, deal_id=deal_id, subject_id=request_id, what=what)
