"""Every report of an address, read once for the page, for a file and for a picture."""

from dataclasses import dataclass
from datetime import date

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights import reports, turnaround
from salestrekker_portal.domains.insights.reports import PipelineStage, Settled, SourceRow
from salestrekker_portal.domains.insights.scope import ReportScope
from salestrekker_portal.domains.insights.turnaround import Finished, PaperDays, StageDays
from salestrekker_portal.domains.insights.workload import WorkloadRow, workload
from salestrekker_portal.portals.broker.insights.address import InsightsAddress, today_of


@dataclass(frozen=True, kw_only=True)
class Reports:
    """What was counted, and for which address."""

    address: InsightsAddress
    scope: ReportScope
    today: date
    pipeline: list[PipelineStage]
    turnaround: list[StageDays]
    settled: Settled
    sources: list[SourceRow]
    papers: list[PaperDays]
    finished: Finished
    workload: list[WorkloadRow]


async def read_reports(session: ReadSession, actor: Actor, address: InsightsAddress) -> Reports:
    """All of them, in nine statements. Raises NotPermitted."""
    scope, today = address.scope(actor), today_of(actor)
    return Reports(
        address=address,
        scope=scope,
        today=today,
        pipeline=await reports.pipeline(session, actor, scope),
        turnaround=await turnaround.stage_days(session, actor, scope),
        settled=await reports.settled(session, actor, scope),
        sources=await reports.sources(session, actor, scope),
        papers=await turnaround.paper_days(session, actor, scope),
        finished=await turnaround.finished(session, actor, scope),
        workload=await workload(session, actor, scope, today),
    )
