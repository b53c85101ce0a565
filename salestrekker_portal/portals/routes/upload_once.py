"""A file that is sent again, because the answer was lost or the button pressed twice, is stored once.

The browser gives each file an intention when it is chosen, and sends the same with every try.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession, reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.intentions import answer_of, keep_answer, keep_intention, key_of
from salestrekker_portal.portals.incoming.presses import intention_of

FIELD = "_intention"


@dataclass(frozen=True, slots=True)
class Stored:
    """What an earlier try of the same file came to: its id, and the sentence where it was filed but closed."""

    id: str
    refusal: str = ""


async def stored_before(actor: Actor, fields: Mapping[str, str]) -> Stored | None:
    """What an earlier try of the same file came to."""
    key = _key(actor, fields)
    if not key:
        return None
    async with reading() as session:
        answer = await answer_of(session, key)
    return Stored(answer["id"], answer["refusal"]) if answer else None


async def keep_try(session: WriteSession, actor: Actor, fields: Mapping[str, str]) -> None:
    """Keep this try in the transaction that files it, first of all. Raises Repeated."""
    key = _key(actor, fields)
    if key:
        await keep_intention(session, key)


async def keep_stored(
    session: WriteSession, actor: Actor, fields: Mapping[str, str], id_: UUID, refusal: str = ""
) -> None:
    """Keep what it came to beside it: the id, and the sentence where it was filed but closed."""
    key = _key(actor, fields)
    if key:
        await keep_answer(session, key, {"id": str(id_), "refusal": refusal})


def _key(actor: Actor, fields: Mapping[str, str]) -> str:
    intention = intention_of(fields.get(FIELD))
    return key_of(actor, "POST /files", intention) if intention else ""
