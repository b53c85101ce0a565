"""Workflows and stages as the page shows them."""

from typing import TypedDict

from salestrekker_portal.domains.workflows.rules import stage_form
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.workflows import Stage


class WorkflowLine(TypedDict):
    id: str
    name: str
    path: str
    current: bool


class StageLine(TypedDict):
    id: str
    name: str
    client_name: str
    client_meaning: str
    colour: str
    probability_pct: str
    stale_days: str
    tasks: str
    read_only: bool
    with_lender: bool
    milestone: bool
    deals: int
    facts: str


NEW_STAGE = StageLine(
    id="", name="", client_name="", client_meaning="", colour="", probability_pct="50", stale_days="14", tasks="",
    read_only=False, with_lender=False, milestone=False, deals=0, facts="",
)  # fmt: skip


def stage_line(stage: Stage, deals: int) -> StageLine:
    """A stage, and how many open deals are in it."""
    number = counted(deals, "deal")
    facts = [f"{stage.probability_pct}% likely", f"stale after {counted(stage.stale_days, 'day')}", number]
    return StageLine(
        id=str(stage.id),
        **stage_form(stage),
        deals=deals,
        facts=" · ".join(facts),
    )
