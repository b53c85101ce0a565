"""Workflows and stages as the page shows them."""

from typing import TypedDict

from salestrekker_portal.domains.workflows.models import FactFindMode, Stage


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
    read_only: bool
    with_lender: bool
    milestone: bool
    deals: int
    facts: str


class Option(TypedDict):
    value: str
    label: str


NEW_STAGE = StageLine(
    id="", name="", client_name="", client_meaning="", colour="", probability_pct="50", stale_days="14",
    read_only=False, with_lender=False, milestone=False, deals=0, facts="",
)  # fmt: skip


def stage_line(stage: Stage, deals: int) -> StageLine:
    """A stage, and how many open deals are in it."""
    number = "1 deal" if deals == 1 else f"{deals:,} deals"
    facts = [f"{stage.probability_pct}% likely", f"stale after {stage.stale_days} days", number]
    return StageLine(
        id=str(stage.id),
        name=stage.name,
        client_name=stage.client_name,
        client_meaning=stage.client_meaning,
        colour=stage.colour,
        probability_pct=str(stage.probability_pct),
        stale_days=str(stage.stale_days),
        read_only=stage.fact_find is FactFindMode.READ_ONLY,
        with_lender=stage.with_lender,
        milestone=stage.milestone,
        deals=deals,
        facts=" · ".join(facts),
    )
