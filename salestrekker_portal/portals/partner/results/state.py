"""A partner's year in words: who was sent, what came of them, and how long it took."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.activity.service import partner_topic
from salestrekker_portal.domains.partners.results import Came, Far, Results, own_results
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.kernel.text import counted, joined
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Outcome

# What a median is, also of one or two.
MIDDLE = "At least half took no longer"
FAR = {
    Far.SENT: "You sent", Far.REACHED: "We reached", Far.APPLIED: "Applied", Far.APPROVED: "Approved",
    Far.SETTLED: "Settled",
}  # fmt: skip
ENDS = {Outcome.DECLINED: "declined", Outcome.WITHDRAWN: "withdrawn", Outcome.LOST: "gone elsewhere"}


class MonthRow(TypedDict):
    """A month; `bar` and `bar_settled` are their lengths beside the fullest month, in per cent."""

    name: str
    letter: str
    sent: str
    settled: str
    bar: str
    bar_settled: str


class ResultsFigure(TypedDict):
    name: str
    value: str
    note: str


class FarRow(TypedDict):
    """How many came so far; `bar` is the length beside all who were sent."""

    name: str
    value: str
    bar: str


class PartnerResultsState(PartnerState, rx.State):
    """The page behind "Results"."""

    ready: bool = False
    any_sent: bool = False
    span: str = ""
    figures: list[ResultsFigure] = []
    months: list[MonthRow] = []
    far: list[FarRow] = []
    far_note: str = ""

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """Count anew; from then on this tab hears of changes."""
        async with self._looking() as (session, actor):
            found = await own_results(session, actor)
        subscriptions.watch(self.router.session.client_token, partner_topic(actor.id))
        most = max((each.sent for each in found.months), default=0) or 1
        self.span = f"{found.months[0].first:%B %Y} to {found.months[-1].first:%B %Y}"
        self.any_sent = bool(found.sent or found.sent_before)
        self.figures = _figures(found)
        self.months = [
            MonthRow(
                name=f"{each.first:%b %Y}",
                letter=f"{each.first:%b}"[0],
                sent=str(each.sent),
                settled=str(each.settled),
                bar=f"{100 * each.sent / most:.0f}%",
                bar_settled=f"{100 * each.settled / most:.0f}%",
            )
            for each in reversed(found.months)
        ]
        self.far = _far(found)
        self.far_note = _far_note(found)
        self.ready = True

    @rx.event
    @allow(Portal.PARTNER)
    async def download(self):
        """The months as a file for a spreadsheet."""
        async with self._looking() as (session, actor):
            found = await own_results(session, actor)
        rows = [(f"{each.first:%Y-%m}", each.sent, each.settled) for each in found.months]
        return rx.download(data=sheet(("Month", "Sent", "Settled so far"), rows), filename="results.csv")


def _figures(found: Results) -> list[ResultsFigure]:
    still = [f"{found.by[Came.OPEN]} open", f"{found.by[Came.STOPPED]} stopped"]
    if found.by[Came.PRIVATE]:
        still.append(f"{found.by[Came.PRIVATE]} not shown to you")
    called, days = found.minutes_to_call, found.days_to_settle
    rows = [
        ResultsFigure(name="You sent", value=str(found.sent), note=_beside(found.sent, found.sent_before)),
        ResultsFigure(name="Settled", value=str(found.by[Came.SETTLED]), note=", ".join(still)),
    ]
    if called is not None:
        rows.append(ResultsFigure(name="First call after", value=minutes_words(called), note=MIDDLE))
    if days is not None:
        rows.append(ResultsFigure(name="Settled after", value=counted(days, "day"), note=MIDDLE))
    return rows


def _beside(sent: int, before: int) -> str:
    """Against the year before."""
    if sent == before:
        return "As many as the year before"
    return f"{abs(sent - before)} {'more' if sent > before else 'fewer'} than the year before"


def _far(found: Results) -> list[FarRow]:
    """A bar for each step. Whom we reached is left out where nobody keeps count of calls."""
    calls = found.far[Far.REACHED] > found.far[Far.APPLIED]
    return [
        FarRow(name=FAR[far], value=str(count), bar=f"{100 * count / (found.sent or 1):.0f}%")
        for far, count in found.far.items()
        if far is not Far.REACHED or calls
    ]


def _far_note(found: Results) -> str:
    """How those ended who stopped, and of how many nothing is shown."""
    said = []
    if found.stopped:
        ends = joined([f"{count} {ENDS[end]}" for end, count in found.stopped.items()])
        said.append(f"Of those that stopped: {ends}.")
    if found.by[Came.PRIVATE]:
        said.append(f"{counted(found.by[Came.PRIVATE], 'client')} kept to themselves how they go.")
    return " ".join(said)


def minutes_words(minutes: int) -> str:
    """Under a minute, 40 minutes, 2 h 40, 3 days."""
    if minutes < 1:
        return "Under a minute"
    if minutes < 60:
        return counted(minutes, "minute")
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02}"
    return counted(round(minutes / 1440), "day")
