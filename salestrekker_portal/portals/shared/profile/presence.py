"""Who is in which field right now. In memory only, of every process: it says who is typing, and is forgotten."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.domains.activity.ports import Note
from salestrekker_portal.domains.activity.service import profile_topic
from salestrekker_portal.kernel.tokens import token_hash

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
        self._tell: Callable[[Note], None] | None = None

    def tell_with(self, tell: Callable[[Note], None] | None) -> None:
        """Who carries it to the other processes; None where there is one."""
        self._tell = tell

    def enter(self, deal: UUID, tab: str, person: UUID, name: str, field_id: str) -> bool:
        """Somebody is in a field, or in none (""); whether that is news to the others."""
        is_news = self._enter(deal, tab, person, name, field_id)
        # A stay is told too, or it would expire elsewhere; not being anywhere is told once.
        if self._tell is not None and (is_news or field_id):
            self._tell(
                # A tab's token is a key to its state, so the others know it by another name.
                {"deal": str(deal), "tab": token_hash(tab), "person": str(person), "name": name, "field": field_id}
            )
        return is_news

    def heard(self, note: Note) -> frozenset[str]:
        """Another process says who is where; the topics whose tabs have to look again. Nonsense is nobody."""
        try:
            deal, person = UUID(note["deal"]), UUID(note["person"])
            is_news = self._enter(deal, f"elsewhere {note['tab']}", person, note["name"], note["field"])
        except (KeyError, ValueError):
            return frozenset()
        return frozenset({profile_topic(deal)}) if is_news else frozenset()

    def _enter(self, deal: UUID, tab: str, person: UUID, name: str, field_id: str) -> bool:
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
