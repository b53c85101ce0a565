"""How long it counts that somebody showed that it is them: what can't be called back asks again after that."""

from datetime import datetime, timedelta

from salestrekker_portal.config import settings
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import ProofNeeded

GOOD_FOR = timedelta(minutes=15)


def is_stale(proved_at: datetime | None, signed_in_at: datetime) -> bool:
    """Whether a session's last proof is too long ago. In the demo nobody is asked: its people have no secrets."""
    return not settings().is_demo and utc_now() >= (proved_at or signed_in_at) + GOOD_FOR


def demand_proof(actor: Actor) -> None:
    """Raises ProofNeeded; the page then asks for the proof, and goes on with what was pressed."""
    if actor.is_stale:
        raise ProofNeeded()
