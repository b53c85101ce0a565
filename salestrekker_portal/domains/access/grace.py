"""How long staff, and partners where their firm asks them, may go on without a second step."""

from datetime import datetime, timedelta

from salestrekker_portal.config import settings
from salestrekker_portal.kernel.clock import utc_now


def is_lacking(since: datetime | None, asked_at: datetime | None, grace_days: int) -> bool:
    """Whether somebody has gone without for longer than their firm allows. Nobody is asked in the demo."""
    if since is not None or asked_at is None or settings().is_demo:
        return False
    return utc_now() >= asked_at + timedelta(days=grace_days)


def asked_from(asks_since: datetime | None, joined_at: datetime) -> datetime | None:
    """From when a partner's days count: since their firm asks partners for it, or they came to it. None: it doesn't."""
    return max(asks_since, joined_at) if asks_since is not None else None
