"""A section opened for the client although the stage locks the rest: no deal moves back just for one answer (L20)."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import deal_topic, profile_topic, record, touch
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.deals import Deal

NOT_LOCKED = "Clients can change this already: the deal’s stage does not lock their answers."


async def reopen_section(session: WriteSession, actor: Actor, deal_id: UUID, full_id: str, *, opened: bool) -> None:
    """Open one section for the deal's clients while its stage locks the others, or lock it again.

    Holds for the stage that the deal is in: moved on, it is locked again. Raises NotFound, NotPermitted, and
    Conflict when the deal is settled or its stage locks nothing.
    """
    context = await profile_context(session, actor, deal_id)
    _, section = context.section(full_id)
    if not context.reader.is_staff:
        raise NotFound("section")
    demand(actor, Permission.DEAL_WRITE)
    if context.lock_reason:
        raise Conflict(context.lock_reason)
    if not context.locks_clients:
        raise Conflict(NOT_LOCKED)
    deal = context.deal
    deal.reopened = opened_for_clients(deal, full_id, opened=opened)
    kind = "profile:section_reopened" if opened else "profile:section_closed"
    record(session, actor, kind, organisation_id=deal.organisation_id, deal_id=deal.id, section=section.title)
    touch(session, profile_topic(deal.id), deal_topic(deal.id))


def opened_for_clients(deal: Deal, full_id: str, *, opened: bool = True) -> dict[str, str]:
    """What `Deal.reopened` is to hold: what is open in this stage, with that section or without it."""
    kept = {key: stage for key, stage in deal.reopened.items() if stage == str(deal.stage_id) and key != full_id}
    return kept | ({full_id: str(deal.stage_id)} if opened else {})
