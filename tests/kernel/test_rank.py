import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.kernel.rank import FIRST, between, spread


@given(st.lists(st.integers(min_value=0), max_size=120))
def test_every_rank_falls_strictly_between_its_neighbours(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        before, after = (ranks[at - 1] if at else None), (ranks[at] if at < len(ranks) else None)
        rank = between(before, after)
        assert before is None or before < rank
        assert after is None or rank < after
        ranks.insert(at, rank)


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_one_gap_can_be_halved_for_ever(lower: list[bool]) -> None:
    low, high = "a0", "a1"
    for go_low in lower:
        middle = between(low, high)
        assert low < middle < high
        low, high = (low, middle) if go_low else (middle, high)


def test_ten_thousand_on_top_or_at_the_end_stay_short() -> None:
    top, end = FIRST, FIRST
    for _ in range(10_000):
        top, end = between(None, top), between(end, None)
    assert len(top) <= 5
    assert len(end) <= 5


def test_a_year_of_moves_on_a_busy_column_stays_short() -> None:
    chance = random.Random(7)
    ranks = spread(200)
    for _ in range(5_000):
        ranks.pop(chance.randrange(len(ranks)))
        at = min(int(chance.expovariate(0.1)), len(ranks))
        ranks.insert(at, between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None))
    assert ranks == sorted(set(ranks))
    assert max(map(len, ranks)) <= 24


def test_sqlite_sorts_ranks_as_we_do() -> None:
    ranks = spread(150)
    for _ in range(40):
        ranks.insert(0, between(None, ranks[0]))
        ranks.insert(3, between(ranks[2], ranks[3]))
    database = sqlite3.connect(":memory:")
    database.execute("create table deal (rank text)")
    database.executemany("insert into deal values (?)", [(rank,) for rank in reversed(ranks)])
    assert [row[0] for row in database.execute("select rank from deal order by rank")] == ranks


@pytest.mark.parametrize(
    ("before", "after"), [("a1", "a1"), ("a2", "a1"), ("", None), ("a", None), ("a10", None), (None, "é1")]
)
def test_what_is_not_an_order_is_refused(before: str | None, after: str | None) -> None:
    with pytest.raises(ValueError, match="rank"):
        between(before, after)
