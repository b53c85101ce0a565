"""One lane walked to its end, and compared with the table of what is reached."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.journeys.pressing.lanes import LANES, Lane, StillServer, walk
from tests.journeys.pressing.reached import wrong_in
from tests.journeys.pressing.table import carried_short, table_of, why_not


def lanes() -> list[Lane]:
    """What this run walks."""
    return [lane for lane in LANES if lane.ordinary or os.environ.get("TEST_WALK_ALL")]


def still_server(demo: Path, folder: Path) -> Iterator[StillServer]:
    """One server for all lanes of a file, each of which leaves it as it was."""
    server = StillServer.from_template(demo, folder / "data").start()
    yield server
    server.stop()


def carry_out(lane: Lane, server: StillServer, chromium, folder: Path) -> None:
    """Every acting button that this person reaches, once, twice and three times from the same state."""
    walked = walk(lane, server, chromium, folder)
    print(f"{lane.name}: {walked.presses} presses\n{table_of(walked)}", why_not(walked), server.log[-3000:], sep="\n")
    assert not walked.faults, "\n".join(walked.faults)
    wrong = wrong_in(lane.name, carried_short(walked))
    assert not wrong, "\n".join([*wrong, why_not(walked)])
