"""The labels of a brokerage and of a deal."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.labels import DealLabel, Label


async def labels_of(session: ReadSession, organisation_id: UUID) -> list[Label]:
    """What a brokerage's deals may be labelled with, by name."""
    return list(
        await session.scalars(select(Label).where(Label.organisation_id == organisation_id).order_by(Label.name))
    )


async def labels_on(session: ReadSession, deal_id: UUID) -> list[Label]:
    """The labels of a deal that has been accessed already, by name."""
    return list(
        await session.scalars(
            select(Label)
            .join(DealLabel, DealLabel.label_id == Label.id)
            .where(DealLabel.deal_id == deal_id)
            .order_by(Label.name)
        )
    )


async def put_labels(
    session: WriteSession, organisation_id: UUID, deal_id: UUID, label_ids: Iterable[UUID]
) -> list[Label]:
    """Make these the deal's labels, and return them. Raises NotFound for a label of another brokerage."""
    wanted = set(label_ids)
    found = list(
        await session.scalars(
            select(Label).where(Label.id.in_(wanted), Label.organisation_id == organisation_id).order_by(Label.name)
        )
    )
    # Fewer came back than were asked for: one of them belongs to another firm, or is gone.
    if len(found) != len(wanted):
        raise NotFound("label")
    await session.execute(delete(DealLabel).where(DealLabel.deal_id == deal_id))
    session.add_all([DealLabel(deal_id=deal_id, label_id=label.id) for label in found])
    await session.flush()
    return found
