"""Who is in which field right now. In this process's memory only: it says who is typing, and is forgotten."""

import time
from dataclasses import dataclass
from uuid import UUID

EXPIRES_SECONDS = 45


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody in a field, in one tab."""

    tab: str
    person: UUID
    name: str
    field_id: str
    at: float


class Presence:
    """The fields in use, by deal and tab."""

    def __init__(self) -> None:
        self._deals: dict[UUID, dict[str, Here]] = {}

    def enter(self, deal: UUID, tab: str, person: UUID, name: str, field_id: str) -> bool:
        """Somebody is in a field, or in none (""); whether that is news to the others."""
        tabs = self._deals.setdefault(deal, {})
        before = tabs.pop(tab, None)
        if field_id:
            tabs[tab] = Here(tab, person, name, field_id, time.monotonic())
        if not tabs:
            del self._deals[deal]
        return (before.field_id if before else "") != field_id

    def others(self, deal: UUID, person: UUID) -> list[Here]:
        """Everybody else who has been in a field lately."""
        since = time.monotonic() - EXPIRES_SECONDS
        found = self._deals.get(deal, {}).values()
        return [each for each in found if each.person != person and each.at >= since]


presence = Presence()
