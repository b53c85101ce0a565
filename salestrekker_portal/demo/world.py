"""What the demo has so far. Every part of the demo reads it, and only `furnish.py` knows all parts."""

from dataclasses import dataclass, field
from uuid import UUID

from salestrekker_portal.demo import cast
from salestrekker_portal.domains.firm.founding import Founded
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner


@dataclass
class World:
    """What has been furnished so far, by the keys of the cast and the pipeline."""

    firms: dict[str, Founded] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    deals: dict[str, UUID] = field(default_factory=dict)
    mobiles: list[str] = field(default_factory=lambda: list(cast.FICTIONAL_MOBILES))
