"""Days are those of the calendar on the wall of whoever reads them."""

from datetime import UTC, datetime

import pytest

from salestrekker_portal.kernel.days import ago_words

SYDNEY = "Australia/Sydney"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (at(9, 21), at(10, 21), "yesterday"),  # 8 am on the 10th and on the 11th in Sydney
        (at(9, 12, 30), at(10, 21), "2 days ago"),  # 11:30 pm on the 9th, 8 am on the 11th
        (at(9, 13, 30), at(10, 21), "yesterday"),  # half past midnight on the 10th
        (at(10, 20, 30), at(10, 21), "30 min ago"),
        (at(1, 13, 30), datetime(2026, 4, 20, tzinfo=UTC), "2 Mar 2026"),  # by UTC it was the 1st
    ],
)
def test_how_long_ago_by_the_calendar_of_sydney(then, now, words):
    assert ago_words(then, now, SYDNEY) == words
