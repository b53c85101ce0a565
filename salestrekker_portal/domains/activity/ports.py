"""What live updates ask of the outside: a way to reach the tabs that other processes hold."""

from collections.abc import Awaitable, Callable
from typing import Protocol

Deliver = Callable[[frozenset[str]], Awaitable[None]]
Missed = Callable[[], Awaitable[None]]
# Something that is true for a moment only, as short texts: who is in which field.
Note = dict[str, str]
Hear = Callable[[Note], Awaitable[None]]


class LiveBus(Protocol):
    """Carries names of topics between processes, never data. It may lose some, and then says so to its listeners."""

    async def publish(self, topics: frozenset[str]) -> None:
        """Tell the other processes, soon. Returns at once and never raises: what was saved is saved."""
        ...

    def say(self, note: Note) -> None:
        """Tell the other processes something fleeting. It is lost when they can't be reached now."""
        ...

    async def carry(self) -> None:
        """Send what `publish` and `say` were given, until cancelled."""
        ...

    async def listen(self, deliver: Deliver, missed: Missed, hear: Hear | None = None) -> None:
        """Until cancelled, hand on what other processes published, and to `hear` what they said. `missed` after a time
        in which some was lost."""
        ...
