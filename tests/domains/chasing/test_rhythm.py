"""On which days somebody is reminded."""

from datetime import date, timedelta

import pytest

from salestrekker_portal.domains.chasing.rules import next_day, offset_of, read_most, read_rhythm
from salestrekker_portal.kernel.errors import Invalid

FRIDAY = date(2026, 3, 6)


def test_the_rhythm_counts_working_days_from_the_asking():
    assert next_day(FRIDAY, [], (2, 4, 7), 3) == date(2026, 3, 10)
    assert next_day(FRIDAY, [date(2026, 3, 10)], (2, 4, 7), 3) == date(2026, 3, 12)
    assert next_day(FRIDAY, [date(2026, 3, 10), date(2026, 3, 12)], (2, 4, 7), 3) == date(2026, 3, 17)
    assert next_day(FRIDAY, [date(2026, 3, day) for day in (10, 12, 17)], (2, 4, 7), 3) is None


def test_a_chaser_that_came_later_or_by_a_press_moves_the_next_one():
    assert next_day(FRIDAY, [date(2026, 3, 16)], (2, 4, 7), 3) == date(2026, 3, 18)
    assert next_day(FRIDAY, [date(2026, 3, 9)], (2, 4, 7), 3) == date(2026, 3, 12)


def test_beyond_the_rhythm_its_last_pause_repeats_until_there_are_enough():
    assert [offset_of((2, 4, 7), number) for number in range(6)] == [2, 4, 7, 10, 13, 16]
    assert [offset_of((5,), number) for number in range(3)] == [5, 10, 15]


@pytest.mark.parametrize("rhythm", [(1,), (2, 4, 7), (1, 2, 3, 10), (30,)])
def test_whatever_the_rhythm_every_day_is_a_working_day_and_later_than_the_one_before(rhythm):
    for start in range(7):
        asked, had = FRIDAY + timedelta(days=start), []
        while (day := next_day(asked, had, rhythm, 5)) is not None:
            assert day.weekday() < 5 and day > max([asked, *had])
            had.append(day)
        assert len(had) == 5


@pytest.mark.parametrize("typed", ["", "two", "2, 2", "4, 2", "0, 3", "2, 31", "1 2 3 4 5 6 7", "2.5", "-1", None])
def test_what_is_no_rhythm_is_refused_in_a_sentence(typed):
    with pytest.raises(Invalid) as refusal:
        read_rhythm(typed)
    assert refusal.value.errors["rhythm"].endswith(".")


def test_days_and_numbers_are_read_as_people_type_them():
    assert read_rhythm(" 2,4 ; 7 ") == (2, 4, 7) and read_most("10") == 10
    for typed in ("0", "11", "x", "", "³"):
        with pytest.raises(Invalid):
            read_most(typed)
