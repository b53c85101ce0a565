"""A suburb or an address that was picked from what is offered: its parts go into their fields in one save."""

from typing import Any, NamedTuple

from salestrekker_portal.domains.fact_find.places import Spot, field_id, spot_from
from salestrekker_portal.domains.fact_find.service import save_together
from salestrekker_portal.kernel.errors import DomainError, NotFound
from salestrekker_portal.portals.shared.profile.changes import ProfileChanges, place_at, version_from

# The fields of an address behind their common beginning ("current_suburb"); only these are filled together.
PARTS = (
    "unit", "level", "street_number", "street_name", "street_type",
    "suburb", "state", "nz_region", "region", "postcode",
)  # fmt: skip

NUMBER_LIMIT = 40  # digits of the browser's own count


class Picked(NamedTuple):
    """One part as the browser has put it into its field: the text, the version that stood there, and its number."""

    text: str
    version: int | None
    number: str


class ProfilePicking(ProfileChanges, mixin=True):
    """What follows when somebody picks one of the offers."""

    async def _pick(self, raw_id: object, raw_parts: object) -> Any:
        """All parts or none are saved; a refusal is said beside each, and what stands in the fields stays."""
        spot, picked = spot_from(raw_id), picked_from(raw_parts)
        spots = {part: spot._replace(key=f"{beginning_of(spot)}_{part}") for part in picked}
        typed = {spots[part].key: each.text for part, each in picked.items()}
        seen = {spots[part].key: each.version for part, each in picked.items()}
        try:
            async with self._acting() as (session, actor):
                where = place_at(spot)
                saved = await save_together(session, self._author(actor), self._deal_id(), where, typed, seen)
        except DomainError as refusal:
            return [self._refuse(field_id(spots[part]), each.number, refusal) for part, each in picked.items()][-1]
        after = [
            self._confirm(
                field_id(spots[part]), each.number, spots[part], each.text, saved[spots[part].key], actor.time_zone
            )
            for part, each in picked.items()
        ]
        return next((event for event in after if event is not None), None)


def beginning_of(spot: Spot) -> str:
    """What the keys of one address have in common. Raises NotFound for a field that is no part of any."""
    for part in PARTS:
        if spot.key.endswith(f"_{part}"):
            return spot.key.removesuffix(f"_{part}")
    raise NotFound("question")


def picked_from(raw: object) -> dict[str, Picked]:
    """What the browser filled in, by part. Raises NotFound for anything else."""
    if not isinstance(raw, dict) or not raw or not set(raw) <= set(PARTS):
        raise NotFound("question")
    return {part: _one(raw[part]) for part in PARTS if part in raw}


def _one(raw: object) -> Picked:
    if not isinstance(raw, list) or len(raw) != 3 or not isinstance(raw[0], str) or not isinstance(raw[2], str):
        raise NotFound("question")
    if len(raw[2]) > NUMBER_LIMIT:
        raise NotFound("question")
    return Picked(raw[0], version_from(raw[1]), raw[2])
