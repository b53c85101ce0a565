"""The board reads little, whatever the size of the pipeline, and only what is one's own."""

import itertools
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights import board
from salestrekker_portal.domains.insights.board import StageFigures
from salestrekker_portal.domains.insights.chosen import BoardFilter
from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE, DealsWanted, Show, Sort, deals_page, every_deal
from salestrekker_portal.domains.pipeline import settling as service
from salestrekker_portal.kernel import rank
from salestrekker_portal.tables.deals import Deal, Move
from tests.cast import Cast
from tests.support.statements import counted, scans


def replace_firm(cast: Cast) -> Cast:
    """The same cast, seen from the other firm."""
    stages = cast.other_stages
    return replace(
        cast, firm=cast.other_firm, workflow=SimpleNamespace(id=stages[0].workflow_id), stages=stages,
        alice_user=cast.mallory_user, bob_user=cast.mallory_user,
    )  # fmt: skip


async def fill(cast: Cast, count: int) -> None:
    """`count` more deals over the six stages."""
    async with transaction() as session:
        session.add_all(
            [
                Deal(
                    organisation_id=cast.firm.id, workflow_id=cast.workflow.id, stage_id=cast.stages[n % 6].id,
                    owner_id=(cast.alice_user if n % 2 else cast.bob_user).id, name=f"Deal {n:05d}",
                    reference=f"X{n}", rank=each, value_cents=100_00, move=Move.CLIENT if n % 3 else Move.US,
                )
                for n, each in enumerate(rank.spread(count, "a5"))
            ]
        )  # fmt: skip


@pytest.mark.parametrize("size", [100, pytest.param(10_000, marks=pytest.mark.slow)])
async def test_first_cards_are_flat(database, cast: Cast, size: int) -> None:
    await fill(cast, size)
    with counted() as seen:
        async with reading() as session:
            found = await board.first_cards(session, cast.alice, cast.stages)
    assert len(seen) == 2, str(seen)
    assert sum(figures.count for figures in found.figures.values()) == size + 1
    assert all(len(cards) <= board.FIRST_CARDS for cards in found.cards.values())
    ranks = [card.deal.rank for card in found.cards[cast.stages[1].id]]
    assert ranks == sorted(ranks)


async def test_nothing_on_the_board_scans_the_deals(database, cast: Cast) -> None:
    await fill(cast, 400)
    await fill(replace_firm(cast), 4000)  # other people's deals are the most by far
    async with database.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE")
    mine = BoardFilter(owner_id=cast.alice_user.id, move=Move.CLIENT, stale=True)
    with counted() as seen:
        async with reading() as session:
            first = await board.first_cards(session, cast.alice, cast.stages)
            last = first.cards[cast.stages[0].id][-1].deal
            await board.more_cards(session, cast.alice, cast.stages[0], last.id)
            await board.cards_of(session, cast.alice, cast.stages, [last.id])
            await board.first_cards(session, cast.alice, cast.stages, mine)
            # The list is tried in tests/hot_paths: of so few deals PostgreSQL rightly reads all.
        async with transaction() as session:
            await service.move_deal(session, cast.alice, last.id, cast.stages[2].id)
    assert await scans(seen, "deals") == []


async def test_more_cards_follow_on(database, cast: Cast) -> None:
    await fill(cast, 400)
    async with reading() as session:
        first = (await board.first_cards(session, cast.alice, cast.stages)).cards[cast.stages[0].id]
        more = await board.more_cards(session, cast.alice, cast.stages[0], first[-1].deal.id)
        after_stranger = await board.more_cards(session, cast.alice, cast.stages[0], cast.other_deal.id)
    assert more[0].deal.rank > first[-1].deal.rank
    assert len(more) == board.MORE_CARDS
    assert after_stranger == []


async def test_a_card_knows_the_one_above(database, cast: Cast) -> None:
    await fill(cast, 12)
    async with reading() as session:
        first = (await board.first_cards(session, cast.alice, cast.stages)).cards[cast.stages[0].id]
        [top] = await board.cards_of(session, cast.alice, cast.stages, [first[0].deal.id])
        [second] = await board.cards_of(session, cast.alice, cast.stages, [first[1].deal.id])
    assert top.above_id is None
    assert second.above_id == first[0].deal.id


async def test_filters_count_what_they_show(database, cast: Cast) -> None:
    await fill(cast, 60)
    for chosen in (BoardFilter(owner_id=cast.bob_user.id), BoardFilter(move=Move.CLIENT), BoardFilter(stale=True)):
        async with reading() as session:
            found = await board.first_cards(session, cast.alice, cast.stages, chosen)
        shown = {stage: len(cards) for stage, cards in found.cards.items() if cards}
        assert shown == {stage: figures.count for stage, figures in found.figures.items()}


async def test_another_firm_a_client_and_a_partner_see_nothing(database, cast: Cast) -> None:
    for actor in (cast.mallory, cast.kim, cast.priya):
        async with reading() as session:
            found = await board.first_cards(session, actor, cast.stages)
            cards = await board.cards_of(session, actor, cast.stages, [cast.deal.id])
        assert not any(found.cards.values()) and not found.figures and not cards


async def test_settled_and_archived_leave_the_board_and_stay_listed(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.settle_deal(session, cast.alice, cast.deal.id)
    async with reading() as session:
        found = await board.first_cards(session, cast.alice, cast.stages)
        settled = await deals_page(session, cast.alice, cast.stages, DealsWanted(show=Show.SETTLED))
        other = await deals_page(session, cast.mallory, cast.stages, DealsWanted(show=Show.SETTLED))
    assert found.figures == {}
    assert [card.deal.id for card in settled.cards] == [cast.deal.id]
    assert other.total == 0


async def test_pages_follow_on_and_lead_back_in_every_order(database, cast: Cast) -> None:
    await fill(cast, 2 * PAGE_SIZE + 5)
    async with transaction() as session:
        for n, deal in enumerate(await session.scalars(select(Deal).where(Deal.name.like("Deal 0%")))):
            # Many alike and some without a day, so that only the id tells them apart.
            deal.expected_settlement_on = None if n % 3 else date(2026, 11, 1 + n % 20)
            deal.value_cents, deal.profile_pct = n % 4 * 100, n % 5
    for sort, descending in itertools.product(Sort, (False, True)):
        wanted = DealsWanted(sort=sort, descending=descending)
        async with reading() as session:
            every = [card.deal.id for card in await every_deal(session, cast.alice, cast.stages, wanted)]
            pages = [await deals_page(session, cast.alice, cast.stages, wanted)]
            while pages[-1].later:
                last = pages[-1].cards[-1].deal.id
                pages.append(await deals_page(session, cast.alice, cast.stages, wanted, after=last))
            first = pages[2].cards[0].deal.id
            back = await deals_page(session, cast.alice, cast.stages, wanted, before=first)
        assert [card.deal.id for page in pages for card in page.cards] == every, (sort, descending)
        assert [card.deal.id for card in back.cards] == every[PAGE_SIZE : 2 * PAGE_SIZE], (sort, descending)
        assert len(every) == pages[0].total == 2 * PAGE_SIZE + 6
        if sort is Sort.SETTLES:
            days = [card.deal.expected_settlement_on for page in pages for card in page.cards]
            known = [day for day in days if day]
            assert days[: len(known)] == sorted(known, reverse=descending) and not any(days[len(known) :])


async def test_a_page_beside_another_firms_deal_is_empty(database, cast: Cast) -> None:
    async with reading() as session:
        found = await deals_page(session, cast.alice, cast.stages, after=cast.other_deal.id)
    assert found.cards == []


def test_weighted_total() -> None:
    from salestrekker_portal.tables.workflows import Stage

    stages = [Stage(name="A", client_name="A", position=n, probability_pct=pct) for n, pct in enumerate((20, 100))]
    figures = {
        stages[0].id: StageFigures(count=1, total_cents=1000),
        stages[1].id: StageFigures(count=1, total_cents=7),
    }
    assert board.weighted_cents(stages, figures) == 207
