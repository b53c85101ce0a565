"""Real double and triple clicks on every button that acts, found on the screens: they do what one click does.

An ordinary run walks the lanes that are marked so; TEST_WALK_ALL=1 walks all of them.
"""

import os

import pytest

from tests.journeys.pressing.lanes import LANES, StillServer, walk
from tests.journeys.pressing.reached import wrong_in
from tests.journeys.pressing.table import carried_short, table_of, why_not

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALKED = [lane for lane in LANES if lane.ordinary or os.environ.get("TEST_WALK_ALL")]


@pytest.mark.parametrize("lane", WALKED, ids=lambda lane: lane.name)
def test_more_clicks_do_what_one_does(lane, bundle, demo_template, chromium, tmp_path, capsys):
    """Every acting button that this person reaches, once, twice and three times from the same state."""
    server = StillServer.from_template(demo_template, tmp_path / "data").start()
    try:
        walked = walk(lane, server, chromium, tmp_path)
    finally:
        server.stop()
    with capsys.disabled():
        print(f"\n{lane.name}: {walked.presses} presses\n{table_of(walked)}")
    print(why_not(walked), server.log[-3000:], sep="\n")
    assert not walked.faults, "\n".join(walked.faults)
    wrong = wrong_in(lane.name, carried_short(walked))
    assert not wrong, "\n".join(wrong)
