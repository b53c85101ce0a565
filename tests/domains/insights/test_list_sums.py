"""The foot of the list is the sum of all its deals, on whichever page and below whichever filter."""

from datetime import timedelta
from random import Random
from statistics import median

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights.chosen import Between, BoardFilter
from salestrekker_portal.domains.insights.deal_list import DealsWanted, Show, Sort, deals_page, every_deal
from salestrekker_portal.domains.insights.list_sums import ListSums
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.deals import Deal, Move
from tests.cast import Cast
from tests.domains.insights.test_board import fill

SIZES = (0, 1, 60, 61)


async def scatter(cast: Cast, chance: Random, count: int) -> None:
    """`count` deals of any worth, age, day and state."""
    await fill(cast, count)
    now = utc_now()
    day = local(now, cast.alice.time_zone).date()
    async with transaction() as session:
        for deal in await every(session, cast, DealsWanted()):
            row = await session.get(Deal, deal.id)
            row.value_cents = chance.choice((0, 1, chance.randrange(10**9)))
            row.stage_entered_at = now - timedelta(hours=chance.randrange(2000))
            row.move = chance.choice(list(Move))
            row.expected_settlement_on = chance.choice((None, day + timedelta(days=chance.randrange(-60, 60))))
            row.finance_due_on = chance.choice((None, day + timedelta(days=chance.randrange(-10, 20))))
            row.approved_on = chance.choice((None, None, day))
            row.locked_at, row.archived_at = chance.choice(((None, None), (None, None), (now, None), (None, now)))


async def every(session, cast: Cast, wanted: DealsWanted) -> list[Deal]:
    return [card.deal for card in await every_deal(session, cast.alice, cast.stages, wanted)]


def by_hand(deals: list[Deal], show: Show, cast: Cast) -> ListSums:
    today = local(utc_now(), cast.alice.time_zone).date()
    ages = [(utc_now() - deal.stage_entered_at).days for deal in deals]
    settles = [deal.expected_settlement_on for deal in deals if deal.expected_settlement_on]
    due = [deal.finance_due_on for deal in deals if deal.finance_due_on and not deal.approved_on]
    return ListSums(
        count=len(deals),
        cents=sum(deal.value_cents for deal in deals),
        days=median(ages) if ages and show is Show.OPEN else None,
        moves={move: sum(deal.move is move for deal in deals) for move in Move},
        finance_due=sum(day < today + timedelta(days=7) for day in due),
        settling=sum((day.year, day.month) == (today.year, today.month) for day in settles),
    )


@pytest.mark.parametrize("size", SIZES)
async def test_the_foot_is_what_all_its_pages_add_up_to(database, cast: Cast, frozen_clock, size: int) -> None:
    await scatter(cast, Random(size), size)
    filters = (
        BoardFilter(), BoardFilter(owner_id=cast.bob_user.id), BoardFilter(move=Move.CLIENT, stale=True),
        BoardFilter(least_cents=5_000_000), BoardFilter(settles=Between()), BoardFilter(stage_id=cast.stages[0].id),
    )  # fmt: skip
    async with reading() as session:
        for show in Show:
            for chosen in filters:
                wanted = DealsWanted(show=show, chosen=chosen, sort=Sort.AMOUNT)
                page = await deals_page(session, cast.alice, cast.stages, wanted)
                expected = by_hand(await every(session, cast, wanted), show, cast)
                assert page.sums == expected and page.total == expected.count, (show, chosen)
                if page.later:
                    last = page.cards[-1].deal.id
                    next_one = await deals_page(session, cast.alice, cast.stages, wanted, after=last)
                    assert next_one.sums == expected
        strangers = await deals_page(session, cast.mallory, cast.stages)
        assert strangers.sums.count == strangers.sums.cents == 0 and strangers.sums.days is None
