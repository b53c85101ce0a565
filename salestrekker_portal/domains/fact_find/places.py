"""The address of one answer as one word, for screens: "needs.borrowing:<subject>:<item>:amount"."""

from typing import NamedTuple
from uuid import UUID

from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY

_PARTS = 4
_NONE = "-"


class Spot(NamedTuple):
    """Where one answer stands. `subject` and `item` are NOBODY where there is none."""

    section_id: str
    subject: UUID
    item: UUID
    key: str


def field_id(spot: Spot) -> str:
    """The address in one word; it is also the id of the field on screen."""
    return ":".join((spot.section_id, _word(spot.subject), _word(spot.item), spot.key))


def spot_from(raw: object) -> Spot:
    """The place that a browser names. Raises NotFound for anything that is no address."""
    parts = raw.split(":") if isinstance(raw, str) and len(raw) <= 300 else []
    if len(parts) != _PARTS:
        raise NotFound("question")
    return Spot(parts[0], _id(parts[1]), _id(parts[2]), parts[3])


def _word(id: UUID) -> str:
    return _NONE if id == NOBODY else str(id)


def _id(word: str) -> UUID:
    if word == _NONE:
        return NOBODY
    try:
        return UUID(word)
    except ValueError:
        raise NotFound("question") from None
