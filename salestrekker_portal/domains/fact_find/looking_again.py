"""Which sections a client was asked to look at again and has not answered: their next step, wherever they come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession
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
    answered, removed = await _last_answers(session, deal.id), await _last_removals(session, deal.id)
    found = []
    for key, said in sorted(asked.items(), key=lambda each: each[1]["at"]):
        section_id, _, typed = key.rpartition(":")
        place, at = (section_id, UUID(typed)), datetime.fromisoformat(said["at"])
        if max(answered.get(place, at), removed.get(place, at)) > at:
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


async def _last_answers(session: ReadSession, deal_id: UUID) -> dict[tuple[str, UUID], datetime]:
    rows = await session.execute(
        select(Answer.section_id, Answer.subject_id, func.max(Answer.answered_at))
        .where(Answer.deal_id == deal_id)
        .group_by(Answer.section_id, Answer.subject_id)
    )
    return {(section, subject): at for section, subject, at in rows}


async def _last_removals(session: ReadSession, deal_id: UUID) -> dict[tuple[str, UUID], datetime]:
    rows = await session.execute(
        select(Item.section_id, Item.subject_id, func.max(Item.removed_at))
        .where(Item.deal_id == deal_id, Item.removed_at.is_not(None))
        .group_by(Item.section_id, Item.subject_id)
    )
    return {(section, subject): at for section, subject, at in rows if at is not None}
