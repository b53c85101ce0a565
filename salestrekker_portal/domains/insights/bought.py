"""What a deal's clients are buying, in a few lines for its overview."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.words import say
from salestrekker_portal.tables.fact_find import NOBODY, Answer

SECTION = ("needs", "property")
_SHOWN = ("found", "address", "state", "nz_region", "price", "contract_signed", "finance_due", "condition", "dwelling",
          "title")  # fmt: skip


async def what_is_bought(session: ReadSession, actor: Actor, deal_id: UUID) -> list[tuple[str, str]]:
    """(question, answer in words) of what was said of the property, in order; nothing while nobody has said it.

    The shared copy first, and where it is empty that of a client who answers alone. One statement; the caller has
    asked whether the deal is theirs.
    """
    rows = await session.scalars(
        select(Answer).where(
            Answer.deal_id == deal_id, Answer.section_id == ".".join(SECTION), Answer.field_key.in_(_SHOWN)
        )
    )
    typed: dict[str, str] = {}
    for row in sorted(rows, key=lambda each: each.subject_id == NOBODY):
        if row.raw.strip():
            typed[row.field_key] = row.raw
    section = find_section(actor.country, *SECTION)
    asked = [field for field in section.fields if field.key in _SHOWN]
    said = [(field.label, say(field, typed.get(field.key, ""), {"country": actor.country})) for field in asked]
    return [(label, words) for label, words in said if words]
