"""Which sections a client was asked to look at again and has not answered: their next step, wherever they come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.fact_find.reviewed import was_answered
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item


@dataclass(frozen=True, slots=True)
class LookAgain:
    """One section, by whom and with which words it was sent back. `subject` is another's whose page they fill in."""

    section_id: str
    title: str
    by: str
    note: str
    subject: UUID | None


async def to_look_at_again(session: ReadSession, deal: Deal, contact: UUID, country: str) -> list[LookAgain]:
    """In the order in which they were asked. No statement where nothing was; two where something was."""
    asked = {key: said for key, said in deal.answers_reviewed.items() if _is_theirs(key, said, contact)}
    if not asked:
        return []
    answered, removed = await _last_answers(session, deal.id), await _removed(session, deal.id)
    found = []
    for key, said in sorted(asked.items(), key=lambda each: each[1]["at"]):
        section_id, _, typed = key.rpartition(":")
        place = (section_id, UUID(typed))
        if was_answered(datetime.fromisoformat(said["at"]), answered.get(place, ()), removed.get(place, [])):
            continue
        title = find_section(country, *section_id.split(".")).title
        subject = None if place[1] in (NOBODY, contact) else place[1]
        found.append(LookAgain(section_id, title, said["by"].split(" ")[0], said["note"], subject))
    return found


def _is_theirs(key: str, said: Mapping[str, Any], contact: UUID) -> bool:
    if "note" not in said:
        return False  # an approval
    # Before it was kept on whose screens it stands: what is everybody's, and their own.
    return str(contact) in said.get("to", (str(contact),) if key.endswith((f":{NOBODY}", f":{contact}")) else ())


async def _last_answers(session: ReadSession, deal_id: UUID) -> dict[tuple[str, UUID], list[datetime]]:
    """The newest of each copy of a section, of what stands there."""
    there = select(Item.id).where(Item.deal_id == deal_id, Item.removed_at.is_(None))
    rows = await session.execute(
        select(Answer.section_id, Answer.subject_id, func.max(Answer.answered_at))
        .where(Answer.deal_id == deal_id, (Answer.item_id == NOBODY) | Answer.item_id.in_(there))
        .group_by(Answer.section_id, Answer.subject_id)
    )
    return {(section, subject): [at] for section, subject, at in rows}


async def _removed(session: ReadSession, deal_id: UUID) -> dict[tuple[str, UUID], list[Item]]:
    gone = await session.scalars(select(Item).where(Item.deal_id == deal_id, Item.removed_at.is_not(None)))
    found: dict[tuple[str, UUID], list[Item]] = {}
    for each in gone:
        found.setdefault((each.section_id, each.subject_id), []).append(each)
    return found
