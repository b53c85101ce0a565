"""Reports as files for a spreadsheet, with every figure whole and every line."""

from collections.abc import Callable

from salestrekker_portal.domains.insights.spread import Spread
from salestrekker_portal.kernel.sheets import sheet, sheet_amount
from salestrekker_portal.portals.broker.insights.charts import finished_groups, owners_of, source_name
from salestrekker_portal.portals.broker.insights.over_time import stages_left
from salestrekker_portal.portals.broker.insights.reading import Reports

Cells = list[str | int | float]
Sheet = tuple[list[str], list[Cells]]


def _pipeline(read: Reports) -> Sheet:
    owners = owners_of(read.pipeline)
    rows: list[Cells] = []
    for stage in read.pipeline:
        cents = {part.owner_id: part.cents for part in stage.parts}
        by_owner = [sheet_amount(cents.get(owner, 0)) for owner, _ in owners]
        rows.append([stage.workflow, stage.stage, stage.deals, sheet_amount(stage.cents),
                     sheet_amount(stage.weighted_cents), *by_owner])  # fmt: skip
    return ["Workflow", "Stage", "Open deals", "Value", "Weighted", *(name for _, name in owners)], rows


def _turnaround(read: Reports) -> Sheet:
    rows = [[name, *_took(row.spread), limit or "", row.spread.count] for name, row, limit in stages_left(read)]
    return ["Stage", "Median days", "From", "To", "Too long after", "Deals"], rows


def _settled(read: Reports) -> Sheet:
    rows: list[Cells] = [
        [f"{each.month:%Y-%m}", each.deals, sheet_amount(each.cents), each.last_deals, sheet_amount(each.last_cents)]
        for each in read.settled.months
    ]
    return ["Month", "Settled", "Value", "Settled a year earlier", "Value a year earlier"], rows


def _sources(read: Reports) -> Sheet:
    rows: list[Cells] = [
        [source_name(each), each.deals, each.lodged, each.settled, each.stopped, sheet_amount(each.settled_cents)]
        for each in read.sources
        if each.deals
    ]
    return ["Source", "Deals", "Lodged", "Settled", "Not going ahead", "Settled value"], rows


def _papers(read: Reports) -> Sheet:
    rows: list[Cells] = [[each.name, each.asked, *_took(each.spread), each.again] for each in read.papers]
    return ["Paper", "Asked for", "Median days", "From", "To", "Asked again"], rows


def _finished(read: Reports) -> Sheet:
    return ["Done", "Clients"], [[name, count] for name, count in finished_groups(read)]


def _workload(read: Reports) -> Sheet:
    rows: list[Cells] = [
        [each.owner, each.deals, each.ours, each.late_tasks, sheet_amount(each.cents)] for each in read.workload
    ]
    return ["Broker", "Open deals", "Our move", "Late tasks", "Value"], rows


def _took(spread: Spread | None) -> Cells:
    return [round(each, 2) for each in (spread.median, spread.low, spread.high)] if spread else ["", "", ""]


SHEETS: dict[str, Callable[[Reports], Sheet]] = {
    "pipeline": _pipeline, "turnaround": _turnaround, "settled": _settled, "sources": _sources, "papers": _papers,
    "finished": _finished, "workload": _workload,
}  # fmt: skip


def sheet_of(read: Reports, report: str) -> str:
    """One report, or "all" of them under each other. Raises KeyError for another name."""
    if report != "all":
        return sheet(*SHEETS[report](read))
    tables = [sheet(*each(read)) for each in SHEETS.values()]
    # The mark of its letters stands at the beginning of a file only.
    return tables[0] + "".join("\r\n" + each.removeprefix("\ufeff") for each in tables[1:])
