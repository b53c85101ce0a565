"""The one place that asks what time it is, so that tests can say, and so that several machines agree."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# What somebody else's clock said, and our ticks at that moment.
_told: tuple[datetime, float] | None = None


def ticks() -> float:
    """Seconds that no correction of the machine's clock moves and, where the system can say, no sleep stops."""
    # Linux only. A laptop that slept would otherwise wake up in the past.
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


def _own() -> datetime:
    return datetime.now(UTC)


def _running() -> datetime:
    if _told is None:
        return _own()
    instant, at = _told
    return instant + timedelta(seconds=ticks() - at)


_now: Callable[[], datetime] = _running


def utc_now() -> datetime:
    """This instant, aware, in UTC."""
    return _now()


def follow(instant: datetime | None) -> None:
    """It is `instant` now, by a clock that counts for everybody; None goes back to this machine's."""
    global _told
    _told = (instant.astimezone(UTC), ticks()) if instant is not None else None


def freeze(instant: datetime | None) -> None:
    """Fix the clock for a test; None lets it run again."""
    global _now
    _now = (lambda: instant) if instant is not None else _running
