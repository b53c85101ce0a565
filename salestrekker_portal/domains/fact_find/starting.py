"""What a new entry of a list begins with, told elsewhere before: the employer of a pay, the name of a business."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.fact_find.context import ProfileContext
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.fact_find import Answer, Item

# A list -> the list that told it before, and the field that both have.
_TOLD = {
    "income.salary": ("applicant.employment", "employer_name"),
    "income.self_employed": ("applicant.employment", "business_name"),
}


async def begin(session: WriteSession, context: ProfileContext, full_id: str, subject: UUID, item: Item) -> None:
    """Write the one name that is left to tell into the new entry; nothing where several would fit. One statement."""
    if full_id not in _TOLD:
        return
    source, key = _TOLD[full_id]
    rows = await session.scalars(
        select(Answer)
        .join(Item, Item.id == Answer.item_id)
        .where(
            Answer.deal_id == context.deal.id,
            Answer.subject_id == subject,
            Answer.section_id.in_((source, full_id)),
            Answer.field_key.in_((key, "current")),
            Item.removed_at.is_(None),
        )
    )
    found = rows.all()
    over = {row.item_id for row in found if row.raw == "previous"}  # a job that ended pays nothing
    told: dict[str, list[str]] = {source: [], full_id: []}
    for row in found:
        if row.field_key == key and row.item_id not in over and row.raw.strip():
            told[row.section_id].append(row.raw.strip())
    left = [name for name in dict.fromkeys(told[source]) if name not in told[full_id]]
    if len(left) == 1:
        await session.flush()
        session.add(
            Answer(
                deal_id=context.deal.id, subject_id=subject, section_id=full_id, item_id=item.id, field_key=key,
                raw=left[0], author_id=context.actor.id, author_name=context.actor.name, answered_at=utc_now(),
            )
        )  # fmt: skip
