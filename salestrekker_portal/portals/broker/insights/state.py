"""The firm's figures, drawn and as files, for the deals and days of the address."""

import reflex as rx

from salestrekker_portal.database.rows import existing
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights import reports
from salestrekker_portal.domains.insights.scope import Since
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.broker.board.filter_words import GONE
from salestrekker_portal.portals.broker.insights.address import InsightsAddress, read_address
from salestrekker_portal.portals.broker.insights.charts import charts_of
from salestrekker_portal.portals.broker.insights.picture import picture_of
from salestrekker_portal.portals.broker.insights.reading import Reports, read_reports
from salestrekker_portal.portals.broker.insights.shapes import (
    CHARTS,
    DRAWN,
    TITLES,
    Chart,
    FigureTile,
    InsightsChoice,
    blank,
)
from salestrekker_portal.portals.broker.insights.sheets import SHEETS, sheet_of
from salestrekker_portal.portals.broker.insights.tiles import tiles_of
from salestrekker_portal.portals.broker.insights.words import SINCE
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.workflows import Workflow


class InsightsState(BrokerState, rx.State):
    """Seven reports, read in nine statements."""

    loaded: bool = False
    few: bool = False
    tiles: list[FigureTile] = []
    charts: dict[str, Chart] = {key: blank() for key in CHARTS}
    workflows: list[InsightsChoice] = []
    brokers: list[InsightsChoice] = []
    sinces: list[InsightsChoice] = []
    workflow_words: str = ""
    broker_words: str = ""
    since_words: str = ""
    against: bool = True
    against_path: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read everything for the filters of the address."""
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            read = await read_reports(session, actor, address)
            workflows = [workflow for workflow, _ in await workflows_with_stages(session, actor)]
            people = await working_here(session, actor.organisation_id)
        self._choices(address, actor, workflows, people)
        self.since_words = f"Since {day_words(read.scope.first)}"
        self.tiles, self.charts = tiles_of(read), charts_of(read)
        self.few = _is_few(read)
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    async def download(self, report: str):
        """One report, or all, as a file for a spreadsheet, for the filters of the address."""
        if not isinstance(report, str) or report not in {*SHEETS, "all"}:
            raise NotFound("report")
        async with self._looking() as (session, actor):
            read = await read_reports(session, actor, read_address(self._query))
        return rx.download(data=sheet_of(read, report), filename=f"{'insights' if report == 'all' else report}.csv")

    @rx.event
    @allow(Portal.BROKER)
    async def picture(self, report: str):
        """One chart as a picture, for the filters of the address. Raises NotFound for one that has nothing to draw."""
        if not isinstance(report, str) or report not in DRAWN:
            raise NotFound("report")
        async with self._looking() as (session, actor):
            read = await read_reports(session, actor, read_address(self._query))
            firm = await existing(session, Organisation, actor.organisation_id)
        drawn = picture_of(charts_of(read)[report], TITLES[report], f"{firm.name}, {day_words(read.today)}")
        return rx.download(data=drawn, filename=f"{report}.svg", mime_type="image/svg+xml")

    def _choices(self, address: InsightsAddress, actor: Actor, workflows: list[Workflow], people: list[User]) -> None:
        """What each filter offers, each with its address."""
        self.workflows = [_choice("All workflows", address.but(workflow=""), not address.workflow)] + [
            _choice(each.name, address.but(workflow=str(each.id)), address.workflow == str(each.id))
            for each in workflows
        ]
        mine = address.owner in ("me", str(actor.id))
        self.brokers = [
            _choice("All brokers", address.but(owner=""), not address.owner),
            _choice("My deals", address.but(owner="me"), mine),
            *(
                _choice(each.name, address.but(owner=str(each.id)), address.owner == str(each.id))
                for each in people
                if each.id != actor.id
            ),
        ]
        self.sinces = [_choice(SINCE[each], address.but(since=each), address.since is each) for each in Since]
        self.workflow_words, self.broker_words = _chosen(self.workflows), _chosen(self.brokers)
        self.against, self.against_path = address.against, address.but(against=not address.against).path


def _choice(words: str, address: InsightsAddress, on: bool) -> InsightsChoice:
    return {"key": address.path, "words": words, "to": address.path, "on": on}


def _chosen(choices: list[InsightsChoice]) -> str:
    return next((each["words"] for each in choices if each["on"]), GONE.capitalize())


def _is_few(read: Reports) -> bool:
    return sum(each.deals for each in read.sources) < reports.FEW
