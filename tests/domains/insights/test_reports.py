"""What the reports say equals what counting by hand says, on generated firms, however they are filtered."""

import statistics
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from uuid import UUID

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights import reports, turnaround
from salestrekker_portal.domains.insights.scope import ReportScope, Since, first_day, year_earlier
from salestrekker_portal.domains.insights.spread import Spread, spread_of
from salestrekker_portal.domains.insights.workload import workload
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.documents import RequestState
from salestrekker_portal.tables.organisations import Country
from salestrekker_portal.tables.partners import PartnerMembership
from tests.cast import Cast
from tests.domains.insights.generated import Firm, generate, read_firm

SCOPES = ("everything", "workflow", "owner", "months")


class ByHand:
    """The same questions, asked of lists."""

    def __init__(self, cast: Cast, firm: Firm, scope: ReportScope):
        self.zone, self.firm, self.scope = cast.firm.time_zone, firm, scope
        self.mine = [
            deal
            for deal in firm.deals
            if scope.workflow_id in (None, deal.workflow_id) and scope.owner_id in (None, deal.owner_id)
        ]
        self.ids = {deal.id: deal for deal in self.mine}
        self.open = [deal for deal in self.mine if not deal.locked_at and not deal.archived_at]

    def day(self, instant) -> date | None:
        return local(instant, self.zone).date() if instant else None

    def now(self, day: date | None) -> bool:
        return day is not None and self.scope.first <= day <= self.scope.last

    def then(self, day: date | None) -> bool:
        return day is not None and year_earlier(self.scope.first) <= day <= year_earlier(self.scope.last)


def spread_by_hand(values: list[float]) -> tuple | None:
    if not values:
        return None
    ordered, count = sorted(values), len(values)
    low, high = ordered[ceil(count / 10) - 1], ordered[ceil(9 * count / 10) - 1]
    return count, *(pytest.approx(each, abs=1e-3) for each in (statistics.median(ordered), low, high))


def said(spread: Spread | None) -> tuple | None:
    return spread and (spread.count, spread.median, spread.low, spread.high)


def scope_of(cast: Cast, kind: str, other: UUID) -> ReportScope:
    today = local(utc_now(), cast.firm.time_zone).date()
    since = Since.THREE_MONTHS if kind == "months" else Since.TWELVE_MONTHS
    return ReportScope(
        first=first_day(since, today, Country.AU), last=today, workflow_id=other if kind == "workflow" else None,
        owner_id=cast.bob_user.id if kind == "owner" else None,
    )  # fmt: skip


@pytest.fixture(params=[1, 2])
async def past(request, database, cast: Cast) -> tuple[Firm, UUID]:
    async with transaction() as session:
        other = await generate(session, cast, request.param)
    return await read_firm(cast), other.id


@pytest.mark.parametrize("kind", SCOPES)
async def test_reports_equal_counting_by_hand(past, cast: Cast, kind: str):
    firm, other = past
    scope = scope_of(cast, kind, other)
    hand = ByHand(cast, firm, scope)
    async with reading() as session:
        _pipeline(hand, await reports.pipeline(session, cast.bob, scope))
        _settled(hand, await reports.settled(session, cast.alice, scope))
        _sources(hand, cast, await reports.sources(session, cast.alice, scope))
        _turnaround(hand, await turnaround.stage_days(session, cast.alice, scope))
        _papers(hand, await turnaround.paper_days(session, cast.alice, scope))
        _finished(hand, await turnaround.finished(session, cast.alice, scope))
        _workload(hand, await workload(session, cast.alice, scope, scope.last))


def _pipeline(hand: ByHand, found) -> None:
    stages = [each for each in hand.firm.stages if each.workflow_id in {deal.workflow_id for deal in hand.firm.deals}]
    wanted = {each.id for each in stages if hand.scope.workflow_id in (None, each.workflow_id)}
    assert {each.stage_id for each in found} == wanted
    for each in found:
        here = [deal for deal in hand.open if deal.stage_id == each.stage_id]
        assert (each.deals, each.cents) == (len(here), sum(deal.value_cents for deal in here))
        assert {part.owner_id: (part.deals, part.cents) for part in each.parts} == {
            owner: (len(theirs), sum(deal.value_cents for deal in theirs))
            for owner in {deal.owner_id for deal in here}
            for theirs in [[deal for deal in here if deal.owner_id == owner]]
        }


def _settled(hand: ByHand, found: reports.Settled) -> None:
    done = [deal for deal in hand.mine if deal.locked_at]
    assert any(deal.archived_at for deal in done) or not done
    for when, deals, cents in ((hand.now, "deals", "cents"), (hand.then, "last_deals", "last_cents")):
        assert found.total(deals) == sum(when(deal.settled_on) for deal in done)
        assert found.total(cents) == sum(deal.value_cents for deal in done if when(deal.settled_on))
    for month in found.months:
        here = [d for d in done if hand.now(d.settled_on) and d.settled_on.replace(day=1) == month.month]
        before = year_earlier(month.month)
        then = [d for d in done if hand.then(d.settled_on) and d.settled_on.replace(day=1) == before]
        assert (month.deals, month.cents) == (len(here), sum(d.value_cents for d in here))
        assert (month.last_deals, month.last_cents) == (len(then), sum(d.value_cents for d in then))
    for when, spread in ((hand.now, found.days), (hand.then, found.last_days)):
        took = [(deal.settled_on - hand.day(deal.created_at)).days for deal in done if when(deal.settled_on)]
        assert said(spread) == spread_by_hand([days for days in took if days >= 0])


def _sources(hand: ByHand, cast: Cast, found) -> None:
    lender = {stage.id for stage in hand.firm.stages if stage.with_lender}

    def lodged(deal: Deal) -> bool:
        return bool(deal.lodged_on or deal.locked_at or deal.stage_id in lender)

    wanted = {}
    for who in {deal.partner_id for deal in hand.mine}:
        theirs = [deal for deal in hand.mine if deal.partner_id == who]
        now = [deal for deal in theirs if hand.now(hand.day(deal.created_at))]
        then = [deal for deal in theirs if hand.then(hand.day(deal.created_at))]
        by_then = [d for d in then if d.locked_at and d.settled_on <= year_earlier(hand.scope.last)]
        if now or then:
            wanted[who] = (
                len(now), sum(map(lodged, now)), sum(bool(d.locked_at) for d in now), sum(bool(d.outcome) for d in now),
                sum(d.value_cents for d in now if d.locked_at), len(then), len(by_then),
            )  # fmt: skip
    assert {
        each.partner_id: (each.deals, each.lodged, each.settled, each.stopped, each.settled_cents, each.last_deals,
                          each.last_settled)
        for each in found
    } == wanted  # fmt: skip
    priya = cast.priya_partner
    assert {each.partner for each in found if each.partner_id} <= {f"{priya.name}, {priya.firm}"}


def _turnaround(hand: ByHand, found) -> None:
    last, spent = {}, defaultdict(list)
    for move in hand.firm.moves:
        deal = hand.ids.get(move.deal_id)
        if deal and hand.now(hand.day(move.created_at)):
            stayed = move.created_at - last.get(deal.id, deal.created_at)
            spent[deal.workflow_id, move.facts["from_stage"]].append(stayed.total_seconds() / 86_400)
        last[move.deal_id] = move.created_at
    assert {(each.workflow_id, each.stage): said(each.spread) for each in found} == {
        where: spread_by_hand(days) for where, days in spent.items()
    }


def _papers(hand: ByHand, found) -> None:
    asked = defaultdict(list)
    for request in hand.firm.requests:
        if request.deal_id in hand.ids and hand.now(hand.day(request.sent_at)) and not request.withdrawn_at:
            asked[request.name].append(request)
    assert {each.name: (each.asked, each.again, said(each.spread)) for each in found} == {
        name: (len(rows), sum(row.id in hand.firm.again for row in rows), spread_by_hand([
            (row.decided_at - row.sent_at).total_seconds() / 86_400
            for row in rows
            if row.state is RequestState.ACCEPTED and row.decided_at >= row.sent_at
        ]))
        for name, rows in asked.items()
    }  # fmt: skip
    assert [each.asked for each in found] == sorted((each.asked for each in found), reverse=True)


def _finished(hand: ByHand, found: turnaround.Finished) -> None:
    now, last, started = [], [], 0
    for access in hand.firm.accesses:
        if access.deal_id not in hand.ids or access.first_seen_at is None:
            continue
        done = [each.created_at for each in hand.firm.handed_in
                if (each.deal_id, each.actor_id) == (access.deal_id, access.contact_id)]  # fmt: skip
        days = (min(done) - access.first_seen_at).total_seconds() / 86_400 if done else None
        if hand.now(hand.day(access.first_seen_at)):
            started += 1
            now += [days] if days is not None else []
        elif hand.then(hand.day(access.first_seen_at)) and days is not None:
            last += [days] if hand.day(min(done)) <= year_earlier(hand.scope.last) else []
    assert found.started == started and sum(found.within) == len(now)
    limits = [0, *turnaround.FINISHED_WITHIN, 10_000]
    assert list(found.within) == [len([each for each in now if low <= each < high]) for low, high in pairwise(limits)]
    assert (said(found.spread), said(found.last_spread)) == (spread_by_hand(now), spread_by_hand(last))


def _workload(hand: ByHand, found) -> None:
    today, scope = hand.scope.last, hand.scope
    wanted: dict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for deal in hand.open:
        for at, more in enumerate((1, deal.move is Move.US, deal.value_cents)):
            wanted[deal.owner_id][at] += more
    for task in hand.firm.tasks:
        late = task.due_on is not None and task.due_on < today and not task.done_at and not task.removed_at
        waits = task.waits_until is not None and task.waits_until > today
        deal = next((each for each in hand.firm.deals if each.id == task.deal_id), None)
        here = scope.workflow_id is None or (deal is not None and deal.workflow_id == scope.workflow_id)
        if late and not waits and here and scope.owner_id in (None, task.owner_id):
            wanted[task.owner_id][3] += 1
    assert {each.owner_id: [each.deals, each.ours, each.cents, each.late_tasks] for each in found} == wanted


async def test_another_firm_and_outsiders_see_none_of_it(database, cast: Cast):
    async with transaction() as session:
        other = await generate(session, cast, 4, 20)
    today = utc_now().date()
    scope = ReportScope(first=today - timedelta(days=300), last=today)
    theirs = ReportScope(first=scope.first, last=today, workflow_id=other.id, owner_id=cast.alice_user.id)
    async with reading() as session:
        for each in (scope, theirs):
            assert not await turnaround.stage_days(session, cast.mallory, each)
            assert not await turnaround.paper_days(session, cast.mallory, each)
            assert (await turnaround.finished(session, cast.mallory, each)).started == 0
            assert (await reports.settled(session, cast.mallory, each)).total("deals") == 0
            assert sum(row.deals for row in await reports.sources(session, cast.mallory, each)) <= 1
        assert not await reports.pipeline(session, cast.mallory, theirs)
        assert not await workload(session, cast.mallory, theirs, today)
        for report in (reports.pipeline, reports.settled, reports.sources, turnaround.stage_days,
                       turnaround.paper_days, turnaround.finished):  # fmt: skip
            for outsider in (cast.priya, cast.kim):
                with pytest.raises(NotPermitted):
                    await report(session, outsider, scope)
        for outsider in (cast.priya, cast.kim):
            with pytest.raises(NotPermitted):
                await workload(session, outsider, scope, today)


async def test_a_partner_whom_another_firm_knew_first_is_called_what_this_firm_typed(database, cast: Cast):
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).partner_id = cast.priya_partner.id
        here = (await session.scalars(select(PartnerMembership).where(
            PartnerMembership.partner_id == cast.priya_partner.id,
            PartnerMembership.organisation_id == cast.firm.id,
        ))).one()  # fmt: skip
        here.waits_since, here.typed = utc_now(), {"first_name": "Pri", "last_name": "R", "firm": "Coast"}
    today = utc_now().date() + timedelta(days=1)  # the firm is ahead of UTC
    async with reading() as session:
        rows = await reports.sources(session, cast.alice, ReportScope(first=today - timedelta(days=9), last=today))
    assert [each.partner for each in rows if each.partner_id] == ["Pri R, Coast"]


def test_a_year_begins_where_the_firm_is():
    day = date(2026, 3, 9)
    assert first_day(Since.FINANCIAL_YEAR, day, Country.AU) == date(2025, 7, 1)
    assert first_day(Since.FINANCIAL_YEAR, day, Country.NZ) == date(2025, 4, 1)
    assert first_day(Since.FINANCIAL_YEAR, date(2026, 4, 1), Country.NZ) == date(2026, 4, 1)
    assert first_day(Since.CALENDAR_YEAR, day, Country.AU) == date(2026, 1, 1)
    assert first_day(Since.TWELVE_MONTHS, day, Country.AU) == date(2025, 4, 1)
    assert first_day(Since.THREE_MONTHS, day, Country.AU) == date(2026, 1, 1)
    assert year_earlier(date(2028, 2, 29)) == date(2027, 2, 28)


def test_the_middle_of_few():
    assert spread_of([]) is None
    assert said(spread_of([3])) == (1, 3, 3, 3)
    assert said(spread_of([4, 1])) == (2, 2.5, 1, 4)
    assert said(spread_of(list(range(1, 11)))) == (10, 5.5, 1, 9)


def test_a_sheet_holds_no_formula():
    text = sheet(["Name", "Sum"], [["=1+1", 5], ["@x", -3], ['O"Dea, Kim', 2.5]])
    assert text == '\ufeffName,Sum\r\n\'=1+1,5\r\n\'@x,-3\r\n"O""Dea, Kim",2.5\r\n'
