"""The foot of the list in words: as wide as its columns whichever they are, and each sum below its own."""

from datetime import date
from random import Random

import pytest

from salestrekker_portal.domains.insights.deal_list import Show
from salestrekker_portal.domains.insights.list_sums import ListSums
from salestrekker_portal.domains.organisations.list_columns import DealColumn, ShownColumn
from salestrekker_portal.portals.broker.board.feet import feet_of
from salestrekker_portal.tables.deals import Move

SUMS = ListSums(
    count=30, cents=18_241_500_00, days=2.5, moves={Move.US: 10, Move.CLIENT: 0, Move.LENDER: 20}, finance_due=2,
    settling=7,
)  # fmt: skip
MARCH = date(2026, 3, 9)


@pytest.mark.parametrize("seed", range(20))
def test_feet_are_as_wide_as_the_columns_and_stand_below_their_own(seed: int) -> None:
    chance = Random(seed)
    others = [each for each in DealColumn if each is not DealColumn.DEAL]
    shown = [DealColumn.DEAL, *chance.sample(others, chance.randrange(len(others) + 1))]
    for show in Show:
        feet = feet_of(tuple(ShownColumn(key) for key in shown), SUMS, 30, show, MARCH)
        starts, place = {}, 0
        for foot in feet:
            starts[place], place = foot, place + foot["span"]
        assert place == len(shown)
        for number, key in enumerate(shown):
            says = key in (DealColumn.DEAL, DealColumn.AMOUNT) or (
                show is Show.OPEN
                and key in (DealColumn.DAYS, DealColumn.MOVE, DealColumn.FINANCE_DUE, DealColumn.SETTLES)
            )
            if says:
                assert starts[number]["key"] == key and starts[number]["sum"] + starts[number]["of"]


def test_a_foot_reads_as_words() -> None:
    columns = tuple(map(ShownColumn, list(DealColumn)[:10]))
    said = {each["key"]: f"{each['sum']} {each['of']}".strip() for each in feet_of(columns, SUMS, 22, Show.OPEN, MARCH)}
    assert said == {
        "deal": "30 deals 22 on this page", "amount": "$18,241,500", "days": "2.5 median", "owner": "",
        "move": "10 ours, 20 lender", "finance_due": "2 this week", "settles": "7 in Mar",
    }  # fmt: skip
