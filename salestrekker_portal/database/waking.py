"""How a use case says that something is due now, without knowing who looks after it."""

from collections.abc import Callable

from salestrekker_portal.database.session import WriteSession, after_commit

# The lanes that a use case may wake. The others keep to the clock.
NOTICES = "notices"
LOST_LINKS = "lost links"
EMAIL = "email"
SMS = "sms"
STATEMENTS = "statements"
WEBHOOKS = "webhooks"
IMPORTS = "imports"

_wake: Callable[[str], None] | None = None


def wake_with(wake: Callable[[str], None] | None) -> None:
    """Who looks after what is due in this process; None where another process does."""
    global _wake
    _wake = wake


def wake_after(session: WriteSession, lane: str) -> None:
    """Once this transaction is on disk, this process looks for what is due in a lane."""
    # A transaction that queues ten messages wakes a lane once.
    waking = session.info.setdefault("wakes", set())
    if _wake is None or lane in waking:
        return
    waking.add(lane)

    async def wake() -> None:
        if _wake is not None:
            _wake(lane)

    after_commit(session, wake)
