"""Real double and triple clicks on every button that acts on a deal's screens: they do what one click does."""

import pytest

from tests.journeys.pressing.carried import carry_out, lanes_of, still_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def still(bundle, demo_template, tmp_path_factory):
    yield from still_server(demo_template, tmp_path_factory.mktemp("still"))


@pytest.mark.parametrize("lane", lanes_of(2), ids=lambda lane: lane.name)
def test_more_clicks_do_what_one_does_to_a_deal(lane, still, chromium, tmp_path):
    carry_out(lane, still, chromium, tmp_path)
