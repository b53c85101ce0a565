"""The firm's figures, in words and bars, and as files."""

from collections.abc import Sequence
from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights import reports
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.sheets import sheet, sheet_amount
from salestrekker_portal.portals.broker.words import value_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal

OWN = "Your own"


class ReportLine(TypedDict):
    """A line of a report: its name, up to three figures, and how long its bar is, in per cent."""

    key: str
    name: str
    first: str
    second: str
    third: str
    bar: str


class InsightsState(BrokerState, rx.State):
    """Four reports, each read in one statement."""

    loaded: bool = False
    pipeline: list[ReportLine] = []
    settled: list[ReportLine] = []
    days: list[ReportLine] = []
    sources: list[ReportLine] = []
    few: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read them."""
        async with self._looking() as (session, actor):
            pipeline, settled = await reports.pipeline(session, actor), await reports.settled_by_month(session, actor)
            days, sources = await reports.stage_days(session, actor), await reports.sources(session, actor)
        self.pipeline = _rows(
            [(f"{each.workflow}: {each.stage}", str(each.deals), value_words(each.cents),
              value_words(each.weighted_cents), each.cents) for each in pipeline]
        )  # fmt: skip
        self.settled = _rows(
            [(f"{each.month:%b %Y}", str(each.deals), value_words(each.cents), "", each.cents) for each in settled]
        )
        self.days = _rows([(each.stage, f"{each.days:.1f}", str(each.deals), "", each.days) for each in days])
        self.sources = _rows(
            [(each.partner or OWN, str(each.deals), _share(each.settled, each.deals), value_words(each.settled_cents),
              each.deals) for each in sources]
        )  # fmt: skip
        self.few = sum(each.deals for each in sources) < reports.FEW
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    async def download(self, report: str):
        """One report as a file for a spreadsheet, with every figure whole."""
        if not isinstance(report, str) or report not in SHEETS:
            raise NotFound("report")
        async with self._looking() as (session, actor):
            text = await SHEETS[report](session, actor)
        return rx.download(data=text, filename=f"{report}.csv")


def _rows(found: Sequence[tuple[str, str, str, str, float]]) -> list[ReportLine]:
    most = max((each[-1] for each in found), default=0) or 1
    return [
        {"key": f"{at}", "name": name, "first": first, "second": second, "third": third,
         "bar": f"{100 * size / most:.0f}%"}
        for at, (name, first, second, third, size) in enumerate(found)
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part} ({round(100 * part / whole)}%)" if whole else "0"


async def _pipeline(session: ReadSession, actor: Actor) -> str:
    rows = await reports.pipeline(session, actor)
    return sheet(
        ["Workflow", "Stage", "Open deals", "Value", "Weighted"],
        [(r.workflow, r.stage, r.deals, sheet_amount(r.cents), sheet_amount(r.weighted_cents)) for r in rows],
    )


async def _settled(session: ReadSession, actor: Actor) -> str:
    rows = await reports.settled_by_month(session, actor)
    return sheet(["Month", "Settled", "Value"], [(f"{r.month:%Y-%m}", r.deals, sheet_amount(r.cents)) for r in rows])


async def _days(session: ReadSession, actor: Actor) -> str:
    rows = await reports.stage_days(session, actor)
    return sheet(["Stage", "Days on average", "Deals"], [(r.stage, round(r.days, 2), r.deals) for r in rows])


async def _sources(session: ReadSession, actor: Actor) -> str:
    rows = await reports.sources(session, actor)
    return sheet(
        ["Source", "Deals", "Settled", "Not going ahead", "Settled value"],
        [(r.partner or OWN, r.deals, r.settled, r.stopped, sheet_amount(r.settled_cents)) for r in rows],
    )


SHEETS = {"pipeline": _pipeline, "settled": _settled, "days": _days, "sources": _sources}
