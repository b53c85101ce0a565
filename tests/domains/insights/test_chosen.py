"""Every filter of the board finds what a count by hand finds, on the board, in its totals and in the list."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights import board
from salestrekker_portal.domains.insights.choices import called, choices_for
from salestrekker_portal.domains.insights.chosen import Between, BoardFilter, settles_between
from salestrekker_portal.domains.insights.deal_list import DealsWanted, every_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.labels import DealLabel, Label
from salestrekker_portal.tables.notifications import Audience, Notice
from salestrekker_portal.tables.partners import DealPartner
from tests.cast import Cast
from tests.domains.insights.test_board import fill

LENDERS = ("", "Wattle Mutual", "Banksia Bank", "Wattle Mutual, Banksia Bank", "Banksia Bank 2")
TODAY = date(2026, 11, 15)


async def _mixed(cast: Cast) -> tuple[Label, set, set, set]:
    """Deals with everything by chance; which have the label, the partner, something new for Alice."""
    await fill(cast, 90)
    chance = random.Random(5)
    marked: tuple[set, set, set] = (set(), set(), set())
    async with transaction() as session:
        label = Label(organisation_id=cast.firm.id, name="Urgent")
        session.add(label)
        await session.flush()
        for deal in await session.scalars(select(Deal).where(Deal.name.like("Deal 0%"))):
            deal.value_cents, deal.move = chance.randrange(5) * 100_000_00, chance.choice(list(Move))
            deal.lender_line = chance.choice(LENDERS)
            deal.expected_settlement_on = chance.choice([None, *(TODAY + timedelta(days=20 * n) for n in range(-2, 4))])
            deal.stage_entered_at = utc_now() - timedelta(days=chance.randrange(60), hours=1)
            rows = (
                DealLabel(deal_id=deal.id, label_id=label.id),
                DealPartner(deal_id=deal.id, partner_id=cast.priya.id, shared_at=utc_now()),
                Notice(
                    organisation_id=cast.firm.id, deal_id=deal.id, audience=Audience.STAFF, event="client_wrote",
                    recipient_id=cast.alice.id, bell=True, read_at=chance.choice([None, utc_now()]),
                ),
            )  # fmt: skip
            for row, those in zip(rows, marked, strict=True):
                if chance.random() < 0.3:
                    session.add(row)
                    if getattr(row, "read_at", None) is None:
                        those.add(deal.id)
    return (label, *marked)


@pytest.mark.parametrize("view", ["board", "list"])
async def test_each_filter_finds_what_a_look_at_each_deal_finds(database, cast: Cast, view: str) -> None:
    label, labelled, followed, new = await _mixed(cast)
    stage, month = cast.stages[2].id, Between(first=date(2026, 11, 1), before=date(2026, 12, 1))
    entered = utc_now() - timedelta(days=30)
    by_hand = {
        BoardFilter(owner_id=cast.bob_user.id): lambda deal: deal.owner_id == cast.bob_user.id,
        BoardFilter(move=Move.LENDER): lambda deal: deal.move is Move.LENDER,
        BoardFilter(stage_id=stage): lambda deal: deal.stage_id == stage,
        BoardFilter(label_id=label.id): lambda deal: deal.id in labelled,
        BoardFilter(partner_id=cast.priya.id): lambda deal: deal.id in followed,
        BoardFilter(news_for=cast.alice.id): lambda deal: deal.id in new,
        BoardFilter(lender="Banksia Bank"): lambda deal: "Banksia Bank" in deal.lender_line.split(", "),
        BoardFilter(lender="%"): lambda deal: False,
        BoardFilter(least_cents=200_000_00): lambda deal: deal.value_cents >= 200_000_00,
        BoardFilter(least_cents=1, most_cents=100_000_00): lambda deal: 1 <= deal.value_cents <= 100_000_00,
        BoardFilter(settles=month): lambda deal: (deal.expected_settlement_on or TODAY.min).month == 11,
        BoardFilter(settles=Between()): lambda deal: deal.expected_settlement_on is None,
        BoardFilter(settles=Between(before=TODAY)): lambda deal: (deal.expected_settlement_on or TODAY) < TODAY,
        BoardFilter(days=30): lambda deal: deal.stage_entered_at <= entered,
        BoardFilter(move=Move.US, label_id=label.id): lambda deal: deal.move is Move.US and deal.id in labelled,
    }
    async with reading() as session:
        mine = select(Deal).where(Deal.organisation_id == cast.firm.id)
        every = {deal.id: deal for deal in await session.scalars(mine)}
        # What came with the cast may have a partner, too.
        own = select(DealPartner.deal_id).where(DealPartner.partner_id == cast.priya.id)
        followed |= set(await session.scalars(own))
        for chosen, fits in by_hand.items():
            wanted = {deal.id for deal in every.values() if fits(deal)}
            if view == "list":
                listed = await every_deal(session, cast.alice, cast.stages, DealsWanted(chosen=chosen))
                found = {card.deal.id for card in listed}
                assert found == wanted, chosen
                continue
            shown = await board.first_cards(session, cast.alice, cast.stages, chosen)
            found = {card.deal.id for cards in shown.cards.values() for card in cards}
            assert found == wanted, chosen
            assert sum(each.count for each in shown.figures.values()) == len(wanted)
            patch = await board.cards_of(session, cast.alice, cast.stages, list(every), chosen)
            assert {card.deal.id for card in patch} == wanted, chosen


async def test_another_firms_names_are_not_told(database, cast: Cast) -> None:
    label, *_ = await _mixed(cast)
    chosen = BoardFilter(
        owner_id=cast.alice.id, label_id=label.id, partner_id=cast.priya.id, stage_id=cast.stages[0].id
    )
    async with reading() as session:
        ours, theirs = await called(session, cast.alice, chosen), await called(session, cast.mallory, chosen)
        choices = await choices_for(session, cast.alice, cast.stages)
        stranger = await choices_for(session, cast.mallory, cast.stages)
    assert ours.label == "Urgent" and ours.stage == cast.stages[0].name and ours.owner and ours.partner
    assert not (theirs.owner or theirs.label or theirs.stage)
    assert choices.lenders == ["Banksia Bank", "Banksia Bank 2", "Wattle Mutual"]
    assert cast.priya.id in {each for each, _ in choices.partners}
    assert stranger.lenders == [] and (label.id, "Urgent") not in stranger.labels


def test_what_a_settlement_word_means() -> None:
    end = date(2026, 12, 31)
    assert settles_between("this-month", end) == Between(first=date(2026, 12, 1), before=date(2027, 1, 1))
    assert settles_between("next-month", end) == Between(first=date(2027, 1, 1), before=date(2027, 2, 1))
    assert settles_between("2026-02", end) == Between(first=date(2026, 2, 1), before=date(2026, 3, 1))
    assert settles_between("overdue", end) == Between(before=end) and settles_between("not-set", end) == Between()
    assert settles_between("2199-12", end) == Between(first=date(2199, 12, 1), before=date(2200, 1, 1))
    for nothing in ("", "2026-13", "0000-01", "soon", "2026-2", "9999-12", "0001-01"):
        assert settles_between(nothing, end) is None, nothing
