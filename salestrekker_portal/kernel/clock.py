"""The one place that asks what time it is, so that tests can say."""

from collections.abc import Callable
from datetime import UTC, datetime

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def utc_now() -> datetime:
    """This instant, aware, in UTC."""
    return _now()


def freeze(instant: datetime | None) -> None:
    """Fix the clock for a test; None lets it run again."""
    global _now
    _now = (lambda: instant) if instant is not None else (lambda: datetime.now(UTC))
