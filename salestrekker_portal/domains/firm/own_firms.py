"""Somebody who works for several firms goes from one to another, in the same session."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in.second_step import begin_grace
from salestrekker_portal.domains.signing_in.sessions import switch_organisation
from salestrekker_portal.domains.signing_in.strangers import came_in
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.organisations import Membership, Organisation

STAFF_ONLY = "This page is for the brokerage's own people."


async def own_firms(session: ReadSession, actor: Actor) -> list[tuple[UUID, str]]:
    """Those that a member of staff may sign in to, the first that they joined first. Raises NotPermitted."""
    if not actor.is_staff:
        raise NotPermitted(STAFF_ONLY)
    mine = (Membership.user_id == actor.id, Membership.disabled_at.is_(None))
    found = await session.execute(
        select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(*mine)
        .order_by(Membership.created_at)
    )
    return [(key, name) for key, name in found]


async def enter_firm(session: WriteSession, actor: Actor, organisation_id: UUID) -> None:
    """Work in another of one's firms from the next press on; there they see whose account it is.

    Raises NotPermitted, NotFound for a firm that is none of theirs, or has switched them off.
    """
    if organisation_id not in {key for key, _ in await own_firms(session, actor)}:
        raise NotFound("firm")
    if organisation_id == actor.organisation_id:
        return
    await switch_organisation(session, actor.session_id, organisation_id)
    # They may have been taken on since they signed in: the days without a second step count from now there.
    await begin_grace(session, actor.id)
    await came_in(session, actor.portal, actor.id, organisation_id)
    note(session, "sign_in:password", organisation_id=organisation_id, by=actor, way="from another firm of theirs")
