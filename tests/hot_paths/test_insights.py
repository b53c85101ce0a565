"""Every report of a firm with ten thousand open deals and what two years left behind, each within half a second."""

from time import perf_counter

import pytest

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights import reports, turnaround
from salestrekker_portal.domains.insights.scope import ReportScope, Since, first_day
from salestrekker_portal.domains.insights.workload import workload
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.insights.state import InsightsState
from salestrekker_portal.tables.access import Portal
from tests.hot_paths.budgets import HANDLERS
from tests.refusals.place import Place
from tests.support.harness import Harness
from tests.support.statements import counted

pytestmark = pytest.mark.slow

MOST_SECONDS = 0.5


async def _workload(session, actor: Actor, scope: ReportScope):
    return await workload(session, actor, scope, scope.last)


REPORTS = {
    "pipeline": (reports.pipeline, 1), "settled": (reports.settled, 1), "sources": (reports.sources, 2),
    "turnaround": (turnaround.stage_days, 1), "papers": (turnaround.paper_days, 1),
    "finished": (turnaround.finished, 1), "workload": (_workload, 2),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
async def test_a_report_of_a_big_firm_takes_half_a_second_at_most(big: Place, name: str) -> None:
    report, statements = REPORTS[name]
    async with reading() as session:
        actor = await actor_of(session, Portal.BROKER, big.cookies["alice"].split("=", 1)[1])
    today = utc_now().date()
    scope = ReportScope(first=first_day(Since.TWELVE_MONTHS, today, actor.country), last=today)
    took = []
    # The best of three: other people work on this machine too.
    for _ in range(3):
        begun = perf_counter()
        with counted() as seen:
            async with reading() as session:
                found = await report(session, actor, scope)
        took.append(perf_counter() - begun)
    assert found and len(seen) == statements, str(seen)
    assert min(took) <= MOST_SECONDS, f"{name}: {min(took):.3f} s"


@pytest.mark.parametrize("said", ["", "owner=me&since=12-months", "workflow={workflow}&since=3-months&against=no"])
async def test_the_whole_page_keeps_to_its_statements_however_it_is_filtered(big: Place, said: str) -> None:
    path = f"/insights?{said}".format(**big.ids)
    async with Harness() as browser:
        with counted() as seen:
            state = await browser.call(InsightsState.load, cookie=big.cookies["alice"], path=path)
    assert state.loaded and not browser.refusal
    assert len(seen) <= HANDLERS["insights_state.load"], str(seen)
