"""Who works in a firm now: whose a deal or a task may be."""

from uuid import UUID

from sqlalchemy import Select, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.names import by_name
from salestrekker_portal.tables.organisations import Membership, User


async def working_here(session: ReadSession, organisation_id: UUID) -> list[User]:
    """Everybody who works for the brokerage now, by name. One statement."""
    return by_name(await session.scalars(_working(organisation_id)))


async def demand_member(session: ReadSession, organisation_id: UUID, user_id: UUID) -> None:
    """Raises NotFound unless the user works for the brokerage now."""
    if await session.scalar(_working(organisation_id).where(User.id == user_id).with_only_columns(User.id)) is None:
        raise NotFound("person")


def _working(organisation_id: UUID) -> Select[User]:
    joined = select(User).join(Membership, Membership.user_id == User.id)
    # Who works for another firm and hasn't come in here yet is nobody whose name may be read, so nothing is theirs.
    return joined.where(
        Membership.organisation_id == organisation_id,
        Membership.disabled_at.is_(None),
        Membership.waits_since.is_(None),
    )
