"""Where a stage is locked: whether the answers of a deal may be changed now, and the sentence when they may not.

Pure. A section that a broker reopened stays open in spite of its stage (`reopening.py`).
"""

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import FactFindMode

LOCKED_BY_STAGE = "Your application is at “{stage}”, so your answers are locked. Ask your broker if something changed."
SETTLED_FOR_STAFF = "This deal is settled and locked. Unlock it first to change its answers."
ARCHIVED = "This deal is archived. Restore it first to change its answers."
LOCKED_BY_DEAL = "This application has been finalised, so its answers are locked."


def locks_clients(deal: Deal, mode: FactFindMode) -> bool:
    """Whether the stage locks clients' answers, whoever is asking. `mode` is the stage's."""
    return deal.locked_at is None and mode is FactFindMode.READ_ONLY


def lock_reason(actor: Actor, deal: Deal, mode: FactFindMode, stage_name: str) -> str:
    """Why this person can't change answers now; empty while they can. `stage_name` is what clients read."""
    if deal.archived_at is not None and actor.is_staff:
        return ARCHIVED
    if deal.locked_at is not None:
        return SETTLED_FOR_STAFF if actor.is_staff else LOCKED_BY_DEAL
    if actor.is_client and mode is FactFindMode.READ_ONLY:
        return said_in(actor.country, LOCKED_BY_STAGE).format(stage=stage_name)
    return ""
