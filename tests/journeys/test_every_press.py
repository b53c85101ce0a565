"""Real double and triple clicks on every button that acts, found on the screens: they do what one click does.

An ordinary run walks the lanes that are marked so; TEST_WALK_ALL=1 walks all of them.
"""

import pytest

from tests.journeys.pressing.carried import carry_out, lanes, still_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def still(bundle, demo_template, tmp_path_factory):
    yield from still_server(demo_template, tmp_path_factory.mktemp("still"))


@pytest.mark.parametrize("lane", lanes(), ids=lambda lane: lane.name)
def test_more_clicks_do_what_one_does(lane, still, chromium, tmp_path):
    carry_out(lane, still, chromium, tmp_path)
