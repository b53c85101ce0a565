"""Real double and triple clicks on every button that acts, found on the screens: they do what one click does."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from salestrekker_portal.salestrekker_portal import OUR_ROUTES
from tests.architecture.test_once import acting_handlers
from tests.journeys.pressing.buttons import short
from tests.journeys.pressing.reached import wrong_in
from tests.journeys.pressing.rewind import Rewind
from tests.journeys.pressing.walker import Walk
from tests.journeys.steps import enter_as
from tests.journeys.test_screens import _deal, screens_of
from tests.support.browsers import CONTEXT
from tests.support.server import PortalServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Lane:
    """One person on a server of their own: which screens, every `of`th of them, and what is so beforehand."""

    part: str
    who: str
    password: str = ""
    start: int = 0
    of: int = 1
    before: str = ""
    only: tuple[str, ...] = ()
    # As the table of what is reached names it.
    name: str = ""


ALICE = "alice-likes-long-passwords"
LANES = (
    Lane("partner", "Dev", "dev-likes-long-passwords", name="partner"),
    Lane("client", "Tāne", before="UPDATE portal_accesses SET consented_at = NULL", only=("/portal/consent",),
         name="consent"),
)  # fmt: skip
# All of the broker's and the client's screens, a quarter of an hour: TEST_WALK_ALL=1 walks them too.
MORE_LANES = (
    Lane("settings", "Alice", ALICE, only=("/settings/my-details",), name="my details"),
    Lane("deals", "Alice", ALICE, 0, 2),
    Lane("deals", "Alice", ALICE, 1, 2),
    Lane("settings", "Alice", ALICE, 0, 2),
    Lane("settings", "Alice", ALICE, 1, 2),
    Lane("client", "Siobhán"),
)
WALKED = (*LANES, *(MORE_LANES if os.environ.get("TEST_WALK_ALL") else ()))


def _walk(lane: Lane, server: PortalServer, chromium, folder: Path) -> Walk:
    context = chromium.new_context(base_url=server.url, **CONTEXT)
    page = enter_as(context.new_page(), lane.who)
    deal = "" if lane.part == "client" else _deal(page)
    cookies = context.cookies()
    context.close()
    with sqlite3.connect(server.data / "portal.db", timeout=20) as database:
        database.executescript(lane.before)
    rewind = Rewind(server.data / "portal.db", folder)
    rewind.keep_start()
    acting = acting_handlers()
    once = {name for name, handler in acting.items() if hasattr(handler, "__once__")}
    once |= {f"POST {route.path}" for route in OUR_ROUTES if hasattr(route.endpoint, "__once__")}
    walk = Walk(chromium, server.url, cookies, rewind, once, set(acting), lane.password)
    for path in lane.only or screens_of(lane.part, deal)[lane.start :: lane.of]:
        walk.screen(path)
    return walk


@pytest.mark.parametrize("lane", WALKED, ids=lambda lane: f"{lane.part} {lane.who} {lane.start}/{lane.of}")
def test_more_clicks_do_what_one_does(lane, own_server, chromium, tmp_path):
    """Every acting button that this person reaches, once, twice and three times from the same state."""
    walk = _walk(lane, own_server, chromium, tmp_path)
    carried = {short(name) for name in walk.carried}
    refused = {short(name): why for name, why in walk.refused.items() if short(name) not in carried}
    print(f"{walk.presses} presses, with an effect: {sorted(carried)}; without: {refused}")
    assert not walk.faults, "\n".join(walk.faults)
    wrong = wrong_in(lane.name, carried)
    assert not wrong, "\n".join([*wrong, str(refused)])
