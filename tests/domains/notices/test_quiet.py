"""Quiet hours on the clock of the wall where somebody is, over changes of it; and where somebody is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.domains.notices.quiet import leaves_at
from salestrekker_portal.kernel.zones import zone_of_phone, zone_of_state

ZONES = ("Australia/Sydney", "Australia/Brisbane", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham")


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("ready", "leaves", "zone"),
    [
        ("2026-03-09T04:00", "2026-03-09T08:00", "Australia/Sydney"),
        ("2026-03-09T07:59", "2026-03-09T08:00", "Australia/Sydney"),
        ("2026-03-09T08:00", "2026-03-09T08:00", "Australia/Sydney"),
        ("2026-03-09T19:59", "2026-03-09T19:59", "Australia/Sydney"),
        ("2026-03-09T20:00", "2026-03-10T08:00", "Australia/Sydney"),
        # The night that clocks go back (5 April) and that they go forward (4 October): 8 is 8 of the new day.
        ("2026-04-04T22:00", "2026-04-05T08:00", "Australia/Sydney"),
        ("2026-04-05T01:30", "2026-04-05T08:00", "Pacific/Auckland"),
        ("2026-10-03T23:00", "2026-10-04T08:00", "Australia/Sydney"),
        ("2026-10-04T04:00", "2026-10-04T08:00", "Australia/Adelaide"),
        ("2026-12-31T21:00", "2027-01-01T08:00", "Australia/Perth"),
    ],
)
def test_a_text_leaves_by_day_on_the_receivers_clock(ready, leaves, zone):
    found = leaves_at(at(ready, zone).astimezone(UTC), zone)
    assert found.astimezone(ZoneInfo(zone)).isoformat()[:16] == leaves


def test_the_night_over_a_change_of_clock_is_waited_out_whatever_its_length():
    """The night of 5 April in Sydney has 25 hours: from 8 pm it is thirteen hours to 8 am."""
    evening = at("2026-04-04T20:00", "Australia/Sydney").astimezone(UTC)
    assert leaves_at(evening, "Australia/Sydney") - evening == timedelta(hours=13)
    spring = at("2026-10-03T20:00", "Australia/Sydney").astimezone(UTC)
    assert leaves_at(spring, "Australia/Sydney") - spring == timedelta(hours=11)


@given(
    minutes=st.integers(min_value=0, max_value=3 * 366 * 24 * 60), zone=st.sampled_from(ZONES),
)  # fmt: skip
def test_it_is_never_late_by_more_than_a_night_and_never_at_night(minutes, zone):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = leaves_at(now, zone)
    assert timedelta(0) <= found - now <= timedelta(hours=13)
    assert 8 <= found.astimezone(ZoneInfo(zone)).hour < 20


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+61491570156", "Australia/Sydney"),  # a mobile may be anywhere in its country: as the firm
        ("+61770101000", "Australia/Brisbane"),
        ("+61870101000", "Australia/Adelaide"),  # Perth's too: the first, and nobody is woken
        ("+6421555016", "Pacific/Auckland"),
        ("garbage", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_a_number_tells_where_somebody_may_be(number, zone):
    assert zone_of_phone(number, "Australia/Sydney") == zone


def test_a_state_tells_it_in_australia():
    assert (zone_of_state("qld"), zone_of_state("VIC"), zone_of_state("tas")) == (
        "Australia/Brisbane", "Australia/Sydney", "Australia/Sydney",
    )  # fmt: skip
    assert zone_of_state("California") == zone_of_state("") == ""
